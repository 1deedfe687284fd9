package org.samegan.io.onnx;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.Shape;
import org.samegan.core.layer.Dense;
import org.samegan.core.layer.Maxout;
import org.samegan.io.layout.AxisOrder;
import org.samegan.io.layout.TensorLayout;

/** Products with matrices. Rows and columns are put in the order of the images around them. */
final class LinearRules {
  private LinearRules() {}

  static void register() {
    OnnxLayers.rule(Dense.class, LinearRules::dense);
    OnnxLayers.rule(Maxout.class, LinearRules::maxout);
  }

  private static Value dense(LayerExport place, Dense layer, Value x) {
    Shape image = place.imageAhead();
    List<String> inputs = inputs(place, x, layer.units(), image);
    return new Value(place.node("Gemm", inputs), Shape.of(layer.units()), image);
  }

  private static Value maxout(LayerExport place, Maxout layer, Value x) {
    List<String> inputs = inputs(place, x, layer.units() * layer.pieces(), null);
    String all = place.part("all", "Gemm", inputs);
    String shape = place.extents("pieces_shape", layer.units(), layer.pieces());
    String pieces = place.part("pieces", "Reshape", List.of(all, shape));
    String greatest =
        place.node(
            "ReduceMax",
            List.of(pieces),
            Attributes.integers("axes", 2),
            Attributes.integer("keepdims", 0));
    return new Value(greatest, Shape.of(layer.units()));
  }

  /** The order of a vector that is a flattened image, or of any other. */
  private static AxisOrder order(Shape image, int count) {
    return image == null ? AxisOrder.same(count) : AxisOrder.ofFlattened(image);
  }

  /** The inputs of {@code Gemm}: x, the matrix (in, units), and the bias if there is one. */
  private static List<String> inputs(LayerExport place, Value x, int units, Shape image) {
    AxisOrder rows = order(x.image(), x.shape().elements());
    AxisOrder columns = order(image, units);
    List<Integer> extents =
        List.of(rows.pixels(), rows.channels(), columns.pixels(), columns.channels());
    TensorLayout matrix = TensorLayout.of(extents, List.of(1, 0, 3, 2), 2, 2);
    INDArray weight = matrix.channelsFirst(place.values().get("weight"));
    List<String> inputs = new ArrayList<>(List.of(x.name(), place.constant("weight", weight)));
    if (place.values().containsKey("bias")) {
      TensorLayout vector =
          TensorLayout.of(List.of(columns.pixels(), columns.channels()), List.of(1, 0), 2);
      INDArray bias = vector.channelsFirst(place.values().get("bias"));
      inputs.add(place.constant("bias", bias));
    }
    return inputs;
  }
}
