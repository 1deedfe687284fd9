package org.samegan.core.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.GanNetwork;
import org.samegan.core.layer.Layer;
import org.samegan.core.layer.Network;
import org.samegan.core.layer.Variable;

/**
 * A network and its trained values: all that inference needs.
 *
 * @param name the first part of the variables' paths, such as {@code generator}
 * @param network the layers
 * @param values an array for every variable, by path, in the order of {@link Network#variables}
 */
public record FrozenNetwork(String name, Network network, Map<String, INDArray> values) {
  /**
   * Takes what the network needs of the values, and checks it; arrays are not copied.
   *
   * @throws IllegalArgumentException if a variable has no array or one of another shape
   */
  public FrozenNetwork {
    Map<String, INDArray> own = new LinkedHashMap<>();
    for (Variable variable : network.variables(name)) {
      INDArray array = values.get(variable.name());
      long[] shape = variable.shape().dimensions().stream().mapToLong(Integer::longValue).toArray();
      if (array == null || !Arrays.equals(array.shape(), shape)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "the value of %s must have the shape %s, found %s",
                variable.name(),
                Arrays.toString(shape),
                array == null ? "none" : Arrays.toString(array.shape())));
      }
      own.put(variable.name(), array);
    }
    values = Collections.unmodifiableMap(own);
  }

  /**
   * One of a GAN's networks, with the layers that it shares with another in front.
   *
   * @param values by the paths that they have in training, perhaps with others
   * @throws IllegalArgumentException if the GAN has no such network, or a variable has no array or
   *     one of another shape
   */
  public static FrozenNetwork of(Gan gan, GanNetwork which, Map<String, INDArray> values) {
    return which.parts(gan).stream()
        .map(part -> new FrozenNetwork(part.name(), part.network(), values))
        .reduce(FrozenNetwork::then)
        .orElseThrow();
  }

  /**
   * A network of these layers.
   *
   * @param values each layer's, by the names that {@link Layer#variables} gives them
   */
  static FrozenNetwork of(String name, Network network, List<Map<String, INDArray>> values) {
    Map<String, INDArray> all = new LinkedHashMap<>();
    for (int i = 0; i < values.size(); i++) {
      String prefix = prefix(name, network, i);
      values.get(i).forEach((local, array) -> all.put(prefix + local, array));
    }
    return new FrozenNetwork(name, network, all);
  }

  private static String prefix(String name, Network network, int layer) {
    return name + "/" + network.layerName(layer) + "/";
  }

  /** One layer's values, by the names that {@link Layer#variables} gives them. */
  public Map<String, INDArray> valuesOf(int layer) {
    String prefix = prefix(name, network, layer);
    Map<String, INDArray> own = new LinkedHashMap<>();
    values.forEach(
        (path, array) -> {
          if (path.startsWith(prefix)) {
            own.put(path.substring(prefix.length()), array);
          }
        });
    return own;
  }

  /** All layers' values, see {@link #valuesOf}. */
  List<Map<String, INDArray>> valuesByLayer() {
    List<Map<String, INDArray>> all = new ArrayList<>();
    for (int i = 0; i < network.layers().size(); i++) {
      all.add(valuesOf(i));
    }
    return all;
  }

  /** This network and then another one, under the other's name. */
  public FrozenNetwork then(FrozenNetwork next) {
    List<Layer> layers = new ArrayList<>(network.layers());
    layers.addAll(next.network.layers());
    List<Map<String, INDArray>> all = new ArrayList<>(valuesByLayer());
    all.addAll(next.valuesByLayer());
    return of(next.name, new Network(network.input(), layers), all);
  }

  /**
   * The same function with fewer layers: every spectral normalisation has been worked into its
   * weight, and every batch normalisation, where that is exact, into the weight and bias of the
   * layer before it. One that follows an activation, a sum or nothing stays. Computed in double;
   * each is rounded once.
   */
  public FrozenNetwork folded() {
    return Folding.of(this);
  }
}
