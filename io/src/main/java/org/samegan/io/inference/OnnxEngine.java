package org.samegan.io.inference;

import java.io.IOException;
import java.nio.FloatBuffer;
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
