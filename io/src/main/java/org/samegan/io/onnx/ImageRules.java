package org.samegan.io.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import onnx.Onnx.AttributeProto;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.layer.AveragePool;
import org.samegan.core.layer.Conv2d;
import org.samegan.core.layer.ConvTranspose2d;
import org.samegan.core.layer.Crop;
import org.samegan.core.layer.Margins;
import org.samegan.core.layer.Upsample;
import org.samegan.io.layout.TensorLayout;

/** Layers that take images. */
final class ImageRules {
  private ImageRules() {}

  static void register() {
    OnnxLayers.rule(Conv2d.class, ImageRules::convolution);
    OnnxLayers.rule(ConvTranspose2d.class, ImageRules::transposed);
    OnnxLayers.rule(AveragePool.class, ImageRules::averagePool);
    OnnxLayers.rule(Upsample.class, ImageRules::upsample);
    OnnxLayers.rule(Crop.class, ImageRules::crop);
  }

  private static Value convolution(LayerExport place, Conv2d layer, Value x) {
    Margins height = layer.margins(x.shape().get(0));
    Margins width = layer.margins(x.shape().get(1));
    String y =
        place.node(
            "Conv",
            inputs(place, x),
            square("kernel_shape", layer.kernel()),
            square("strides", layer.stride()),
            pads(height, width));
    return new Value(y, layer.outputShape(x.shape()));
  }

  private static Value transposed(LayerExport place, ConvTranspose2d layer, Value x) {
    String y =
        place.node(
            "ConvTranspose",
            inputs(place, x),
            square("kernel_shape", layer.kernel()),
            square("strides", layer.stride()),
            pads(layer.margins(), layer.margins()));
    return new Value(y, layer.outputShape(x.shape()));
  }

  private static AttributeProto square(String name, int extent) {
    return Attributes.integers(name, extent, extent);
  }

  private static AttributeProto pads(Margins height, Margins width) {
    return Attributes.integers(
        "pads", height.before(), width.before(), height.after(), width.after());
  }

  /** x, the weight in ONNX's order, which is PyTorch's, and the bias if there is one. */
  private static List<String> inputs(LayerExport place, Value x) {
    INDArray weight = place.values().get("weight");
    TensorLayout layout =
        TensorLayout.ofKernel(Arrays.stream(weight.shape()).mapToObj(Math::toIntExact).toList());
    List<String> inputs = new ArrayList<>();
    inputs.add(x.name());
    inputs.add(place.constant("weight", layout.channelsFirst(weight)));
    if (place.values().containsKey("bias")) {
      float[] bias = place.floats("bias");
      inputs.add(place.constant("bias", bias, bias.length));
    }
    return inputs;
  }

  private static Value averagePool(LayerExport place, AveragePool layer, Value x) {
    String y =
        place.node(
            "AveragePool",
            List.of(x.name()),
            square("kernel_shape", layer.factor()),
            square("strides", layer.factor()));
    return new Value(y, layer.outputShape(x.shape()));
  }

  private static Value upsample(LayerExport place, Upsample layer, Value x) {
    String scales = place.constant("scales", new float[] {1, 1, layer.factor(), layer.factor()}, 4);
    String y =
        place.node(
            "Resize",
            List.of(x.name(), "", scales),
            Attributes.text("mode", "nearest"),
            Attributes.text("coordinate_transformation_mode", "asymmetric"),
            Attributes.text("nearest_mode", "floor"));
    return new Value(y, layer.outputShape(x.shape()));
  }

  private static Value crop(LayerExport place, Crop layer, Value x) {
    String starts = place.integers("starts", 0, 0);
    String ends = place.integers("ends", layer.height(), layer.width());
    String axes = place.integers("axes", 2, 3);
    String y = place.node("Slice", List.of(x.name(), starts, ends, axes));
    return new Value(y, layer.outputShape(x.shape()));
  }
}
