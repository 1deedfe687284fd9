package org.samegan.core.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.BothExecutors;
import org.samegan.core.Draws;
import org.samegan.core.gradient.CentralDifferences;
import org.samegan.core.gradient.Gradients;
import org.samegan.core.schedule.Schedule;
import org.samegan.core.schedule.Span;

class LeCamTest {
  @Test
  void isTheFormulaAndItsSlope() {
    SameDiff graph = SameDiff.create();
    SDVariable real = graph.placeHolder("real", DataType.DOUBLE, 7, 1);
    SDVariable fake = graph.placeHolder("fake", DataType.DOUBLE, 7, 1);
    SDVariable loss =
        LeCam.emit(
            real,
            fake,
            graph.placeHolder("a_r", DataType.DOUBLE),
            graph.placeHolder("a_f", DataType.DOUBLE));
    Map<String, INDArray> inputs = new LinkedHashMap<>();
    inputs.put("real", Draws.array(1, 7, 1));
    inputs.put("fake", Draws.array(2, 7, 1));
    inputs.put("a_r", Draws.array(DataType.DOUBLE, new double[] {0.3}));
    inputs.put("a_f", Draws.array(DataType.DOUBLE, new double[] {-0.2}));
    double expected = 0;
    for (int i = 0; i < 7; i++) {
      double ofReal = Math.max(0, inputs.get("real").getDouble(i) + 0.2);
      double ofFake = Math.max(0, 0.3 - inputs.get("fake").getDouble(i));
      expected += (ofReal * ofReal + ofFake * ofFake) / 7;
    }
    List<String> results =
        Gradients.of(loss, List.of(real, fake)).stream().map(SDVariable::name).toList();

    double found =
        BothExecutors.values(
            BothExecutors.plan(graph, inputs, List.of(loss.name())).get(loss.name()))[0];
    Map<String, INDArray> slopes = BothExecutors.plan(graph, inputs, results);

    assertThat(found).isCloseTo(expected, offset(1e-12));
    Map<String, INDArray> differences = CentralDifferences.of(loss, inputs, 1e-5);
    BothExecutors.assertClose("real", slopes.get(results.get(0)), differences.get("real"), 1e-6);
    BothExecutors.assertClose("fake", slopes.get(results.get(1)), differences.get("fake"), 1e-6);
  }

  @Test
  void itCountsAfterATenthOfTheRunOr1000Steps() {
    for (long[] run : new long[][] {{500, 50}, {10_000, 1000}, {100_000, 1000}}) {
      Schedule weight = LeCam.of(0.3).over(run[0]).weights();
      assertThat(weight.at(0)).isZero();
      assertThat(weight.at(run[1])).isZero();
      assertThat(weight.at(run[1] + 1)).isEqualTo(0.3);
      assertThat(weight.at(run[0])).isEqualTo(0.3);
    }
    LeCam late = new LeCam(0.3, 0.9, new Span.Steps(5000));
    assertThat(late.over(10_000)).as("a number of steps is meant").isEqualTo(late);
    assertThat(LeCam.of(0)).isEqualTo(LeCam.NONE);
  }

  @Test
  void refusesWhatIsNoWeightOrDecay() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LeCam.of(-1))
        .withMessageContaining("weight of at least 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LeCam(1, 1, new Span.Steps(1)))
        .withMessageContaining("decay in [0, 1)");
  }
}
