package org.samegan.core.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.Draws;
import org.samegan.core.graph.StaticShapes;

/** The memory plan against its definition, pair by pair. */
class MemoryPlanTest {
  private record Life(int first, int last) {}

  static LongStream seeds() {
    return LongStream.range(1000, 1200);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void valuesAliveAtTheSameTimeNeverOverlap(long seed) {
    RandomGraph random = new RandomGraph(seed, DataType.DOUBLE);
    List<Kernel> kernels = kernels(random.graph, random.inputs, random.someVariables());
    MemoryPlan plan = new MemoryPlan(kernels);
    Map<Value, Life> lives = lives(kernels);

    for (int k = 0; k < kernels.size(); k++) {
      Kernel kernel = kernels.get(k);
      for (Value output : kernel.outputs()) {
        if (output.isBound()) {
          continue;
        }
        int now = k;
        lives.forEach(
            (other, life) -> {
              boolean alive = life.first() <= now && life.last() >= now;
              if (alive && other != output.root() && overlap(plan, output.root(), other)) {
                assertThat(mayOverwrite(kernel, output, other, life.last() == now))
                    .as("%s may write over an input", kernel)
                    .isTrue();
                assertThat(plan.offset(output)).isEqualTo(plan.offset(other));
              }
            });
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyValueLiesAlignedInItsArena(long seed) {
    RandomGraph random = new RandomGraph(seed, DataType.FLOAT);
    List<Kernel> kernels = kernels(random.graph, random.inputs, random.someVariables());
    MemoryPlan plan = new MemoryPlan(kernels);

    for (Value value : lives(kernels).keySet()) {
      assertThat(plan.offset(value) % 64).isZero();
      assertThat(plan.offset(value) + value.bytes())
          .isLessThanOrEqualTo(plan.sizes().get(value.type()));
    }
  }

  @Test
  void aChainOfElementwiseOpsNeedsOneBuffer() {
    SameDiff graph = SameDiff.create();
    SDVariable y = graph.placeHolder("x", DataType.FLOAT, 16, 16);
    for (int i = 0; i < 20; i++) {
      y = graph.math().tanh(y);
    }
    Map<String, INDArray> inputs = Map.of("x", Draws.array(1, DataType.FLOAT, -1, 1, 16, 16));

    MemoryPlan plan = new MemoryPlan(kernels(graph, inputs, List.of(y.name())));

    assertThat(plan.sizes()).containsExactly(Map.entry(DataType.FLOAT, 16L * 16 * 4));
  }

  @Test
  void deadMemoryIsUsedAgain() {
    SameDiff graph = SameDiff.create();
    SDVariable x = graph.placeHolder("x", DataType.FLOAT, 16, 1);
    SDVariable y = x;
    for (int i = 0; i < 10; i++) {
      // 16 values to 256 and back, by products that can't work in place.
      y = graph.mmul(graph.mmul(y, x, false, true, false), x);
    }
    Map<String, INDArray> inputs = Map.of("x", Draws.array(1, DataType.FLOAT, -1, 1, 16, 1));

    MemoryPlan plan = new MemoryPlan(kernels(graph, inputs, List.of(y.name())));

    // Two small ones and a large one are the most that is ever alive.
    assertThat(plan.sizes().get(DataType.FLOAT)).isLessThanOrEqualTo(4L * (16 + 256 + 16));
  }

  private static boolean overlap(MemoryPlan plan, Value a, Value b) {
    return a.type() == b.type()
        && plan.offset(a) < plan.offset(b) + b.bytes()
        && plan.offset(b) < plan.offset(a) + a.bytes();
  }

  private static boolean mayOverwrite(Kernel kernel, Value output, Value other, boolean dies) {
    boolean samePlaces =
        kernel.inputs().stream()
            .filter(input -> input.root() == other)
            .allMatch(input -> withoutOnes(input).equals(withoutOnes(output)));
    boolean isInput = kernel.inputs().stream().anyMatch(input -> input.root() == other);
    return kernel.elementwise() && isInput && samePlaces && dies;
  }

  private static List<Long> withoutOnes(Value value) {
    return Arrays.stream(value.shape()).filter(extent -> extent != 1).boxed().toList();
  }

  private static Map<Value, Life> lives(List<Kernel> kernels) {
    Map<Value, Life> lives = new LinkedHashMap<>();
    for (int k = 0; k < kernels.size(); k++) {
      List<Value> touched = new ArrayList<>(kernels.get(k).inputs());
      touched.addAll(kernels.get(k).outputs());
      for (Value value : touched) {
        if (!value.isBound()) {
          Life before = lives.get(value.root());
          lives.put(value.root(), new Life(before == null ? k : before.first(), k));
        }
      }
    }
    return lives;
  }

  private static List<Kernel> kernels(
      SameDiff graph, Map<String, INDArray> inputs, List<String> wanted) {
    Map<String, long[]> shapes = new HashMap<>();
    inputs.forEach((name, array) -> shapes.put(name, array.shape()));
    Lowering lowering =
        new Lowering(graph, new StaticShapes(graph, shapes), inputs, new LinkedHashSet<>(wanted));
    lowering.lower();
    return lowering.kernels().kernels();
  }
}
