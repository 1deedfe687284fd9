package org.samegan.io.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.samegan.core.Shape;
import org.samegan.io.image.ByteImage;

class ImageConversionTest {
  private static final ImageOptions TWO = ImageOptions.asStored().withSize(2);

  @Test
  void cropsAWideImageToItsMiddle() {
    ByteImage wide =
        ByteImage.of(2, 6, 1, Samples.bytes(10, 20, 30, 40, 50, 60, 11, 21, 31, 41, 51, 61));

    assertThat(pixels(ImageConversion.apply(wide, TWO))).containsExactly(30, 40, 31, 41);
  }

  @Test
  void cropsAHighImageToItsMiddle() {
    ByteImage high =
        ByteImage.of(6, 2, 1, Samples.bytes(10, 11, 20, 21, 30, 31, 40, 41, 50, 51, 60, 61));

    assertThat(pixels(ImageConversion.apply(high, TWO))).containsExactly(30, 31, 40, 41);
  }

  @Test
  void resamplesWhatIsLeftAfterTheCrop() {
    // The outer columns, which would make everything brighter, are cut off.
    byte[] pixels = new byte[4 * 8];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i % 8 < 2 || i % 8 > 5 ? 200 : 7);
    }

    assertThat(pixels(ImageConversion.apply(ByteImage.of(4, 8, 1, pixels), TWO)))
        .containsExactly(7, 7, 7, 7);
  }

  @Test
  void cropsInColourAfterGrayWasRepeated() {
    ByteImage wide = ByteImage.of(1, 3, 1, Samples.bytes(10, 20, 30));

    ByteImage converted = ImageConversion.apply(wide, TWO.withSize(1).withChannels(3));

    assertThat(converted.shape()).isEqualTo(Shape.of(1, 1, 3));
    assertThat(pixels(converted)).containsExactly(20, 20, 20);
  }

  @Test
  void leavesTheImageAloneWithoutASize() {
    ByteImage wide = ByteImage.of(1, 3, 1, Samples.bytes(10, 20, 30));

    assertThat(pixels(ImageConversion.apply(wide, ImageOptions.asStored())))
        .containsExactly(10, 20, 30);
  }

  private static int[] pixels(ByteImage image) {
    int[] pixels = new int[image.height() * image.width() * image.channels()];
    for (int i = 0; i < pixels.length; i++) {
      int pixel = i / image.channels();
      pixels[i] = image.at(pixel / image.width(), pixel % image.width(), i % image.channels());
    }
    return pixels;
  }
}
