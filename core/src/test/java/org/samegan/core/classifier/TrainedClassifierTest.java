package org.samegan.core.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.Draws;
import org.samegan.core.Shape;
import org.samegan.core.backend.Backend;
import org.samegan.core.data.Classes;
import org.samegan.core.data.PixelRange;
import org.samegan.core.inference.FrozenNetwork;
import org.samegan.core.inference.InferenceGraph;
import org.samegan.core.layer.Activation;
import org.samegan.core.layer.BatchNorm;
import org.samegan.core.layer.Conv2d;
import org.samegan.core.layer.Dense;
import org.samegan.core.layer.Dropout;
import org.samegan.core.layer.Layer;
import org.samegan.core.layer.Network;
import org.samegan.core.layer.Padding;
import org.samegan.core.layer.Reshape;
import org.samegan.core.layer.Variable;

class TrainedClassifierTest {
  private static final int PIXELS = 7 * 7;
  private static final int FEATURES = 11;
  private static final int CLASSES = 3;

  /** All that a classifier of images has, of extents that no vector of the processor fits. */
  private static final Classifier CLASSIFIER =
      Classifier.of(
          Network.of(
              Shape.of(7, 7, 1),
              new Conv2d(5, 5, 2, new Padding.Same()).withoutBias(),
              new BatchNorm(),
              new Activation.Relu(),
              Reshape.to(4 * 4 * 5),
              new Dense(FEATURES),
              new BatchNorm(),
              new Activation.Relu(),
              new Dropout(0.6),
              new Dense(CLASSES)),
          Classes.of(CLASSES),
          PixelRange.UNIT);

  private static Map<String, INDArray> values;
  private static TrainedClassifier trained;

  @BeforeAll
  static void compile() {
    values = new LinkedHashMap<>();
    long seed = 10;
    for (Variable variable : CLASSIFIER.variables()) {
      long[] shape = variable.shape().dimensions().stream().mapToLong(Integer::longValue).toArray();
      boolean variance = variable.name().endsWith("variance");
      values.put(
          variable.name(), Draws.array(seed++, DataType.FLOAT, variance ? 0.5 : -1, 1, shape));
    }
    trained = new TrainedClassifier(CLASSIFIER, values, Backend.nd4j());
  }

  @AfterAll
  static void close() {
    trained.close();
  }

  private static float[] images(int count) {
    double[] drawn = Draws.uniform(5, count * PIXELS, 0, 1);
    float[] images = new float[drawn.length];
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) drawn[i];
    }
    return images;
  }

  /** Features and logits. */
  private record Seen(FloatBuffer features, FloatBuffer logits) {
    static Seen in(float[] images, int from, int count) {
      Seen seen =
          new Seen(FloatBuffer.allocate(count * FEATURES), FloatBuffer.allocate(count * CLASSES));
      FloatBuffer given = FloatBuffer.wrap(images, from * PIXELS, count * PIXELS);
      trained.compute(count, given, seen.features, seen.logits);
      assertThat(given.hasRemaining()).isFalse();
      assertThat(seen.features.hasRemaining()).isFalse();
      assertThat(seen.logits.hasRemaining()).isFalse();
      return seen;
    }
  }

  private static float[] reference(int layers, float[] images, int count) {
    List<Layer> first = CLASSIFIER.network().layers().subList(0, layers);
    FrozenNetwork part =
        new FrozenNetwork(
            Classifier.NAME, new Network(CLASSIFIER.network().input(), first), values);
    try (InferenceGraph graph = InferenceGraph.emit(part, "x", "y")) {
      double[] all = new double[count * PIXELS];
      Arrays.setAll(all, i -> images[i]);
      INDArray x = Draws.array(DataType.FLOAT, all, count, 7, 7, 1);
      return graph.graph().outputSingle(Map.of("x", x), "y").dup('c').data().asFloat();
    }
  }

  @Test
  void featuresAndLogitsAreThoseOfSameDiffsSession() {
    float[] images = images(10);

    Seen seen = Seen.in(images, 0, 10);

    // Sums of a hundred products in another order.
    Offset<Float> order = Offset.offset(2e-5f);
    assertThat(CLASSIFIER.featureLayers()).as("before the dropout").isEqualTo(7);
    assertThat(seen.features.array()).containsExactly(reference(7, images, 10), order);
    assertThat(seen.logits.array()).containsExactly(reference(9, images, 10), order);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 127, 128, 129, 300})
  void anImageHasTheSameBitsInWhateverCompany(int together) {
    float[] images = images(300);
    Seen all = Seen.in(images, 0, 300);
    for (int from = 0; from < 300; from += together) {
      int count = Math.min(together, 300 - from);
      Seen some = Seen.in(images, from, count);
      assertThat(some.features.array())
          .isEqualTo(
              Arrays.copyOfRange(all.features.array(), from * FEATURES, (from + count) * FEATURES));
      assertThat(some.logits.array())
          .isEqualTo(
              Arrays.copyOfRange(all.logits.array(), from * CLASSES, (from + count) * CLASSES));
    }
  }

  @Test
  void whatWasComputedBeforeLeavesNoTrace() {
    float[] images = images(5);
    float[] before = Seen.in(images, 0, 5).logits.array();
    float[] broken = new float[128 * PIXELS];
    Arrays.fill(broken, Float.NaN);
    assertThat(Seen.in(broken, 0, 128).logits.get(0)).isNaN();

    assertThat(Seen.in(images, 0, 5).logits.array()).isEqualTo(before);
  }

  @Test
  void theValuesAreItsOwn() {
    Map<String, INDArray> copies = new HashMap<>();
    values.forEach((path, array) -> copies.put(path, array.dup('c')));
    try (TrainedClassifier own = new TrainedClassifier(CLASSIFIER, copies, Backend.nd4j())) {
      copies.values().forEach(array -> array.assign(0));
      FloatBuffer logits = FloatBuffer.allocate(CLASSES);
      own.compute(1, FloatBuffer.wrap(images(1)), FloatBuffer.allocate(FEATURES), logits);
      assertThat(logits.array()).isEqualTo(Seen.in(images(1), 0, 1).logits.array());
    }
  }

  @Test
  void refusesTooLittleRoomAndTooFewImages() {
    refuses("images of 2", FloatBuffer.allocate(2 * PIXELS - 1), 22, 6);
    refuses("features of 2", FloatBuffer.allocate(2 * PIXELS), 21, 6);
    refuses("logits of 2", FloatBuffer.allocate(2 * PIXELS), 22, 5);
  }

  private static void refuses(String what, FloatBuffer images, int features, int logits) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                trained.compute(
                    2, images, FloatBuffer.allocate(features), FloatBuffer.allocate(logits)))
        .withMessageContainingAll("the " + what, "found room for");
  }

  @Test
  void refusesMissingValuesAndThoseOfAnotherShape() {
    Map<String, INDArray> some = new HashMap<>(values);
    some.remove("classifier/8_dense/bias");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TrainedClassifier(CLASSIFIER, some, Backend.nd4j()).close())
        .withMessageContainingAll("classifier/8_dense/bias", "found none");
    some.put("classifier/8_dense/bias", Draws.array(1, 4));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TrainedClassifier(CLASSIFIER, some, Backend.nd4j()).close())
        .withMessageContainingAll("[3], found [4]");
  }
}
