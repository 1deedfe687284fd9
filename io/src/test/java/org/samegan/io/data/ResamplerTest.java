package org.samegan.io.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.samegan.io.image.ByteImage;

class ResamplerTest {
  @ParameterizedTest
  @CsvSource({"17, 64, 3", "64, 17, 1", "5, 1, 1", "1, 9, 3", "100, 33, 3"})
  void constantImageStaysConstant(int from, int to, int channels) {
    byte[] pixels = new byte[from * from * channels];
    Arrays.fill(pixels, (byte) 201);
    ByteImage result = Resampler.resize(ByteImage.of(from, from, channels, pixels), to, to);
    for (int i = 0; i < to * to * channels; i++) {
      assertThat(result.buffer().get(i) & 0xff).isEqualTo(201);
    }
  }

  @Test
  void sameSizeIsTheIdentityToTheBit() {
    ByteImage image = ByteImage.of(7, 9, 3, Samples.random(7 * 9 * 3));
    assertThat(Resampler.resize(image, 7, 9).buffer()).isEqualTo(image.buffer());
    // And also when only the other axis changes.
    ByteImage rows = ByteImage.of(1, 9, 1, Samples.random(9));
    ByteImage taller = Resampler.resize(rows, 4, 9);
    for (int column = 0; column < 9; column++) {
      assertThat(taller.at(3, column, 0)).isEqualTo(rows.at(0, column, 0));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 24, 32, 96, 128, 160})
  void linearRampStaysLinearInTheInterior(int to) {
    int from = 64;
    byte[] pixels = new byte[from * from];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (20 + 3 * (i % from));
    }
    ByteImage result = Resampler.resize(ByteImage.of(from, from, 1, pixels), to, to);
    // A kernel of reach 2 draws on 2 source or 2 target pixels beyond its centre.
    int border = Math.max(2, (int) Math.ceil(3.0 * to / from));
    for (int column = border; column < to - border; column++) {
      double exact = 20 + 3 * ((column + 0.5) * from / to - 0.5);
      // Half a step of rounding, and a discretised cubic is not exactly linear at odd ratios.
      assertThat((double) result.at(to / 2, column, 0)).isCloseTo(exact, offset(0.75));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8})
  void shrunkenCheckerboardIsMidGrayRatherThanAliased(int factor) {
    int edge = 16 * factor;
    byte[] pixels = new byte[edge * edge];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) ((i / edge + i % edge) % 2 == 0 ? 255 : 0);
    }
    ByteImage result = Resampler.resize(ByteImage.of(edge, edge, 1, pixels), 16, 16);
    for (int row = 2; row < 14; row++) {
      for (int column = 2; column < 14; column++) {
        assertThat(result.at(row, column, 0)).isBetween(126, 129);
      }
    }
  }

  @Test
  void meanIsKept() {
    ByteImage image = ByteImage.of(90, 90, 1, Samples.random(8100));
    ByteImage smaller = Resampler.resize(image, 30, 30);
    // The border is weighted a little differently, by less than one level in the mean.
    assertThat(mean(smaller)).isCloseTo(mean(image), offset(1.0));
  }

  @Test
  void enlargedPointIsTheKernel() {
    byte[] pixels = new byte[9];
    pixels[4] = (byte) 200;
    ByteImage result = Resampler.resize(ByteImage.of(1, 9, 1, pixels), 1, 18);
    // Keys' kernel with a = -1/2 at distance 1/4 is 0.8671875, at 3/4 0.2265625.
    assertThat(result.at(0, 8, 0)).isEqualTo(173);
    assertThat(result.at(0, 9, 0)).isEqualTo(173);
    assertThat(result.at(0, 10, 0)).isEqualTo(45);
    // At 5/4 and 7/4 it is negative: clipped.
    assertThat(result.at(0, 11, 0)).isZero();
  }

  @Test
  void isSymmetric() {
    byte[] pixels = Samples.random(40);
    byte[] mirrored = new byte[40];
    for (int i = 0; i < 40; i++) {
      mirrored[i] = pixels[39 - i];
    }
    ByteImage one = Resampler.resize(ByteImage.of(1, 40, 1, pixels), 1, 11);
    ByteImage other = Resampler.resize(ByteImage.of(1, 40, 1, mirrored), 1, 11);
    for (int i = 0; i < 11; i++) {
      // The sums run in the other direction, which can tip a rounding.
      assertThat(one.at(0, i, 0)).isBetween(other.at(0, 10 - i, 0) - 1, other.at(0, 10 - i, 0) + 1);
    }
  }

  @Test
  void cropKeepsTheCentre() {
    ByteImage wide = ByteImage.of(2, 5, 1, Samples.bytes(0, 1, 2, 3, 4, 10, 11, 12, 13, 14));
    ByteImage square = Resampler.cropToSquare(wide);
    assertThat(square.buffer()).isEqualTo(ByteBuffer.wrap(Samples.bytes(1, 2, 11, 12)));
    ByteImage tall = ByteImage.of(4, 2, 1, Samples.bytes(0, 1, 2, 3, 4, 5, 6, 7));
    assertThat(Resampler.cropToSquare(tall).buffer())
        .isEqualTo(ByteBuffer.wrap(Samples.bytes(2, 3, 4, 5)));
  }

  private static double mean(ByteImage image) {
    double sum = 0;
    for (int i = 0; i < image.height() * image.width(); i++) {
      sum += image.buffer().get(i) & 0xff;
    }
    return sum / (image.height() * image.width());
  }
}
