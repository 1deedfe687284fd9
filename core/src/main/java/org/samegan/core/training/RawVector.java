package org.samegan.core.training;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.backend.Backend;
import org.samegan.core.execution.Tensor;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.GanNetwork;
import org.samegan.core.layer.Variable;
import org.samegan.core.layer.Variable.Role;

/**
 * A flat vector of a generator's values as training moves them, which a {@link TrainingState} has
 * beside their average.
 *
 * @param path in the state, such as {@code generator/raw/parameters}
 * @param variables those whose values it joins, each row-major, in this order; all of one role
 */
public record RawVector(String path, List<Variable> variables) {
  /** Copies the list. */
  public RawVector {
    variables = List.copyOf(variables);
  }

  /**
   * The vectors that a GAN's states have: one of the generator's parameters and, if it has any, one
   * of its running statistics; none if its recipe averages nothing.
   */
  public static List<RawVector> of(Gan gan) {
    if (!gan.recipe().generatorAverage().enabled()) {
      return List.of();
    }
    return Stream.of(Role.PARAMETER, Role.STATISTIC)
        .map(role -> of(gan, role))
        .filter(vector -> !vector.variables.isEmpty())
        .toList();
  }

  private static RawVector of(Gan gan, Role role) {
    return new RawVector(
        path(GanNetwork.GENERATOR.label(), role),
        gan.generatorVariables().stream().filter(variable -> variable.role() == role).toList());
  }

  static String path(String network, Role role) {
    return network + "/raw/" + (role == Role.PARAMETER ? "parameters" : "statistics");
  }

  /** The number of values. */
  public long length() {
    return variables.stream().mapToLong(variable -> variable.shape().elements()).sum();
  }

  /**
   * Cuts a vector up.
   *
   * @return each variable's values, copied, by path
   * @throws IllegalArgumentException if the vector has another length
   */
  public Map<String, INDArray> split(INDArray vector) {
    if (vector.length() != length()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "'%s' must have %d values, found %d", path, length(), vector.length()));
    }
    Map<String, Tensor> views = new LinkedHashMap<>();
    Tensor whole = Backend.nd4j().of(vector);
    TrainedNetwork.views(variables, variables.get(0).role(), whole, views);
    Map<String, INDArray> values = new LinkedHashMap<>();
    views.forEach((name, view) -> values.put(name, view.array().dup('c')));
    return values;
  }
}
