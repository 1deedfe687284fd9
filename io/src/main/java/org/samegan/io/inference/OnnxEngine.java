package org.samegan.io.inference;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import org.samegan.core.training.InferenceGraph;
import org.samegan.core.training.Latent;
import org.samegan.io.onnx.ModelInput;
import org.samegan.io.onnx.OnnxSession;

/**
 * An exported ONNX model in ONNX Runtime.
 *
 * @param session is taken over
 * @param latent what the model takes, part by part
 */
record OnnxEngine(OnnxSession session, Latent latent) implements Engine {
  /** The model takes a class as its number, so anything between two classes can't be said. */
  @Override
  public void require(float[] latents) {
    int start = 0;
    while (start < latents.length) {
      for (Latent.Part part : latent.parts()) {
        if (part instanceof Latent.Label || part instanceof Latent.Categorical) {
          requireOneHot(latents, start, part.size());
        }
        start += part.size();
      }
    }
  }

  private static void requireOneHot(float[] latents, int start, int classes) {
    int ones = 0;
    int zeros = 0;
    for (int i = start; i < start + classes; i++) {
      ones += latents[i] == 1 ? 1 : 0;
      zeros += latents[i] == 0 ? 1 : 0;
    }
    if (ones != 1 || zeros != classes - 1) {
      throw new IllegalArgumentException(
          String.format(
              "an exported ONNX model takes whole classes, so the latents' values %d to %d must be"
                  + " one 1 and zeros, found %s; a checkpoint's generator mixes classes too",
              start,
              start + classes - 1,
              Arrays.toString(Arrays.copyOfRange(latents, start, start + classes))));
    }
  }

  @Override
  public void run(int batch, FloatBuffer latents, FloatBuffer images) throws IOException {
    float[] vectors = new float[batch * latent.size()];
    latents.get(vectors, 0, latents.remaining());
    ModelInput input = ModelInput.latent(InferenceGraph.LATENT, latent);
    float[] computed =
        session.run(
            input.feeds(Map.of(InferenceGraph.LATENT, vectors), batch), InferenceGraph.IMAGE);
    images.put(computed, 0, images.remaining());
  }

  @Override
  public void close() throws IOException {
    session.close();
  }
}
