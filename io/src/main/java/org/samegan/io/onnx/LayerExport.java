package org.samegan.io.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import onnx.Onnx.AttributeProto;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.Shape;
import org.samegan.core.layer.Activation;
import org.samegan.core.layer.Dropout;
import org.samegan.core.layer.Layer;
import org.samegan.core.layer.Reshape;

/**
 * Where a layer is: its graph, its values, and the layers after it.
 *
 * @param graph to add to
 * @param path the layer's, such as {@code generator/2_dense}
 * @param values the layer's variables, by their names within it
 * @param following the rest of the layers
 */
record LayerExport(
    OnnxGraph graph, String path, Map<String, INDArray> values, List<Layer> following) {
  /** A variable's values in row-major order. */
  float[] floats(String variable) {
    return values.get(variable).dup('c').data().asFloat();
  }

  /** Adds a node with the layer's name. */
  String node(String operator, List<String> inputs, AttributeProto... attributes) {
    return graph.node(operator, path, inputs, attributes);
  }

  /** Adds a node on the way to the layer's last one. */
  String part(String name, String operator, List<String> inputs, AttributeProto... attributes) {
    return graph.node(operator, path + "/" + name, inputs, attributes);
  }

  /** Adds a constant. */
  String constant(String name, float[] floats, long... shape) {
    return graph.constant(path + "/" + name, floats, shape);
  }

  /** Adds a constant of an array's values and shape, and gives the array's memory back. */
  String constant(String name, INDArray array) {
    String constant = graph.constant(path + "/" + name, array);
    array.close();
    return constant;
  }

  /** Adds a vector of whole numbers. */
  String integers(String name, long... numbers) {
    return graph.integers(path + "/" + name, numbers);
  }

  /** Adds the constant for a reshape to (batch, extents...). */
  String extents(String name, long... extents) {
    long[] all = new long[extents.length + 1];
    // 0 keeps the extent, and the name, of the dimension that is there.
    System.arraycopy(extents, 0, all, 1, extents.length);
    return integers(name, all);
  }

  /** The same values in the network's own order. */
  Value natural(Value x) {
    if (x.image() == null) {
      return x;
    }
    String shape = extents("image_shape", ImageShapes.extents(x.image()));
    String image = part("image", "Reshape", List.of(x.name(), shape));
    String last =
        part("channels_last", "Transpose", List.of(image), Attributes.integers("perm", 0, 2, 3, 1));
    String flat = extents("vector_shape", x.shape().elements());
    return new Value(part("vector", "Reshape", List.of(last, flat)), x.shape());
  }

  /** The image that this layer's vector becomes before anything asks for its order; else null. */
  Shape imageAhead() {
    for (Layer next : following) {
      if (next instanceof Reshape reshape) {
        return ImageShapes.isImage(reshape.shape()) ? reshape.shape() : null;
      }
      if (!(next instanceof Activation || next instanceof Dropout)) {
        return null;
      }
    }
    return null;
  }

  /** Adds {@code y = scale x + shift} with a scale and a shift for each channel. */
  Value affine(Value x, float[] scale, float[] shift) {
    long[] shape = new long[ImageShapes.isImage(x.shape()) ? 3 : 1];
    Arrays.fill(shape, 1);
    shape[0] = scale.length;
    List<String> factors = List.of(x.name(), constant("scale", scale, shape));
    String scaled = part("scaled", "Mul", factors);
    return x.mapped(node("Add", List.of(scaled, constant("shift", shift, shape))));
  }
}
