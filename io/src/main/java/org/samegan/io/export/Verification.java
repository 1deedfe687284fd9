package org.samegan.io.export;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.data.PixelRange;
import org.samegan.core.execution.Plan;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.GanNetwork;
import org.samegan.core.inference.InferenceGraph;
import org.samegan.core.random.Distribution;
import org.samegan.core.random.RandomSource;
import org.samegan.core.random.RandomStream;

/**
 * Runs a loaded export and the network it was made from, as the checkpoint has it, on the same
 * fixed inputs: latents, or images of noise and labels.
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
    Map<String, float[]> inputs = inputs(model);
    float[] expected = expected(model, inputs);
    double scale = 1;
    for (float value : expected) {
      scale = Math.max(scale, Math.abs(value));
    }
    double greatest = 0;
    for (int batch : BATCHES) {
      float[] found = loaded.run(first(inputs, batch), batch);
      requireLength(batch, expected.length / MOST * batch, found.length);
      for (int i = 0; i < found.length; i++) {
        double difference = Math.abs(found[i] - expected[i]) / scale;
        if (!(difference <= TOLERANCE)) {
          throw new VerificationException(
              String.format(
                  Locale.ROOT,
                  "the exported network differs from the checkpoint's: in a batch of %d, value %d"
                      + " should be %s, found %s; nothing was written, please report this",
                  batch,
                  i,
                  expected[i],
                  found[i]));
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
              Locale.ROOT,
              "the exported network gives %d values for a batch of %d, expected %d",
              found,
              batch,
              expected));
    }
  }

  private static Map<String, float[]> inputs(ExportModel model) {
    Gan gan = model.gan();
    PixelRange range = gan.pixelRange() == null ? PixelRange.SIGNED_UNIT : gan.pixelRange();
    Map<String, RandomSource> sources =
        Map.of(
            GanNetwork.LATENT,
            gan.latent(),
            GanNetwork.IMAGE,
            new Distribution.Uniform(range.low(), range.high()),
            GanNetwork.LABELS,
            (stream, buffer) -> fillLabel(gan, stream, buffer));
    Map<String, float[]> inputs = new HashMap<>();
    model
        .inputs()
        .forEach(
            (name, shape) -> {
              FloatBuffer values = FloatBuffer.allocate(MOST * shape.elements());
              for (int i = 0; i < MOST; i++) {
                values.limit((i + 1) * shape.elements());
                sources.get(name).fill(RandomStream.of(0, "export/" + name, i), values);
              }
              inputs.put(name, values.array());
            });
    return inputs;
  }

  private static void fillLabel(Gan gan, RandomStream stream, FloatBuffer buffer) {
    gan.latent().label().orElseThrow().fill(stream, buffer);
  }

  private static Map<String, float[]> first(Map<String, float[]> inputs, int batch) {
    Map<String, float[]> first = new HashMap<>();
    inputs.forEach(
        (name, values) -> first.put(name, Arrays.copyOf(values, values.length / MOST * batch)));
    return first;
  }

  private static float[] expected(ExportModel model, Map<String, float[]> inputs) {
    InferenceGraph emitted = model.emit(model.network());
    Map<String, INDArray> arrays = new HashMap<>();
    model
        .inputs()
        .forEach(
            (name, shape) ->
                arrays.put(
                    name, Nd4j.createFromArray(inputs.get(name)).reshape('c', shape.batch(MOST))));
    INDArray y = Nd4j.zeros(DataType.FLOAT, model.network().network().output().batch(MOST));
    try (Plan plan = Plan.compile(emitted.graph(), arrays, Map.of(emitted.output(), y))) {
      plan.run();
    }
    return y.data().asFloat();
  }
}
