package org.samegan.io.onnx;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.samegan.core.inference.FrozenNetwork;
import org.samegan.core.layer.Layer;

/** The registry of rules, by kind of layer, and their use on whole networks. */
final class OnnxLayers {
  private static final Map<Class<? extends Layer>, LayerRule<Layer>> RULES = new HashMap<>();

  static {
    PointwiseRules.register();
    LinearRules.register();
    ImageRules.register();
    NormalisationRules.register();
    StructureRules.register();
  }

  private OnnxLayers() {}

  /** Registers a kind's rule. */
  static <L extends Layer> void rule(Class<L> kind, LayerRule<L> rule) {
    RULES.put(kind, (place, layer, x) -> rule.emit(place, kind.cast(layer), x));
  }

  /** The kinds of layers that have a rule. */
  static Set<Class<? extends Layer>> kinds() {
    return Set.copyOf(RULES.keySet());
  }

  /**
   * Adds a network's nodes.
   *
   * @param prefix of the network's name in paths; empty or ending in a slash
   * @return the network's output, in its own order
   */
  static Value emit(OnnxGraph graph, String prefix, FrozenNetwork frozen, Value x) {
    List<Layer> layers = frozen.network().layers();
    LayerExport place = null;
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      LayerRule<Layer> rule = RULES.get(layer.getClass());
      if (rule == null) {
        throw new IllegalStateException("there is no ONNX rule for the layer " + layer.kind());
      }
      String path = prefix + frozen.name() + "/" + frozen.network().layerName(i);
      place =
          new LayerExport(graph, path, frozen.valuesOf(i), layers.subList(i + 1, layers.size()));
      x = rule.emit(place, layer, x);
    }
    return place.natural(x);
  }
}
