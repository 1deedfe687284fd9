package org.samegan.core.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.samegan.core.BothExecutors.assertClose;
import static org.samegan.core.BothExecutors.resultArrays;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.BothExecutors;

/** Plans of graphs that nobody thought of. */
class RandomGraphsTest {
  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  static LongStream someSeeds() {
    return LongStream.range(200, 250);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void planEqualsSession(long seed) {
    RandomGraph random = graph(seed);
    List<String> wanted = random.someVariables();

    Map<String, INDArray> planned = BothExecutors.plan(random.graph, random.inputs, wanted);

    Map<String, INDArray> reference = BothExecutors.session(random.graph, random.inputs, wanted);
    // A few dozen operations, each exact to 1e-7 or 1e-16, some of which amplify.
    double tolerance = random.type() == DataType.FLOAT ? 1e-4 : 1e-11;
    wanted.forEach(name -> assertClose(name, planned.get(name), reference.get(name), tolerance));
  }

  /** With every variable a result of its own there is no memory to share. */
  @ParameterizedTest
  @MethodSource("someSeeds")
  void sharingMemoryChangesNoBit(long seed) {
    RandomGraph random = graph(seed);
    List<String> wanted = random.someVariables();

    Map<String, INDArray> sharing = BothExecutors.plan(random.graph, random.inputs, wanted);

    Map<String, INDArray> apart =
        BothExecutors.plan(random.graph, random.inputs, random.allVariables());
    wanted.forEach(
        name ->
            assertThat(BothExecutors.values(sharing.get(name)))
                .as(name)
                .isEqualTo(BothExecutors.values(apart.get(name))));
  }

  /** What an earlier run has left in the memory must not show. */
  @ParameterizedTest
  @MethodSource("someSeeds")
  void aRunLeavesNoTraceInTheNext(long seed) {
    RandomGraph random = graph(seed);
    List<String> wanted = random.someVariables();
    Map<String, INDArray> inputs = new HashMap<>();
    random.inputs.forEach((name, array) -> inputs.put(name, array.mul(Double.NaN)));
    Map<String, INDArray> results = resultArrays(random.graph, inputs, wanted);
    try (Plan plan = Plan.compile(random.graph, inputs, results)) {
      plan.run();
      inputs.forEach((name, array) -> array.assign(random.inputs.get(name)));
      plan.run();
    }

    Map<String, INDArray> fresh = BothExecutors.plan(random.graph, random.inputs, wanted);
    wanted.forEach(
        name ->
            assertThat(BothExecutors.values(results.get(name)))
                .as(name)
                .isEqualTo(BothExecutors.values(fresh.get(name))));
  }

  private static RandomGraph graph(long seed) {
    return new RandomGraph(seed, seed % 2 == 0 ? DataType.DOUBLE : DataType.FLOAT);
  }
}
