package org.samegan.torch.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.gan.Gan;
import org.samegan.core.training.StepGraph;
import org.samegan.models.Variants;
import org.samegan.torch.SmallGans;
import org.samegan.torch.TestLibrary;
import org.samegan.torch.device.Precision;

/**
 * Steps in bfloat16 beside ND4J's in 32-bit floats. Every operand loses up to 1/256 of its value,
 * and a ReLU's input near 0 may fall on the other side: single values differ by anything, but the
 * gradient as a whole must point in the same direction. Penalties' second derivatives are in it.
 */
class Bfloat16Test {
  /** 1 less the cosine of the angle: 11 degrees. */
  private static final double ANGLE = 0.02;

  private static final double LENGTH = 0.15;
  private static final int BATCH = 16;

  @BeforeEach
  void round() {
    TestLibrary.cpu().setPrecision(Precision.BF16);
  }

  @AfterEach
  void roundNoMore() {
    TestLibrary.cpu().setPrecision(Precision.FP32);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gan", "dcgan", "wgan", "wgan-gp", "wgan-lp", "dragan", "r3gan", "acgan", "infogan"
      })
  void gradientsPointWhereTheExactOnesDo(String variant) {
    Map<String, Object> narrow =
        variant.equals("gan") || variant.equals("infogan") ? Map.of() : Map.of("width", 8);
    Gan gan = SmallGans.images(Variants.named(variant), 28, narrow);
    require(StepGraph.emitDiscriminatorStep(gan, BATCH, DataType.FLOAT));
    require(StepGraph.emitGeneratorStep(gan, BATCH, DataType.FLOAT));
  }

  private static void require(StepGraph step) {
    Drawn drawn = new Drawn(3);
    Map<String, INDArray> inputs = new LinkedHashMap<>();
    for (String name : step.graph().inputs()) {
      inputs.put(name, drawn.array(name, step.graph().getVariable(name).placeholderShape()));
    }
    List<String> gradients = new ArrayList<>(step.gradients().values());
    BothPlans.Results results =
        BothPlans.run(step.graph(), inputs, gradients, Forms.of(TestLibrary.cpu()));
    double product = 0;
    double exact = 0;
    double rounded = 0;
    for (String name : gradients) {
      float[] expected = results.reference().get(name).dup('c').data().asFloat();
      float[] found = results.torch().get(name).dup('c').data().asFloat();
      for (int i = 0; i < found.length; i++) {
        product += (double) expected[i] * found[i];
        exact += (double) expected[i] * expected[i];
        rounded += (double) found[i] * found[i];
      }
    }
    assertThat(1 - product / Math.sqrt(exact * rounded)).isBetween(1e-9, ANGLE);
    assertThat(Math.sqrt(rounded / exact)).isBetween(1 - LENGTH, 1 + LENGTH);
  }
}
