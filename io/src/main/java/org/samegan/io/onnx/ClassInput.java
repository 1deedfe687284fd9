package org.samegan.io.onnx;

import java.nio.LongBuffer;
import java.util.List;

/** Classes as whole numbers outside a model, and as one-hot vectors inside. */
final class ClassInput {
  private ClassInput() {}

  /** Declares an input of shape (batch), and gives the vectors, of shape (batch, classes). */
  static String emit(OnnxGraph graph, String name, int classes) {
    return graph.node(
        "OneHot",
        name + "/one_hot",
        List.of(
            graph.integerInput(name),
            graph.integers(name + "/classes", classes),
            graph.constant(name + "/off_and_on", new float[] {0, 1}, 2)));
  }

  /** The tensor for one-hot vectors, row by row. */
  static ModelInput.Feed feed(String name, float[] oneHot, int rows) {
    int classes = oneHot.length / rows;
    LongBuffer chosen = LongBuffer.allocate(rows);
    for (int i = 0; i < oneHot.length; i++) {
      if (oneHot[i] == 1) {
        chosen.put(i / classes, i % classes);
      }
    }
    return new ModelInput.Feed(name, chosen, List.of((long) rows));
  }
}
