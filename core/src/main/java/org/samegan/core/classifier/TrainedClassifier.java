package org.samegan.core.classifier;

import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.backend.Backend;
import org.samegan.core.device.CpuBinary;
import org.samegan.core.execution.CompiledGraph;
import org.samegan.core.execution.Tensor;
import org.samegan.core.graph.HeldArrays;
import org.samegan.core.inference.FrozenNetwork;
import org.samegan.core.layer.NetworkEmission;

/**
 * A classifier with what it has learnt, ready to compute. It is not safe for concurrent use; close
 * it to give its memory back.
 */
public final class TrainedClassifier implements AutoCloseable {
  static {
    CpuBinary.select();
  }

  /** How many images are computed at once, whatever their number: the same bits for each. */
  private static final int BATCH = 128;

  private static final String IMAGES = "images";

  private final Classifier classifier;
  private final Tensor images;
  private final Tensor features;
  private final Tensor logits;
  private final CompiledGraph plan;

  /**
   * Compiles it.
   *
   * @param values of its variables by path, perhaps with others; they are copied
   * @param backend what computes; it stays the caller's
   * @throws IllegalArgumentException if a variable has no value, or one of another shape
   */
  public TrainedClassifier(Classifier classifier, Map<String, INDArray> values, Backend backend) {
    this.classifier = classifier;
    FrozenNetwork frozen = new FrozenNetwork(Classifier.NAME, classifier.network(), values);
    SameDiff graph = HeldArrays.newGraph();
    SDVariable input =
        graph.placeHolder(IMAGES, DataType.FLOAT, classifier.network().input().batch(-1));
    List<SDVariable> layers =
        NetworkEmission.forInference(graph, frozen.name(), frozen.network(), frozen.values())
            .emitLayers(frozen.name(), input);
    graph.convertToConstants(frozen.values().keySet().stream().map(graph::getVariable).toList());
    images = backend.zeros(DataType.FLOAT, classifier.network().input().batch(BATCH));
    features = backend.zeros(DataType.FLOAT, BATCH, classifier.features());
    logits = backend.zeros(DataType.FLOAT, BATCH, classifier.classes().count());
    Map<String, Tensor> results = new HashMap<>();
    results.put(layers.get(classifier.featureLayers()).name(), features);
    results.put(layers.get(layers.size() - 1).name(), logits);
    try {
      plan = backend.compile(graph, Map.of(IMAGES, images), results);
    } catch (RuntimeException e) {
      closeTensors();
      throw e;
    } finally {
      HeldArrays.close(graph);
    }
  }

  /** What it is. */
  public Classifier classifier() {
    return classifier;
  }

  /**
   * Computes what it sees in images.
   *
   * @param count how many
   * @param from their values, row-major, in the classifier's range
   * @param seen receives their features, row by row
   * @param opinions receives their logits, row by row
   * @throws IllegalArgumentException if there are fewer values, or too little room
   */
  public void compute(int count, FloatBuffer from, FloatBuffer seen, FloatBuffer opinions) {
    requireRoom("images", count, classifier.network().input().elements(), from);
    requireRoom("features", count, classifier.features(), seen);
    requireRoom("logits", count, classifier.classes().count(), opinions);
    for (int done = 0; done < count; done += BATCH) {
      int some = Math.min(BATCH, count - done);
      images.floats().put(next(from, some * classifier.network().input().elements()));
      images.flush();
      plan.run();
      features.read(next(seen, some * classifier.features()));
      logits.read(next(opinions, some * classifier.classes().count()));
    }
  }

  private static void requireRoom(String what, int count, int each, FloatBuffer buffer) {
    if (buffer.remaining() < (long) count * each) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the %s of %d images are %d values each, found room for %d values",
              what,
              count,
              each,
              buffer.remaining()));
    }
  }

  /** The next values of a buffer, which moves behind them. */
  private static FloatBuffer next(FloatBuffer buffer, int count) {
    FloatBuffer part = buffer.slice(buffer.position(), count);
    buffer.position(buffer.position() + count);
    return part;
  }

  @Override
  public void close() {
    plan.close();
    closeTensors();
  }

  private void closeTensors() {
    images.close();
    features.close();
    logits.close();
  }
}
