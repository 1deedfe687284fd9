package org.samegan.io.export;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.Shape;
import org.samegan.core.execution.Plan;
import org.samegan.core.random.Distribution;
import org.samegan.core.random.RandomStream;
import org.samegan.core.training.InferenceGraph;
import org.samegan.core.training.Sampler;

/**
 * Runs a loaded export and the network it was made from, as the checkpoint has it, on the same
 * fixed inputs: the latents of seed 0, or images of noise.
 */
final class Verification {
  /** One, an odd number and a full batch, since a dynamic batch fails first where it is frozen. */
  private static final List<Integer> BATCHES = List.of(1, 7, 64);

  private static final int MOST = 64;

  /** Of the greatest value, or of 1; sums in float in other orders differ by less. */
  private static final double TOLERANCE = 1e-4;

  private Verification() {}

  /**
   * Compares.
   *
   * @return the greatest difference, relative to the greatest value that was expected or to 1
   * @throws VerificationException if that is more than 1e-4
   */
  static double of(ExportModel model, ExportFormat.Loaded loaded) throws IOException {
    Shape input = model.network().network().input();
    float[] inputs = inputs(model, input);
    float[] expected = expected(model, inputs);
    double scale = 1;
    for (float value : expected) {
      scale = Math.max(scale, Math.abs(value));
    }
    double greatest = 0;
    for (int batch : BATCHES) {
      float[] found = loaded.run(Arrays.copyOf(inputs, batch * input.elements()), batch);
      requireLength(batch, expected.length / MOST * batch, found.length);
      for (int i = 0; i < found.length; i++) {
        double difference = Math.abs(found[i] - expected[i]) / scale;
        if (!(difference <= TOLERANCE)) {
          throw new VerificationException(
              String.format(
                  "the exported network differs from the checkpoint's: in a batch of %d, value %d"
                      + " should be %s, found %s; nothing was written, please report this",
                  batch, i, expected[i], found[i]));
        }
        greatest = Math.max(greatest, difference);
      }
    }
    return greatest;
  }

  private static void requireLength(int batch, int expected, int found)
      throws VerificationException {
    if (found != expected) {
      throw new VerificationException(
          String.format(
              "the exported network gives %d values for a batch of %d, expected %d",
              found, batch, expected));
    }
  }

  private static float[] inputs(ExportModel model, Shape input) {
    if (model.which() == GanNetwork.GENERATOR) {
      return Sampler.latents(model.gan().latent(), MOST, 0);
    }
    float[] images = new float[MOST * input.elements()];
    new Distribution.Uniform(model.gan().pixelRange().low(), model.gan().pixelRange().high())
        .fill(RandomStream.of(0, "export/image", 0), FloatBuffer.wrap(images));
    return images;
  }

  private static float[] expected(ExportModel model, float[] inputs) {
    InferenceGraph emitted = InferenceGraph.emit(model.network(), "input", "output");
    Shape input = model.network().network().input();
    INDArray x = Nd4j.createFromArray(inputs).reshape('c', input.batch(MOST));
    INDArray y = Nd4j.zeros(DataType.FLOAT, model.network().network().output().batch(MOST));
    try (Plan plan =
        Plan.compile(emitted.graph(), Map.of(emitted.input(), x), Map.of(emitted.output(), y))) {
      plan.run();
    }
    return y.data().asFloat();
  }
}
