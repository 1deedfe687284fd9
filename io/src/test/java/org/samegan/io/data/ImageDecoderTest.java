package org.samegan.io.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.samegan.core.Shape;
import org.samegan.io.image.ByteImage;

class ImageDecoderTest {
  private static final byte[] NONE = {};

  @TempDir private Path folder;

  @Test
  void grayPngKeepsEveryValue() throws IOException {
    byte[] ramp = new byte[256];
    for (int i = 0; i < 256; i++) {
      ramp[i] = (byte) i;
    }
    assertPixels(Samples.grayPng(16, 16, ramp), Shape.of(16, 16, 1), ramp);
  }

  @Test
  void rgbPngKeepsTheOrderOfChannels() throws IOException {
    byte[] pixels = Samples.bytes(255, 0, 0, 1, 2, 3);
    assertPixels(Samples.png(2, 1, 8, 2, NONE, NONE, pixels), Shape.of(1, 2, 3), pixels);
  }

  @Test
  void sixteenBitIsScaledAndRounded() throws IOException {
    // 65535 / 257 = 255; 32896 / 257 = 128; 128 / 257 = 0.498; 129 / 257 = 0.502.
    byte[] gray = Samples.bytes(0xff, 0xff, 0x80, 0x80, 0, 128, 0, 129);
    assertPixels(
        Samples.png(4, 1, 16, 0, NONE, NONE, gray),
        Shape.of(1, 4, 1),
        Samples.bytes(255, 128, 0, 1));
    byte[] rgb = Samples.bytes(0xff, 0xff, 0x80, 0x80, 0, 129);
    assertPixels(
        Samples.png(1, 1, 16, 2, NONE, NONE, rgb), Shape.of(1, 1, 3), Samples.bytes(255, 128, 1));
  }

  @ParameterizedTest
  @CsvSource({"1, 0, 255", "2, 85, 170", "4, 17, 34"})
  void fewBitGrayIsSpreadOverTheWholeRange(int depth, int first, int second) throws IOException {
    // One byte: the samples (0 or 1), then its successor, then zeros.
    int one = depth == 1 ? 0 : 1;
    int samples = one << (8 - depth) | (one + 1) << (8 - 2 * depth);
    assertPixels(
        Samples.png(2, 1, depth, 0, NONE, NONE, Samples.bytes(samples)),
        Shape.of(1, 2, 1),
        Samples.bytes(first, second));
  }

  @Test
  void paletteIsResolvedToColourOrGray() throws IOException {
    byte[] colours = Samples.bytes(10, 20, 30, 200, 100, 50);
    assertPixels(
        Samples.png(2, 1, 8, 3, colours, NONE, Samples.bytes(1, 0)),
        Shape.of(1, 2, 3),
        Samples.bytes(200, 100, 50, 10, 20, 30));
    byte[] grays = Samples.bytes(10, 10, 10, 200, 200, 200);
    assertPixels(
        Samples.png(2, 1, 8, 3, grays, NONE, Samples.bytes(1, 0)),
        Shape.of(1, 2, 1),
        Samples.bytes(200, 10));
  }

  @Test
  void transparencyIsLaidOverWhite() throws IOException {
    // (100 * 128 + 255 * 127) / 255 = 177.2; opaque 100; nothing: 255.
    byte[] gray = Samples.bytes(100, 128, 100, 255, 100, 0);
    assertPixels(
        Samples.png(3, 1, 8, 4, NONE, NONE, gray), Shape.of(1, 3, 1), Samples.bytes(177, 100, 255));
    byte[] rgba = Samples.bytes(0, 100, 255, 128);
    assertPixels(
        Samples.png(1, 1, 8, 6, NONE, NONE, rgba), Shape.of(1, 1, 3), Samples.bytes(127, 177, 255));
    byte[] rgba16 = Samples.bytes(0, 0, 100, 100, 255, 255, 128, 128);
    assertPixels(
        Samples.png(1, 1, 16, 6, NONE, NONE, rgba16),
        Shape.of(1, 1, 3),
        Samples.bytes(127, 177, 255));
    byte[] colours = Samples.bytes(0, 100, 255, 1, 2, 3);
    assertPixels(
        Samples.png(2, 1, 8, 3, colours, Samples.bytes(128), Samples.bytes(0, 1)),
        Shape.of(1, 2, 3),
        Samples.bytes(127, 177, 255, 1, 2, 3));
  }

