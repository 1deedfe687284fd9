package org.samegan.io.onnx;

import java.util.List;
import org.samegan.core.layer.Activation;
import org.samegan.core.layer.Dropout;

/** Layers that map each value by itself. */
final class PointwiseRules {
  private PointwiseRules() {}

  static void register() {
    OnnxLayers.rule(Activation.Relu.class, (place, layer, x) -> map(place, "Relu", x));
    OnnxLayers.rule(Activation.Tanh.class, (place, layer, x) -> map(place, "Tanh", x));
    OnnxLayers.rule(Activation.Sigmoid.class, (place, layer, x) -> map(place, "Sigmoid", x));
    OnnxLayers.rule(Activation.LeakyRelu.class, PointwiseRules::leakyRelu);
    OnnxLayers.rule(Dropout.class, (place, layer, x) -> x);
  }

  private static Value map(LayerExport place, String operator, Value x) {
    return x.mapped(place.node(operator, List.of(x.name())));
  }

  private static Value leakyRelu(LayerExport place, Activation.LeakyRelu layer, Value x) {
    return x.mapped(
        place.node("LeakyRelu", List.of(x.name()), Attributes.real("alpha", layer.slope())));
  }
}
