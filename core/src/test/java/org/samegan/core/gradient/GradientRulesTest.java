package org.samegan.core.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.samegan.core.BothExecutors.assertClose;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.BothExecutors;

/** Every rule against central differences, twice over, and against SameDiff's own gradients. */
class GradientRulesTest {
  static List<OpCase> cases() {
    List<OpCase> cases = new ArrayList<>(ElementwiseCases.all());
    cases.addAll(ReductionCases.all());
    cases.addAll(LinearCases.all());
    return cases;
  }

  static List<OpCase> autodiffCases() {
    return cases().stream().filter(OpCase::autodiff).toList();
  }

  @Test
  void everyRuleHasACase() {
    Set<String> covered = cases().stream().map(OpCase::op).collect(Collectors.toSet());

    assertThat(covered).containsExactlyInAnyOrderElementsOf(GradientRules.names());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void caseReallyContainsItsOp(OpCase c) {
    SameDiff graph = SameDiff.create();

    c.emitLoss(graph);

    assertThat(graph.getOps().values().stream().map(node -> node.getOp().opName()))
        .contains(c.op());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void firstGradientEqualsCentralDifferences(OpCase c) {
    SameDiff graph = SameDiff.create();
    SDVariable loss = c.emitLoss(graph);
    Map<String, INDArray> inputs = c.values();
    Map<String, INDArray> expected = CentralDifferences.of(loss, inputs, c.step());

    check(
        c,
        loss,
        inputs,
        (what, input, found) -> assertClose(what, found, expected.get(input), c.tolerance()));
  }

  @ParameterizedTest
  @MethodSource("autodiffCases")
  void firstGradientEqualsSameDiffsOwn(OpCase c) {
    SameDiff ours = SameDiff.create();
    List<SDVariable> gradients = Gradients.of(c.emitLoss(ours), variables(ours, c.inputNames()));
    List<String> names = gradients.stream().map(SDVariable::name).toList();
    Map<String, INDArray> found = BothExecutors.evaluate(ours, c.values(), names);

    SameDiff theirs = SameDiff.create();
    theirs.setLossVariables(c.emitLossOfVariables(theirs));
    Map<String, INDArray> expected = theirs.calculateGradients(Map.of(), c.inputNames());

    // Both are exact up to rounding; a cast to float rounds to 1e-7.
    double tolerance = c.op().equals("cast") ? 1e-6 : 1e-10;
    for (int i = 0; i < names.size(); i++) {
      String input = c.inputNames().get(i);
      assertClose(c + " by " + input, found.get(names.get(i)), expected.get(input), tolerance);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void secondGradientEqualsCentralDifferencesOfTheFirst(OpCase c) {
    Map<String, INDArray> inputs = c.values();
    for (List<String> first : choices(c)) {
      SameDiff graph = SameDiff.create();
      SDVariable loss = c.emitLoss(graph);
      List<SDVariable> gradients = Gradients.of(loss, variables(graph, first));
      SDVariable penalty = OpCase.weightedSquares(graph, gradients, 400);
      Slopes expected = Slopes.of(penalty, inputs, inputs.keySet(), c.step());

      check(
          c,
          penalty,
          inputs,
          (what, input, found) -> expected.requireGradient(what, input, found, c.tolerance()));
    }
  }

  /** All inputs together, and each alone: the rules emit other ops for some of them. */
  private static List<List<String>> choices(OpCase c) {
    List<List<String>> choices = new ArrayList<>();
    choices.add(c.inputNames());
    if (c.inputNames().size() > 1) {
      c.inputNames().forEach(name -> choices.add(List.of(name)));
    }
    return choices;
  }

  private static List<SDVariable> variables(SameDiff graph, List<String> names) {
    return names.stream().map(graph::getVariable).toList();
  }

  /** What a gradient by an input is held against. */
  private interface Check {
    void require(String what, String input, INDArray found);
  }

  /** Checks the gradients for every choice of inputs, which are computed together. */
  private static void check(
      OpCase c, SDVariable loss, Map<String, INDArray> inputs, Check expected) {
    SameDiff graph = loss.getSameDiff();
    Map<List<String>, List<String>> names = new LinkedHashMap<>();
    for (List<String> by : choices(c)) {
      List<SDVariable> gradients = Gradients.of(loss, variables(graph, by));
      names.put(by, gradients.stream().map(SDVariable::name).toList());
    }
    List<String> distinct = names.values().stream().flatMap(List::stream).distinct().toList();
    Map<String, INDArray> found = BothExecutors.evaluate(graph, inputs, distinct);
    names.forEach(
        (by, gradients) -> {
          for (int i = 0; i < by.size(); i++) {
            String what = c + " by " + by.get(i) + " of " + by;
            expected.require(what, by.get(i), found.get(gradients.get(i)));
          }
        });
  }
}
