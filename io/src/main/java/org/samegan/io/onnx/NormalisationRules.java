package org.samegan.io.onnx;

import java.util.List;
import java.util.stream.LongStream;
import onnx.Onnx.AttributeProto;
import org.samegan.core.layer.BatchNorm;
import org.samegan.core.layer.LayerNorm;

/** Normalisations, from primitives: these fit images, vectors and anything else alike. */
final class NormalisationRules {
  private NormalisationRules() {}

  static void register() {
    OnnxLayers.rule(BatchNorm.class, NormalisationRules::batchNorm);
    OnnxLayers.rule(LayerNorm.class, NormalisationRules::layerNorm);
  }

  /** One that could not be folded into a layer before it: a scale and a shift. */
  private static Value batchNorm(LayerExport place, BatchNorm layer, Value x) {
    float[] gain = place.floats("gain");
    float[] bias = place.floats("bias");
    float[] mean = place.floats("running_mean");
    float[] variance = place.floats("running_variance");
    float[] scale = new float[gain.length];
    float[] shift = new float[gain.length];
    for (int c = 0; c < gain.length; c++) {
      double exact = gain[c] / Math.sqrt(variance[c] + layer.epsilon());
      scale[c] = (float) exact;
      shift[c] = (float) (bias[c] - mean[c] * exact);
    }
    return place.affine(place.natural(x), scale, shift);
  }

  /**
   * Over all of an example's values, with a gain and a bias for each channel. ONNX's own {@code
   * LayerNormalization} wants one for each value.
   */
  private static Value layerNorm(LayerExport place, LayerNorm layer, Value given) {
    Value x = place.natural(given);
    String mean = mean(place, "mean", x.name(), x);
    String centred = place.part("centred", "Sub", List.of(x.name(), mean));
    String squares = place.part("squares", "Mul", List.of(centred, centred));
    String variance = mean(place, "variance", squares, x);
    String epsilon = place.constant("epsilon", new float[] {(float) layer.epsilon()});
    String positive = place.part("positive", "Add", List.of(variance, epsilon));
    String deviation = place.part("deviation", "Sqrt", List.of(positive));
    String normalised = place.part("normalised", "Div", List.of(centred, deviation));
    return place.affine(x.mapped(normalised), place.floats("gain"), place.floats("bias"));
  }

  private static String mean(LayerExport place, String part, String values, Value x) {
    AttributeProto axes =
        Attributes.integers("axes", LongStream.rangeClosed(1, x.shape().rank()).toArray());
    return place.part(part, "ReduceMean", List.of(values), axes, Attributes.integer("keepdims", 1));
  }
}
