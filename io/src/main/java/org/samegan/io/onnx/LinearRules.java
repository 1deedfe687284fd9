package org.samegan.io.onnx;

import java.util.ArrayList;
import java.util.List;
import org.samegan.core.Shape;
import org.samegan.core.layer.Dense;
import org.samegan.core.layer.Maxout;
import org.samegan.io.layout.AxisOrder;

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

  /** Where the values of a vector are here; of one that is a flattened image, or of any other. */
  private static int[] places(Shape image, int count) {
    return (image == null ? AxisOrder.same(count) : AxisOrder.ofFlattened(image)).places();
  }

  /** The inputs of {@code Gemm}: x, the matrix (in, units), and the bias if there is one. */
  private static List<String> inputs(LayerExport place, Value x, int units, Shape image) {
    int[] rows = places(x.image(), x.shape().elements());
    int[] columns = places(image, units);
    float[] weight = place.floats("weight");
    float[] ordered = new float[weight.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < units; j++) {
        ordered[i * units + j] = weight[rows[i] * units + columns[j]];
      }
    }
    List<String> inputs =
        new ArrayList<>(List.of(x.name(), place.constant("weight", ordered, rows.length, units)));
    if (place.values().containsKey("bias")) {
      float[] bias = place.floats("bias");
      float[] orderedBias = new float[units];
      for (int j = 0; j < units; j++) {
        orderedBias[j] = bias[columns[j]];
      }
      inputs.add(place.constant("bias", orderedBias, units));
    }
    return inputs;
  }
}
