package org.samegan.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShapeTest {
  @Test
  void tellsItsExtents() {
    Shape shape = Shape.of(28, 24, 3);

    assertThat(shape.rank()).isEqualTo(3);
    assertThat(shape.elements()).isEqualTo(2016);
    assertThat(shape.channels()).isEqualTo(3);
    assertThat(shape.get(1)).isEqualTo(24);
    assertThat(shape.get(-2)).isEqualTo(24);
    assertThat(shape).hasToString("28x24x3").isEqualTo(new Shape(List.of(28, 24, 3)));
  }

  @Test
  void aBatchHasOneAxisMore() {
    assertThat(Shape.of(28, 3).batch(64)).containsExactly(64, 28, 3);
    assertThat(Shape.of(100).batch(-1)).containsExactly(-1, 100);
  }

  @Test
  void refusesWhatIsNoShape() {
    assertThatIllegalArgumentException().isThrownBy(Shape::of).withMessageContaining("none");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Shape.of(3, 0))
        .withMessageContainingAll("at least 1", "found 0 in [3, 0]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Shape.of(65536, 65536))
        .withMessageContaining("[65536, 65536]");
  }
}
