package org.samegan.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a step leaves.
 *
 * @param others losses, scores and next running statistics
 */
record StepResult(Map<String, double[]> gradients, Map<String, double[]> others) {
  StepResult plus(StepResult other) {
    return new StepResult(sum(gradients, other.gradients, 1), sum(others, other.others, 1));
  }

  StepResult over(int shards) {
    return new StepResult(
        sum(gradients, gradients, 1.0 / shards - 1), sum(others, others, 1.0 / shards - 1));
  }

  private static Map<String, double[]> sum(
      Map<String, double[]> a, Map<String, double[]> b, double factor) {
    Map<String, double[]> sum = new LinkedHashMap<>();
    a.forEach(
        (name, values) -> {
          double[] added = values.clone();
          double[] others = b.get(name);
          for (int i = 0; i < added.length; i++) {
            added[i] += factor * others[i];
          }
          sum.put(name, added);
        });
    return sum;
  }

  /** The greatest difference of a gradient, as a part of the greatest that was expected. */
  double difference(StepResult other) {
    double difference = 0;
    for (Map.Entry<String, double[]> gradient : gradients.entrySet()) {
      double[] found = gradient.getValue();
      double[] expected = other.gradients.get(gradient.getKey());
      for (int i = 0; i < found.length; i++) {
        difference = Math.max(difference, Math.abs(found[i] - expected[i]));
      }
    }
    return difference / greatest(other.gradients);
  }

  private static double greatest(Map<String, double[]> values) {
    // No stream: the original GAN has millions of values.
    double greatest = 0;
    for (double[] some : values.values()) {
      for (double value : some) {
        greatest = Math.max(greatest, Math.abs(value));
      }
    }
    return greatest;
  }

  /**
   * Compares with what was expected.
   *
   * @param tolerance of the greatest gradient, and of each other value's size or of 1
   */
  void requireClose(StepResult expected, double tolerance) {
    requireClose(gradients, expected.gradients, tolerance * greatest(expected.gradients));
    others.forEach(
        (name, values) -> {
          Map<String, double[]> right = Map.of(name, expected.others.get(name));
          requireClose(Map.of(name, values), right, tolerance * Math.max(1, greatest(right)));
        });
  }

  private static void requireClose(
      Map<String, double[]> found, Map<String, double[]> expected, double allowed) {
    List<String> faults = new ArrayList<>();
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    found.forEach(
        (name, values) -> {
          double[] rights = expected.get(name);
          for (int i = 0; i < values.length; i++) {
            double right = rights[i];
            if (!(Math.abs(values[i] - right) <= allowed)) {
              faults.add(
                  String.format(
                      Locale.ROOT,
                      "%s, value %d: expected %s within %s, found %s",
                      name,
                      i,
                      right,
                      allowed,
                      values[i]));
            }
          }
        });
    assertThat(faults).isEmpty();
  }

  /** An array's values in row-major order. */
  static double[] values(INDArray array) {
    return array.dup('c').data().asDouble();
  }
}
