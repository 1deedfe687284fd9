package org.samegan.core.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.linalg.api.buffer.DataType;

class TopologicalOrderTest {
  private final SameDiff graph = SameDiff.create();
  private final SDVariable x = graph.placeHolder("x", DataType.DOUBLE, 3);

  @Test
  void everyOpComesOnceAndAfterWhatItNeeds() {
    SDVariable shared = x.mul(2);
    SDVariable left = graph.math().tanh(shared);
    SDVariable right = shared.add(left);
    SDVariable end = right.mul(shared).add(left);

    List<SameDiffOp> order = TopologicalOrder.of(graph, List.of(end.name(), left.name()));

    assertThat(order).hasSize(5).doesNotHaveDuplicates();
    Set<String> known = new HashSet<>(Set.of("x"));
    for (SameDiffOp op : order) {
      assertThat(known).containsAll(op.getInputsToOp());
      known.addAll(op.getOutputsOfOp());
    }
  }

  @Test
  void leavesOutWhatIsNotNeeded() {
    SDVariable wanted = x.mul(2);
    x.add(5);
    wanted.sub(1);

    assertThat(TopologicalOrder.of(graph, List.of(wanted.name()))).hasSize(1);
  }

  @Test
  void aPlaceholderNeedsNoOps() {
    assertThat(TopologicalOrder.of(graph, List.of("x"))).isEmpty();
  }

  @Test
  void refusesAnUnknownName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TopologicalOrder.of(graph, List.of("nobody")))
        .withMessageContaining("'nobody'");
  }
}
