package org.samegan.io.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.samegan.core.Shape;
import org.samegan.core.data.PixelRange;

class PngGridTest {
  @TempDir private Path directory;

  @Test
  void grayGridIsReadBackExactly() throws IOException {
    Path file = directory.resolve("grid.png");
    byte[] pixels = random(5 * 4 * 3);
    PngGrid.of(2, 3).write(file, floats(pixels), Shape.of(4, 3, 1), PixelRange.SIGNED_UNIT);

    BufferedImage read = ImageIO.read(file.toFile());
    assertThat(read.getType()).isEqualTo(BufferedImage.TYPE_BYTE_GRAY);
    assertThat(read.getWidth()).isEqualTo(3 * 3 + 2 * 2);
    assertThat(read.getHeight()).isEqualTo(2 * 4 + 2);
    for (int y = 0; y < read.getHeight(); y++) {
      for (int x = 0; x < read.getWidth(); x++) {
        int cell = y / 6 * 3 + x / 5;
        boolean gap = y % 6 >= 4 || x % 5 >= 3 || cell >= 5;
        int expected = gap ? 255 : pixels[cell * 12 + y % 6 * 3 + x % 5] & 0xff;
        assertThat(read.getRaster().getSample(x, y, 0)).isEqualTo(expected);
      }
    }
  }

  @Test
  void colourGridWithoutGapIsReadBackExactly() throws IOException {
    Path file = directory.resolve("grid.png");
    byte[] pixels = random(2 * 12);
    PngGrid.of(1, 3)
        .withGap(0)
        .withGround(PngGrid.Ground.BLACK)
        .write(file, floats(pixels), Shape.of(2, 2, 3), PixelRange.SIGNED_UNIT);

    Raster read = ImageIO.read(file.toFile()).getRaster();
    assertThat(read.getWidth()).isEqualTo(6);
    for (int x = 0; x < 6; x++) {
      for (int channel = 0; channel < 3; channel++) {
        int expected = x < 4 ? pixels[x / 2 * 12 + 6 + x % 2 * 3 + channel] & 0xff : 0;
        assertThat(read.getSample(x, 1, channel)).isEqualTo(expected);
      }
    }
  }

  @Test
  void writingTwiceGivesTheSameBytesAndLeavesNothingElse() throws IOException {
    FloatBuffer images = floats(random(100 * 784));
    Path one = directory.resolve("one.png");
    Path two = directory.resolve("two.png");
    for (Path file : new Path[] {one, two, two}) {
      PngGrid.of(10, 10).write(file, images, Shape.of(28, 28, 1), PixelRange.SIGNED_UNIT);
    }
    assertThat(two).hasSameBinaryContentAs(one);
    assertThat(images.position()).isZero();
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactlyInAnyOrder(one, two);
    }
  }

  @Test
  void singleImageIsReadBackExactlyAndValuesOutsideTheRangeAreClipped() throws IOException {
    FloatBuffer values = FloatBuffer.wrap(new float[] {-0.5f, 0f, 0.5f, 1f, 7f, 0.2f});
    ByteImage image = ByteImage.of(values, Shape.of(1, 2, 3), PixelRange.UNIT);
    Path file = directory.resolve("image.png");
    PngImage.write(file, image);

    int[] read = ImageIO.read(file.toFile()).getRaster().getPixels(0, 0, 2, 1, (int[]) null);
    assertThat(read).containsExactly(0, 0, 128, 255, 255, 51);
    assertThat(ImageIO.read(new ByteArrayInputStream(PngImage.encode(image)))).isNotNull();
  }

  @Test
  void refusesValuesThatAreNoWholeImagesTooManyOrNone() {
    PngGrid grid = PngGrid.of(1, 2);
    for (int values : new int[] {0, 5, 12}) {
      assertThatThrownBy(
              () -> grid.render(FloatBuffer.allocate(values), Shape.of(2, 2, 1), PixelRange.UNIT))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll("1 to 2 images of 2x2x1", "found " + values);
    }
    assertThatThrownBy(() -> grid.render(FloatBuffer.allocate(4), Shape.of(4), PixelRange.UNIT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("height x width x channels");
    assertThatThrownBy(
            () ->
                PngGrid.of(100_000, 100_000)
                    .render(FloatBuffer.allocate(1), Shape.of(1, 1, 1), PixelRange.UNIT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("fewer");
    assertThatThrownBy(() -> PngGrid.of(0, 1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesNotANumberRatherThanPaintingItBlack() {
    FloatBuffer values = FloatBuffer.wrap(new float[] {0, Float.NaN});
    assertThatThrownBy(() -> ByteImage.of(values, Shape.of(1, 2, 1), PixelRange.UNIT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NaN at element 1");
  }

  @Test
  void namesTheFileThatCannotBeWritten() {
    Path file = directory.resolve("absent").resolve("image.png");
    ByteImage image = ByteImage.of(1, 1, 1, new byte[1]);
    assertThatThrownBy(() -> PngImage.write(file, image))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll(file.toString(), "check that the directory");
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static FloatBuffer floats(byte[] pixels) {
    FloatBuffer values = FloatBuffer.allocate(pixels.length);
    for (byte pixel : pixels) {
      values.put(PixelRange.SIGNED_UNIT.fromByte(pixel & 0xff));
    }
    return values.rewind();
  }
}
