package org.samegan.io.inference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.samegan.core.Shape;
import org.samegan.core.data.PixelRange;
import org.samegan.core.gan.GanNetwork;
import org.samegan.core.gan.Latent;
import org.samegan.core.inference.TrainedGenerator;
import org.samegan.io.onnx.ModelInput;
import org.samegan.io.onnx.OnnxSession;

/**
 * An exported ONNX model in ONNX Runtime.
 *
 * @param session is taken over
 * @param latent what the model takes, part by part
 * @param exampleShape of one example, channels last
 * @param pixelRange the values of black and white; null for points
 */
record OnnxGenerator(OnnxSession session, Latent latent, Shape exampleShape, PixelRange pixelRange)
    implements TrainedGenerator {
  /** The model takes a class as its number, so anything between two classes can't be said. */
  @Override
  public void requireComputable(float[] latents) {
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
              Locale.ROOT,
              "an exported ONNX model takes whole classes, so the latents' values %d to %d must be"
                  + " one 1 and zeros, found %s; a checkpoint's generator mixes classes too",
              start,
              start + classes - 1,
              Arrays.toString(Arrays.copyOfRange(latents, start, start + classes))));
    }
  }

  @Override
  public void compute(int batch, FloatBuffer latents, FloatBuffer examples) {
    float[] vectors = new float[batch * latent.size()];
    latents.get(vectors, 0, latents.remaining());
    ModelInput input = ModelInput.latent(GanNetwork.LATENT, latent);
    float[] computed;
    try {
      computed =
          session.run(input.feeds(Map.of(GanNetwork.LATENT, vectors), batch), GanNetwork.IMAGE);
    } catch (IOException e) {
      throw new IllegalStateException("ONNX Runtime could not compute: " + e.getMessage(), e);
    }
    examples.put(computed, 0, examples.remaining());
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
