package org.samegan.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.samegan.core.backend.Backend;
import org.samegan.core.execution.CompiledGraph;
import org.samegan.core.execution.Tensor;
import org.samegan.core.graph.StaticShapes;
import org.samegan.core.training.StepGraph;
import org.samegan.models.Variants;
import org.samegan.torch.execution.Forms;
import org.samegan.torch.library.Handles;

/** What is made is given back, however often it is made. */
class LeakTest {
  private static final int PLANS = 200;
  private static final Pattern TOLD =
      Pattern.compile("after (\\d+): (\\d+) handles, (\\d+) pages|closed: (\\d+) handles");

  /** For each of 4,000 steps less than 200 bytes; some 20 pages of 72,000 were seen. */
  private static final double GROWTH = 1.0025;

  /**
   * In a process of its own, whose heap is small and resident from the start: what grows then lies
   * outside it. Its compiler is the one that needs little memory to work in; classes and compiled
   * code have done nearly all their growing in the first thousand steps.
   */
  @Test
  void thousandsOfStepsHoldWhatTheFirstHeld() throws Exception {
    TestLibrary.file();
    List<String> lines =
        ChildProcess.run(
            List.of(
                "-Xms64m",
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:+AlwaysPreTouch",
                "-XX:TieredStopAtLevel=1",
                "-Dorg.bytedeco.javacpp.maxbytes=0",
                "-Dorg.bytedeco.javacpp.maxphysicalbytes=0"),
            LongTraining.class,
            "100",
            "1000",
            "5000");
    List<Matcher> told = lines.stream().map(TOLD::matcher).filter(Matcher::matches).toList();
    assertThat(told).as("told by %s", lines).hasSize(4);
    assertThat(number(told.get(0), 2)).isPositive();
    assertThat(number(told.get(1), 2)).isEqualTo(number(told.get(0), 2));
    assertThat(number(told.get(2), 2)).isEqualTo(number(told.get(0), 2));
    assertThat(number(told.get(3), 4)).isZero();
    double before = number(told.get(1), 3);
    double after = number(told.get(2), 3);
    assertThat(after).as("resident pages, %s before", before).isLessThanOrEqualTo(GROWTH * before);
  }

  private static long number(Matcher line, int group) {
    return Long.parseLong(line.group(group));
  }

  @Test
  void aPlanThatIsClosedLeavesNothing() {
    Backend backend = new TorchBackend(TestLibrary.cpu(), Forms.of(TestLibrary.cpu()), true);
    StepGraph step =
        StepGraph.emitDiscriminatorStep(
            SmallGans.points(Variants.named("wgan-gp"), 4), 4, DataType.FLOAT);
    SameDiff graph = step.graph();
    Map<String, long[]> extents = new HashMap<>();
    graph.inputs().forEach(n -> extents.put(n, graph.getVariable(n).placeholderShape()));
    StaticShapes shapes = new StaticShapes(graph, extents);
    long without = Handles.live();
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    extents.forEach((name, shape) -> inputs.put(name, backend.zeros(DataType.FLOAT, shape)));
    Map<String, Tensor> results = new LinkedHashMap<>();
    step.gradients()
        .values()
        .forEach(n -> results.put(n, backend.zeros(DataType.FLOAT, shapes.of(n))));
    long handles = Handles.live();
    assertThat(handles).isEqualTo(without + inputs.size() + results.size());
    long open = 0;
    for (int i = 0; i < PLANS; i++) {
      try (CompiledGraph plan = backend.compile(graph, inputs, results)) {
        plan.run();
        open = Handles.live();
      }
      assertThat(Handles.live()).as("after %d plans", i + 1).isEqualTo(handles);
    }
    // Constants, or closing would be nothing.
    assertThat(open).isGreaterThan(handles);
    List<Tensor> all = new ArrayList<>(inputs.values());
    all.addAll(results.values());
    all.forEach(Tensor::close);
    assertThat(Handles.live()).isEqualTo(without);
  }
}
