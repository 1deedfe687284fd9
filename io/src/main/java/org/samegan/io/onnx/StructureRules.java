package org.samegan.io.onnx;

import java.util.List;
import org.samegan.core.Shape;
import org.samegan.core.inference.FrozenNetwork;
import org.samegan.core.layer.Layer;
import org.samegan.core.layer.Network;
import org.samegan.core.layer.Reshape;
import org.samegan.core.layer.Residual;
import org.samegan.io.layout.AxisOrder;

/** Other shapes, and layers made of layers. */
final class StructureRules {
  private StructureRules() {}

  static void register() {
    OnnxLayers.rule(Reshape.class, (place, layer, x) -> reshape(place, layer.shape(), x));
    OnnxLayers.rule(Residual.class, StructureRules::residual);
  }

  /**
   * Values in another shape. An image becomes a vector in the order that it has in the graph, and a
   * vector in that order the image: only where an order is not the one needed are values moved.
   */
  static Value reshape(LayerExport place, Shape shape, Value x) {
    if (shape.equals(x.shape())) {
      return x;
    }
    Value vector = vector(place, x, shape.rank() == 1);
    if (shape.rank() == 1) {
      return vector;
    }
    boolean image = ImageShapes.isImage(shape);
    if (image && shape.equals(vector.image())) {
      return to(place, shape, vector);
    }
    vector = place.natural(vector);
    if (AxisOrder.ofFlattened(shape).isSame()) {
      return to(place, shape, vector);
    }
    String last = place.extents("last_shape", shape.get(0), shape.get(1), shape.channels());
    String pixels = place.part("pixels", "Reshape", List.of(vector.name(), last));
    return new Value(
        place.node("Transpose", List.of(pixels), Attributes.integers("perm", 0, 3, 1, 2)), shape);
  }

  private static Value to(LayerExport place, Shape shape, Value vector) {
    String extents = place.extents("shape", ImageShapes.extents(shape));
    return new Value(place.node("Reshape", List.of(vector.name(), extents)), shape);
  }

  private static Value vector(LayerExport place, Value x, boolean last) {
    Shape shape = x.shape();
    if (shape.rank() == 1) {
      return x;
    }
    boolean ordered = !AxisOrder.ofFlattened(shape).isSame();
    List<String> inputs = List.of(x.name(), place.extents("flat_shape", shape.elements()));
    String name = last ? place.node("Reshape", inputs) : place.part("flat", "Reshape", inputs);
    return new Value(name, Shape.of(shape.elements()), ordered ? shape : null);
  }

  private static Value residual(LayerExport place, Residual layer, Value given) {
    Value x = place.natural(given);
    Value main = branch(place, "main", layer.main(), x);
    Value other = layer.shortcut().isEmpty() ? x : branch(place, "shortcut", layer.shortcut(), x);
    return main.mapped(place.node("Add", List.of(main.name(), other.name())));
  }

  private static Value branch(LayerExport place, String name, List<Layer> layers, Value x) {
    FrozenNetwork branch = new FrozenNetwork(name, new Network(x.shape(), layers), place.values());
    return OnnxLayers.emit(place.graph(), place.path() + "/", branch, x);
  }
}
