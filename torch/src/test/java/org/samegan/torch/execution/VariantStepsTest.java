package org.samegan.torch.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.gan.Gan;
import org.samegan.core.training.StepGraph;
import org.samegan.torch.SmallGans;
import org.samegan.torch.TestLibrary;
import org.samegan.torch.library.Handles;

/** Every variant's two steps are the same by libtorch as by core's plan on ND4J. */
class VariantStepsTest {
  private static final int BATCH = 4;

  /** How often other inputs may be drawn because of a value that float can't tell from a bend. */
  private static final int DRAWS = 5;

  /** In float, of a result's greatest value. */
  private static final double TOLERANCE = 1e-5;

  /** How many times as much as ND4J's own rounding the two may differ by. */
  private static final double ROUNDINGS = 5;

  static List<SmallGans.Named> gans() {
    return SmallGans.all();
  }

  @ParameterizedTest
  @MethodSource("gans")
  void areTheSameAsOnNd4j(SmallGans.Named named) {
    Gan gan = named.gan();
    long handles = Handles.live();
    compare(type -> StepGraph.emitDiscriminatorStep(gan, BATCH, type));
    compare(type -> StepGraph.emitGeneratorStep(gan, BATCH, type));
    assertThat(Handles.live()).isEqualTo(handles);
  }

  private static void compare(Function<DataType, StepGraph> emit) {
    StepGraph precise = emit.apply(DataType.DOUBLE);
    StepGraph single = emit.apply(DataType.FLOAT);
    List<String> near = new ArrayList<>();
    for (int draw = 0; draw < DRAWS; draw++) {
      Map<String, INDArray> inputs = inputs(single, 5 + draw);
      BothPlans.Results inFloat = run(single, inputs);
      inputs.replaceAll((name, array) -> array.castTo(DataType.DOUBLE));
      BothPlans.Results exact = run(precise, inputs);
      assertThat(exact.worst()).isLessThan(1e-9);
      if (draw == 0) {
        assertThat(run(precise, inputs, Forms.OF_A_GPU).worst()).isLessThan(1e-9);
      }
      List<String> differences = differences(single, inFloat, exact.reference());
      if (differences.isEmpty()) {
        return;
      }
      Optional<String> undecided = BendPoints.undecided(precise.graph(), inputs);
      if (undecided.isEmpty()) {
        fail("float differs, and no value is near a bend: " + differences);
      }
      near.add(undecided.get() + ": " + differences);
    }
    fail("float differs with all inputs: " + near);
  }

  /**
   * The results that differ in float by more than their own rounding.
   *
   * <p>Most are within {@link #TOLERANCE}. Gradients through normalisations of few values, and of
   * penalties, are small differences of large sums: there ND4J in float differs from itself in
   * double by more, and the two may differ by a few times that. Where a gradient vanishes, as that
   * of a bias before a normalisation, what is left is rounding of the others.
   */
  private static List<String> differences(
      StepGraph step, BothPlans.Results inFloat, Map<String, INDArray> exact) {
    double greatest =
        step.gradients().values().stream()
            .mapToDouble(name -> size(exact.get(name)))
            .max()
            .orElse(0);
    List<String> differences = new ArrayList<>();
    exact.forEach(
        (name, values) -> {
          INDArray reference = inFloat.reference().get(name).castTo(DataType.DOUBLE);
          INDArray found = inFloat.torch().get(name).castTo(DataType.DOUBLE);
          double rounding = size(reference.sub(values));
          boolean vanishes = size(values) < 1e-9 * greatest;
          double floor =
              step.gradients().containsValue(name)
                  ? (vanishes ? TOLERANCE : Math.ulp(1f)) * greatest
                  : 0;
          double allowed =
              Math.max(floor, Math.max(TOLERANCE * size(values), ROUNDINGS * rounding));
          double difference = size(found.sub(reference));
          if (!(difference <= allowed)) {
            differences.add(
                String.format(
                    "%s by %.1e, allowed %.1e, its greatest value is %.1e",
                    name, difference, allowed, size(values)));
          }
        });
    return differences;
  }

  private static double size(INDArray values) {
    return values.amaxNumber().doubleValue();
  }

  private static BothPlans.Results run(StepGraph step, Map<String, INDArray> inputs) {
    return run(step, inputs, Forms.of(TestLibrary.cpu()));
  }

  private static BothPlans.Results run(StepGraph step, Map<String, INDArray> inputs, Forms forms) {
    List<String> results = new ArrayList<>(step.gradients().values());
    results.addAll(step.statistics().values());
    results.addAll(step.numbers().values());
    return BothPlans.run(step.graph(), inputs, results, forms);
  }

  private static Map<String, INDArray> inputs(StepGraph step, int seed) {
    Drawn drawn = new Drawn(seed);
    Map<String, INDArray> inputs = new LinkedHashMap<>();
    for (String name : step.graph().inputs()) {
      long[] shape = step.graph().getVariable(name).placeholderShape();
      inputs.put(name, drawn.array(name, shape));
    }
    return inputs;
  }

  @Test
  void aValueThatFloatCannotTellFromABendIsFound() {
    SameDiff graph = SameDiff.create();
    graph.nn().relu("y", graph.placeHolder("x", DataType.DOUBLE, 3).mul(2), 0);
    INDArray far = Nd4j.createFromArray(-3.0, 1e-5, 2);
    INDArray near = Nd4j.createFromArray(-3.0, 2, -1e-7);
    assertThat(BendPoints.undecided(graph, Map.of("x", far))).isEmpty();
    assertThat(BendPoints.undecided(graph, Map.of("x", near)).orElseThrow())
        .contains("value 2 of mul_scalar is -2.0E-7 beside values of 6.0");
  }
}
