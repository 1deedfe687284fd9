package org.samegan.io.onnx;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.samegan.core.Shape;

/**
 * Images with channels first, or vectors.
 *
 * @param name the input's
 * @param shape as networks have it
 */
record ImageInput(String name, Shape shape) implements ModelInput {
  @Override
  public Value emit(OnnxGraph graph) {
    return new Value(graph.input(name, Layout.extents(shape)), shape);
  }

  @Override
  public List<Feed> feeds(float[] batch, int size) {
    float[] values = Layout.isImage(shape) ? Layout.channelsFirst(batch, shape) : batch;
    List<Long> extents = new ArrayList<>(List.of((long) size));
    for (long extent : Layout.extents(shape)) {
      extents.add(extent);
    }
    return List.of(new Feed(name, FloatBuffer.wrap(values), extents));
  }
}
