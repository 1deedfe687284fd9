package org.samegan.core.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.execution.Plan;

/**
 * Slopes of a scalar in double precision along a few random directions of each input, from values
 * on either side: as telling as central differences by every value, in far fewer runs.
 *
 * <p>A direction moves every value, up or down, by 1 to 2 steps. An error of one value of a
 * gradient therefore shows in each direction, no smaller than it is. Errors of several values add
 * up like random steps, and would have to cancel in all the directions.
 */
public final class Slopes {
  /** Inputs of no more values than this are moved value by value. */
  private static final int DIRECTIONS = 8;

  private record Slope(INDArray direction, double value) {}

  private final Map<String, List<Slope>> slopes;

  private Slopes(Map<String, List<Slope>> slopes) {
    this.slopes = slopes;
  }

  /** By some inputs, which are left as they were. */
  public static Slopes of(
      SDVariable scalar, Map<String, INDArray> inputs, Set<String> by, double step) {
    INDArray value = Nd4j.scalar(DataType.DOUBLE, 0);
    Map<String, List<Slope>> slopes = new LinkedHashMap<>();
    try (Plan plan = Plan.compile(scalar.getSameDiff(), inputs, Map.of(scalar.name(), value))) {
      SplittableRandom random = new SplittableRandom(500);
      for (String name : by) {
        INDArray array = inputs.get(name);
        INDArray at = array.dup();
        List<Slope> ofInput = new ArrayList<>();
        for (INDArray direction : directions(array.shape(), random)) {
          array.assign(at.add(direction.mul(step)));
          plan.run();
          double above = value.getDouble(0);
          array.assign(at.sub(direction.mul(step)));
          plan.run();
          ofInput.add(new Slope(direction, (above - value.getDouble(0)) / (2 * step)));
        }
        array.assign(at);
        slopes.put(name, ofInput);
      }
    }
    return new Slopes(slopes);
  }

  private static List<INDArray> directions(long[] shape, SplittableRandom random) {
    int length = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    List<INDArray> directions = new ArrayList<>();
    for (int i = 0; i < Math.min(length, DIRECTIONS); i++) {
      double[] direction = new double[length];
      if (length <= DIRECTIONS) {
        direction[i] = 1;
      } else {
        for (int j = 0; j < length; j++) {
          direction[j] = (1 + random.nextDouble()) * (random.nextBoolean() ? 1 : -1);
        }
      }
      directions.add(Nd4j.createFromArray(direction).reshape('c', shape));
    }
    return directions;
  }

  /**
   * Holds an input's gradient against its slopes.
   *
   * @param tolerance of each slope, relative to the gradient's greatest value, or to 1
   */
  public void requireGradient(String what, String input, INDArray gradient, double tolerance) {
    double allowed = tolerance * Math.max(1, gradient.amaxNumber().doubleValue());
    for (Slope slope : slopes.get(input)) {
      assertThat(gradient.shape()).as("shape of %s", what).isEqualTo(slope.direction().shape());
      double found = gradient.mul(slope.direction()).sumNumber().doubleValue();
      assertThat(found)
          .as("%s along a direction", what)
          .isCloseTo(slope.value(), Offset.offset(allowed));
    }
  }
}
