package org.samegan.core.layer;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.samegan.core.Shape;

/** What is refused for its extents is named with these. */
class ShapeMessagesTest {
  private static final Initializer ZEROS = Initializer.ZEROS;

  @Test
  void namesBothExtentsOfAnInputThatAKernelDoesNotFit() {
    refuses(new Conv2d(1, 4, 1, Padding.of(0)), Shape.of(2, 9, 1), "padded input of 2x9");
    refuses(new Conv2d(1, 4, 1, Padding.of(0)), Shape.of(9, 1, 1), "padded input of 9x1");
    refuses(new Conv2d(1, 9, 1, Padding.of(1)), Shape.of(3, 5, 1), "padded input of 5x7");
  }

  @Test
  void namesExtentsThatNoIntegerHolds() {
    Shape image = Shape.of(3, 3, 1);
    Padding much = Padding.of(Integer.MAX_VALUE);
    refuses(new Conv2d(1, 3, 1, much), image, "an image of 4294967297x4294967297x1");
    refuses(new ConvTranspose2d(1, 3, 3, much), image, "leaves nothing");
    refuses(
        new ConvTranspose2d(1, Integer.MAX_VALUE, 1 << 30, Padding.SAME),
        image,
        "an image of 3221225472x3221225472x1");
    refuses(new Upsample(1 << 30), image, "an image of 3221225472x3221225472x1");
  }

  @Test
  void namesAMaxoutLayersOwnNumbers() {
    refuses(new Maxout(3, 2, ZEROS), Shape.of(2, 2, 1), "a maxout layer takes vectors");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Maxout(1 << 20, 1 << 12, ZEROS))
        .withMessageContaining("1048576 x 4096");
  }

  private static void refuses(Layer layer, Shape input, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> layer.outputShape(input))
        .withMessageContaining(message);
  }
}
