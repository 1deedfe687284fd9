package org.samegan.core.augmentation;

import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.BothExecutors;
import org.samegan.core.Shape;
import org.samegan.core.random.RandomStream;

/** Transformations of images in double precision. */
final class Images {
  static final String INPUT = "images";

  private Images() {}

  /**
   * Emits transformations of a placeholder, one after the other; each one's draws are its key's.
   */
  static SDVariable emit(SameDiff graph, List<Transformation> all, Shape image, int batch) {
    SDVariable shown = graph.placeHolder(INPUT, DataType.DOUBLE, image.batch(batch));
    for (Transformation one : all) {
      SDVariable draws =
          graph.placeHolder(one.key(), DataType.DOUBLE, one.drawn(image).batch(batch));
      shown = one.emit(shown, image, batch, draws);
    }
    return shown;
  }

  /** What transformations make of images, on both executors. */
  static double[] transformed(
      List<Transformation> all, Shape image, INDArray images, Map<String, INDArray> draws) {
    SameDiff graph = SameDiff.create();
    SDVariable shown = emit(graph, all, image, (int) images.size(0));
    Map<String, INDArray> inputs = new LinkedHashMap<>(draws);
    inputs.put(INPUT, images);
    return BothExecutors.values(
        BothExecutors.evaluate(graph, inputs, List.of(shown.name())).get(shown.name()));
  }

  /** What a transformation draws for a batch. */
  static INDArray draws(Transformation one, Shape image, int batch, float probability, long seed) {
    FloatBuffer values = FloatBuffer.allocate(batch * one.drawn(image).elements());
    new TransformationDraws(one, image)
        .fill(RandomStream.of(seed, one.key(), 0), values, probability);
    return array(values.array(), one.drawn(image).batch(batch));
  }

  static INDArray array(float[] values, long... shape) {
    return Nd4j.createFromArray(values).reshape('c', shape).castTo(DataType.DOUBLE);
  }
}
