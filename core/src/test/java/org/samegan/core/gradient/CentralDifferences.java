package org.samegan.core.gradient;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.execution.Plan;

/** The gradient of a scalar in double precision, from values on either side. */
public final class CentralDifferences {
  private CentralDifferences() {}

  /** By every input; the inputs are left as they were. */
  public static Map<String, INDArray> of(
      SDVariable scalar, Map<String, INDArray> inputs, double step) {
    return of(scalar, inputs, inputs.keySet(), step);
  }

  /** By some inputs. */
  public static Map<String, INDArray> of(
      SDVariable scalar, Map<String, INDArray> inputs, Set<String> by, double step) {
    SameDiff graph = scalar.getSameDiff();
    INDArray value = Nd4j.scalar(DataType.DOUBLE, 0);
    Map<String, INDArray> gradients = new LinkedHashMap<>();
    try (Plan plan = Plan.compile(graph, inputs, Map.of(scalar.name(), value))) {
      by.forEach(
          name -> {
            INDArray array = inputs.get(name);
            INDArray gradient = Nd4j.zeros(DataType.DOUBLE, array.shape());
            for (long i = 0; i < array.length(); i++) {
              double at = array.getDouble(i);
              array.putScalar(i, at + step);
              plan.run();
              double above = value.getDouble(0);
              array.putScalar(i, at - step);
              plan.run();
              array.putScalar(i, at);
              gradient.putScalar(i, (above - value.getDouble(0)) / (2 * step));
            }
            gradients.put(name, gradient);
          });
    }
    return gradients;
  }
}
