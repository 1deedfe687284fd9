package org.samegan.io.onnx;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.samegan.core.Shape;
import org.samegan.core.gan.Latent;
import org.samegan.io.layout.AxisOrder;

/**
 * Images with channels first, or vectors; perhaps with labels.
 *
 * @param name the input's
 * @param shape of one, as networks have it
 * @param labels the name of the labels' input; null without labels
 * @param label the labels' classes; null without labels
 */
record ExampleInput(String name, Shape shape, String labels, Latent.Label label)
    implements ModelInput {
  @Override
  public Map<String, List<Long>> shapes() {
    Map<String, List<Long>> shapes = new LinkedHashMap<>();
    shapes.put(name, Arrays.stream(ImageShapes.extents(shape)).boxed().toList());
    if (labels != null) {
      shapes.put(labels, List.of());
    }
    return shapes;
  }

  @Override
  public Value emit(OnnxGraph graph) {
    String examples = graph.input(name, ImageShapes.extents(shape));
    if (labels == null) {
      return new Value(examples, shape);
    }
    String vectors = ClassInput.emit(graph, labels, label.size());
    String appended =
        ImageShapes.isImage(shape) ? everywhere(graph, vectors, label.size()) : vectors;
    String both =
        graph.node(
            "Concat",
            name + "/labelled",
            List.of(examples, appended),
            Attributes.integer("axis", 1));
    return new Value(both, label.appendedTo(shape));
  }

  /** One channel for each class, of ones or zeros. */
  private String everywhere(OnnxGraph graph, String vectors, int classes) {
    String one = graph.integers(labels + "/pixel_shape", 0, classes, 1, 1);
    String pixels = graph.node("Reshape", labels + "/pixel", List.of(vectors, one));
    String all = graph.integers(labels + "/channels_shape", 1, classes, shape.get(0), shape.get(1));
    return graph.node("Expand", labels + "/channels", List.of(pixels, all));
  }

  @Override
  public List<Feed> feeds(Map<String, float[]> batch, int size) {
    float[] values = batch.get(name).clone();
    AxisOrder.ofFlattened(shape).toChannelsFirst(values);
    List<Long> extents = new ArrayList<>(List.of((long) size));
    extents.addAll(shapes().get(name));
    Feed examples = new Feed(name, FloatBuffer.wrap(values), extents);
    return labels == null
        ? List.of(examples)
        : List.of(examples, ClassInput.feed(labels, batch.get(labels), size));
  }
}
