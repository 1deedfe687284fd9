package org.samegan.core.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.conditions.Conditions;

class StaticShapesTest {
  private final SameDiff graph = SameDiff.create();

  @Test
  void infersThroughOpsOfEveryKind() {
    SDVariable x = graph.placeHolder("x", DataType.FLOAT, -1, 6);
    SDVariable w = graph.var("w", Nd4j.zeros(DataType.FLOAT, 6, 8));
    SDVariable product = x.mmul(w);
    SDVariable activated = graph.math().tanh(product.add(1));
    SDVariable image = graph.reshape(activated, -1, 2, 2, 2);
    SDVariable sum = image.sum(true, 1, 2);

    StaticShapes shapes = new StaticShapes(graph, Map.of("x", new long[] {5, 6}));

    assertThat(shapes.of(sum)).containsExactly(5, 1, 1, 2);
    assertThat(shapes.of(image)).containsExactly(5, 2, 2, 2);
    assertThat(shapes.of(activated)).containsExactly(5, 8);
    assertThat(shapes.of(w)).containsExactly(6, 8);
  }

  @Test
  void infersVariablesThatAreEmittedLater() {
    SDVariable x = graph.placeHolder("x", DataType.FLOAT, 3, 1);
    StaticShapes shapes = new StaticShapes(graph, Map.of());
    assertThat(shapes.of(x)).containsExactly(3, 1);

    SDVariable later = x.add(graph.constant(Nd4j.zeros(DataType.FLOAT, 4)));

    assertThat(shapes.of(later)).containsExactly(3, 4);
  }

  @Test
  void givesCopies() {
    SDVariable x = graph.placeHolder("x", DataType.FLOAT, 3, 1);
    StaticShapes shapes = new StaticShapes(graph, Map.of());

    shapes.of(x)[0] = 7;

    assertThat(shapes.of(x)).containsExactly(3, 1);
  }

  @Test
  void refusesAPlaceholderOfUnknownShape() {
    SDVariable x = graph.placeHolder("x", DataType.FLOAT, -1, 6);
    StaticShapes shapes = new StaticShapes(graph, Map.of());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> shapes.of(x.mul(2)))
        .withMessageContainingAll("'x'", "[-1, 6]");
  }

  @Test
  void refusesAnOpOfAKindThatHasNoShapeFunction() {
    SDVariable x = graph.placeHolder("x", DataType.FLOAT, 2, 3);
    StaticShapes shapes = new StaticShapes(graph, Map.of());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> shapes.of(graph.math().firstIndex(x, Conditions.greaterThan(0), 1)))
        .withMessageContainingAll("first_index", "of a kind that can't be compiled");
  }

  @Test
  void refusesAnUnknownName() {
    StaticShapes shapes = new StaticShapes(graph, Map.of());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> shapes.of("nobody"))
        .withMessageContaining("'nobody'");
  }
}
