package org.samegan.io.layout;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.samegan.core.Shape;

class AxisOrderTest {
  @Test
  void imagesGoFromPixelsOfChannelsToPlanesAndBack() {
    AxisOrder order = AxisOrder.ofFlattened(Shape.of(1, 2, 3));
    float[] images = {0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15};

    order.toChannelsFirst(images);
    assertThat(images).containsExactly(0, 3, 1, 4, 2, 5, 10, 13, 11, 14, 12, 15);

    order.toChannelsLast(images);
    assertThat(images).containsExactly(0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15);
  }

  @Test
  void whatIsNoImageHasOneOrder() {
    for (Shape shape : new Shape[] {Shape.of(6), Shape.of(2, 3), Shape.of(3, 2, 1)}) {
      assertThat(AxisOrder.ofFlattened(shape)).isEqualTo(AxisOrder.same(6));
      assertThat(AxisOrder.ofFlattened(shape).isSame()).isTrue();
    }
  }
}