  @Test
  void aTransparentColourIsWhite() throws IOException {
    assertPixels(
        Samples.png(
            2, 1, 8, 2, NONE, Samples.bytes(0, 9, 0, 8, 0, 7), Samples.bytes(9, 8, 7, 1, 2, 3)),
        Shape.of(1, 2, 3),
        Samples.bytes(255, 255, 255, 1, 2, 3));
    assertPixels(
        Samples.png(2, 1, 8, 0, NONE, Samples.bytes(0, 9), Samples.bytes(9, 40)),
        Shape.of(1, 2, 1),
        Samples.bytes(255, 40));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 30, 60, 128, 200, 255})
  void grayJpegIsNotGammaShifted(int value) throws IOException {
    ByteImage image = decode(jpeg(BufferedImage.TYPE_BYTE_GRAY, value, value, value));
    assertThat(image.channels()).isEqualTo(1);
    // The coefficients of a flat block are quantised.
    assertThat(image.at(3, 5, 0)).isBetween(value - 2, value + 2);
  }

  @Test
  void colourJpegKeepsItsColours() throws IOException {
    ByteImage image = decode(jpeg(BufferedImage.TYPE_INT_RGB, 200, 100, 50));
    assertThat(image.shape()).isEqualTo(Shape.of(32, 32, 3));
    // Chroma is quantised more coarsely than luma.
    assertThat(image.at(9, 9, 0)).isBetween(195, 205);
    assertThat(image.at(9, 9, 1)).isBetween(95, 105);
    assertThat(image.at(9, 9, 2)).isBetween(45, 55);
  }

  @Test
  void grayIsTheRoundedLuma() throws IOException {
    byte[] rgb = Samples.bytes(255, 0, 0, 0, 255, 0, 0, 0, 255, 10, 200, 31, 255, 255, 255);
    ByteImage colour = decode(Samples.png(5, 1, 8, 2, NONE, NONE, rgb));
    ByteImage gray = ImageConversion.apply(colour, ImageOptions.asStored().withChannels(1));
    // 76.245, 149.685, 29.07, 2.99 + 117.4 + 3.534 = 123.924, 255.
    assertThat(gray.buffer()).isEqualTo(ByteBuffer.wrap(Samples.bytes(76, 150, 29, 124, 255)));
    ByteImage again = ImageConversion.apply(gray, ImageOptions.asStored().withChannels(3));
    assertThat(again.at(0, 3, 0)).isEqualTo(124);
    assertThat(again.at(0, 3, 2)).isEqualTo(124);
    assertThat(ImageConversion.apply(gray, ImageOptions.asStored().withChannels(1)).buffer())
        .isEqualTo(gray.buffer());
  }

  @Test
  void everyFlippedByteOfAPngIsRefusedAndSoIsEveryTruncation() throws IOException {
    byte[] good = Samples.grayPng(8, 8, Samples.random(64));
    for (int at = 0; at < good.length; at++) {
      byte[] flipped = good.clone();
      flipped[at] ^= 0x10;
      assertRefused("flipped.png", flipped);
      assertRefused("cut.png", Arrays.copyOf(good, at));
    }
  }

  @Test
  void truncatedJpegIsRefusedRatherThanFilledWithGray() throws IOException {
    byte[] good = jpeg(BufferedImage.TYPE_INT_RGB, 1, 2, 3);
    for (int length : new int[] {2, 20, 300, good.length / 2, good.length - 20, good.length - 2}) {
      assertRefused("cut.jpg", Arrays.copyOf(good, length));
    }
  }

  @Test
  void aFlippedByteOfAJpegIsReadOrRefusedAndNothingElse() throws IOException {
    byte[] good = jpeg(BufferedImage.TYPE_INT_RGB, 1, 2, 3);
    for (int at = 0; at < good.length; at++) {
      byte[] flipped = good.clone();
      flipped[at] ^= 0x10;
      Path file = Samples.write(folder, "flipped.jpg", flipped);
      Throwable failure = catchThrowable(() -> ImageDecoder.decode(file));
      if (failure != null) {
        assertThat(failure)
            .isInstanceOf(DataFormatException.class)
            .hasMessageContaining("skip-bad");
      }
    }
  }

  @Test
  void refusesJpegsOfKindsThatAreNotDecoded() throws IOException {
    byte[] good = jpeg(BufferedImage.TYPE_INT_RGB, 1, 2, 3);
    int frame = 0;
    while (good[frame] != (byte) 0xff || good[frame + 1] != (byte) 0xc0) {
      frame++;
    }
    byte[] lossless = good.clone();
    lossless[frame + 1] = (byte) 0xc3;
    assertRefused("lossless.jpg", lossless, "JPEG header at byte " + frame, "lossless");
    byte[] arithmetic = good.clone();
    arithmetic[frame + 1] = (byte) 0xc9;
    assertRefused("arithmetic.jpg", arithmetic, "arithmetic coding");
    byte[] deep = good.clone();
    deep[frame + 4] = 12;
    assertRefused("deep.jpg", deep, "12 bits a sample");
    byte[] two = good.clone();
    two[frame + 9] = 2;
    assertRefused("two.jpg", two, "2 components");
  }

  @Test
  void refusesAnImageTooLargeToDecodeBeforeDecodingIt() throws IOException {
    byte[] huge = Samples.png(60_000, 60_000, 8, 0, NONE, NONE, new byte[60_000]);
    assertRefused("huge.png", huge, "60000 x 60000");
  }

  @Test
  void refusesOtherFormatsAndEmptyFiles() throws IOException {
    assertRefused("page.jpg", ascii("<!doctype html><title>404</title>"), "found an HTML page");
    assertRefused("moving.jpg", ascii("GIF89a\1\0\1\0"), "found a GIF image");
    assertRefused("small.jpg", ascii("RIFF\30\0\0\0WEBPVP8L"), "found a WebP image");
    assertRefused(
        "big.png", ascii("version https://git-lfs.github.com/spec/v1\n"), "a Git LFS pointer");
    assertRefused("noise.png", ascii("12345678"), "31 32 33 34 35 36 37 38");
    assertRefused("empty.png", NONE, "an empty file");
  }

  private void assertRefused(String name, byte[] content, String... parts) throws IOException {
    Path file = Samples.write(folder, name, content);
    assertThatThrownBy(() -> ImageDecoder.decode(file))
        .isInstanceOf(DataFormatException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining("skip-bad")
        .hasMessageContainingAll(parts.length == 0 ? new String[] {name} : parts);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private void assertPixels(byte[] file, Shape shape, byte[] expected) throws IOException {
    ByteImage image = decode(file);
    assertThat(image.shape()).isEqualTo(shape);
    assertThat(image.buffer()).isEqualTo(ByteBuffer.wrap(expected));
  }

  private ByteImage decode(byte[] content) throws IOException {
    return ImageDecoder.decode(Samples.write(folder, "image", content));
  }

  private static byte[] jpeg(int type, int red, int green, int blue) throws IOException {
    BufferedImage image = new BufferedImage(32, 32, type);
    int[] samples =
        type == BufferedImage.TYPE_BYTE_GRAY ? new int[] {red} : new int[] {red, green, blue};
    for (int i = 0; i < 1024; i++) {
      image.getRaster().setPixel(i % 32, i / 32, samples);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "jpeg", bytes);
    return bytes.toByteArray();
  }
}
