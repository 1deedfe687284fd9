package org.samegan.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.gan.Gan;
import org.samegan.core.layer.Variable;
import org.samegan.core.random.RandomStream;

/**
 * Deviations of the initial weights of {@code wgan-gp}, measured, against the numbers that {@code
 * tflib/ops} of the authors' code gives for these shapes (Gulrajani et al. 2017, arXiv:1704.00028):
 * {@code sqrt(2 / (in + out))} of dense layers and where {@code he_init} is false, {@code sqrt(4 /
 * (in + out))} of other convolutions, with the outputs of a strided one divided by 4, and of a
 * transposed one the inputs; 0.02 in the DCGAN of {@code gan_64x64.py}.
 */
class WganGpInitialWeightsTest {
  private static Map<String, Double> expected(Object... pairs) {
    Map<String, Double> all = new TreeMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      all.put((String) pairs[i], (Double) pairs[i + 1]);
    }
    return all;
  }

  @Test
  void at28Pixels() {
    requireDeviations(
        28,
        "dcgan",
        expected(
            "generator/0_dense/weight", 0.021760,
            "generator/3_conv_transpose2d/weight", 0.028868,
            "generator/6_conv_transpose2d/weight", 0.040825,
            "generator/8_conv_transpose2d/weight", 0.097014,
            "discriminator/0_conv2d/weight", 0.097014,
            "discriminator/2_conv2d/weight", 0.040825,
            "discriminator/4_conv2d/weight", 0.028868,
            "discriminator/7_dense/weight", 0.022094));
  }

  @ParameterizedTest
  @ValueSource(ints = {64, 128})
  void from64Pixels(int size) {
    Map<String, Double> all = new TreeMap<>();
    for (Variable weight : weights(size, "dcgan")) {
      all.put(weight.name(), 0.02);
    }
    assertThat(all).hasSize(size == 64 ? 10 : 12);
    requireDeviations(size, "dcgan", all);
  }

  @Test
  void ofTheResidualNetworksAt28Pixels() {
    requireDeviations(
        28,
        "resnet",
        expected(
            "generator/0_dense/weight", 0.017678,
            "generator/2_residual/main/3_conv2d/weight", 0.041667,
            "generator/2_residual/main/6_conv2d/weight", 0.041667,
            "generator/2_residual/shortcut/1_conv2d/weight", 0.088388,
            "generator/3_residual/main/3_conv2d/weight", 0.048113,
            "generator/3_residual/main/6_conv2d/weight", 0.058926,
            "generator/3_residual/shortcut/1_conv2d/weight", 0.102062,
            "generator/6_conv2d/weight", 0.082690,
            "discriminator/0_conv2d/weight", 0.058471,
            "discriminator/1_residual/main/2_conv2d/weight", 0.058926,
            "discriminator/1_residual/main/5_conv2d/weight", 0.048113,
            "discriminator/1_residual/shortcut/1_conv2d/weight", 0.102062,
            "discriminator/2_residual/main/2_conv2d/weight", 0.041667,
            "discriminator/2_residual/main/5_conv2d/weight", 0.041667,
            "discriminator/2_residual/shortcut/1_conv2d/weight", 0.088388,
            "discriminator/4_dense/weight", 0.017856));
  }

  @ParameterizedTest
  @CsvSource({"28, dcgan", "32, dcgan", "64, dcgan", "128, dcgan", "64, resnet"})
  void biasesStartAt0AndGainsAt1(int size, String architecture) {
    for (Variable variable : variables(size, architecture)) {
      if (!variable.name().endsWith("/weight") && variable.role() == Variable.Role.PARAMETER) {
        float value = variable.name().endsWith("/gain") ? 1 : 0;
        assertThat(draw(variable)).as(variable.name()).containsOnly(value);
      }
    }
  }

  private static void requireDeviations(
      int size, String architecture, Map<String, Double> expected) {
    List<Variable> weights = weights(size, architecture);
    assertThat(weights)
        .extracting(Variable::name)
        .containsExactlyInAnyOrderElementsOf(expected.keySet());
    for (Variable weight : weights) {
      double deviation = expected.get(weight.name());
      float[] values = draw(weight);
      double sum = 0;
      double squares = 0;
      double greatest = 0;
      for (float value : values) {
        sum += value;
        squares += (double) value * value;
        greatest = Math.max(greatest, Math.abs(value));
      }
      // Of n uniform values the measured deviation is off by 0.45 / sqrt(n) of itself; here by five
      // times that at most, and by the expected number's rounding.
      assertThat(Math.sqrt(squares / values.length) / deviation)
          .as(weight.name())
          .isBetween(1 - 2.3 / Math.sqrt(values.length), 1 + 2.3 / Math.sqrt(values.length));
      assertThat(sum / values.length / deviation)
          .as("mean of " + weight.name())
          .isBetween(-5 / Math.sqrt(values.length), 5 / Math.sqrt(values.length));
      assertThat(greatest / deviation)
          .as("uniform: " + weight.name())
          .isBetween(1.6, Math.sqrt(3) * 1.0001);
    }
  }

  private static List<Variable> weights(int size, String architecture) {
    return variables(size, architecture).stream()
        .filter(variable -> variable.name().endsWith("/weight"))
        .toList();
  }

  private static List<Variable> variables(int size, String architecture) {
    Gan gan =
        Variants.named("wgan-gp").gan(ExampleForm.images(size, 1), Map.of("arch", architecture));
    List<Variable> all = new ArrayList<>(gan.generatorVariables());
    all.addAll(gan.discriminatorVariables());
    return all;
  }

  private static float[] draw(Variable variable) {
    // Of the largest only so many: enough for a percent and a half.
    FloatBuffer values = FloatBuffer.allocate(Math.min(20_000, variable.shape().elements()));
    variable.initial().fill(RandomStream.of(1, variable.name(), 0), values);
    return values.array();
  }
}
