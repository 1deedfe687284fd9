package org.samegan.core.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.samegan.core.Shape;

/**
 * A residual block: {@code y = main(x) + shortcut(x)} (He et al. 2016, arXiv:1512.03385). Its
 * layers' variables are called {@code main/0_conv2d/weight} and so on.
 *
 * @param main at least one layer, applied in order
 * @param shortcut layers of the other branch; none for the identity
 */
public record Residual(List<Layer> main, List<Layer> shortcut) implements Layer {
  /** Checks that there is a main branch. */
  public Residual {
    main = List.copyOf(main);
    shortcut = List.copyOf(shortcut);
    if (main.isEmpty()) {
      throw new IllegalArgumentException("a residual block needs at least one layer");
    }
  }

  @Override
  public Shape outputShape(Shape input) {
    Shape output = Network.output(input, main);
    Shape other = shortcut.isEmpty() ? input : Network.output(input, shortcut);
    if (!output.equals(other)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the branches of a residual block must agree, found %s and %s of the shortcut",
              output,
              other));
    }
    return output;
  }

  @Override
  public List<Variable> variables(Shape input) {
    List<Variable> variables = new ArrayList<>(new Network(input, main).variables("main"));
    if (!shortcut.isEmpty()) {
      variables.addAll(new Network(input, shortcut).variables("shortcut"));
    }
    return variables;
  }

  @Override
  public boolean mixesExamples() {
    return Stream.concat(main.stream(), shortcut.stream()).anyMatch(Layer::mixesExamples);
  }

  @Override
  public SDVariable emit(LayerScope scope, SDVariable x, Shape input) {
    SDVariable y = emit(scope, "main", main, x, input);
    return y.add(shortcut.isEmpty() ? x : emit(scope, "shortcut", shortcut, x, input));
  }

  private static SDVariable emit(
      LayerScope scope, String branch, List<Layer> layers, SDVariable x, Shape input) {
    Network network = new Network(input, layers);
    for (int i = 0; i < layers.size(); i++) {
      LayerScope inner = scope.inner(branch + "/" + network.layerName(i));
      x = layers.get(i).emit(inner, x, network.inputOf(i));
    }
    return x;
  }
}
