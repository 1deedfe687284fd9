package org.samegan.io.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.samegan.core.Shape;
import org.samegan.core.data.Dataset;
import org.samegan.core.data.PixelRange;

/** The shipped part of the MNIST database. */
class MnistTest {
  private static final Path MNIST = Path.of("..", "testdata", "mnist");

  @TempDir private Path cache;

  @Test
  void holdsTenThousandTrainingAndTwoThousandHeldOutDigits() throws IOException {
    PackedImages train = open(Split.TRAIN, ImageOptions.asStored());
    PackedImages test = open(Split.TEST, ImageOptions.asStored());

    assertThat(train.size()).isEqualTo(10_000);
    assertThat(test.size()).isEqualTo(2_000);
    assertThat(train.shape()).isEqualTo(Shape.of(28, 28, 1));
    assertThat(train.classes().count()).isEqualTo(10);
    assertThat(train.fingerprint()).isNotEqualTo(test.fingerprint());
    train.verify();
    // The first labels of the training and of the test set, as published.
    assertThat(new int[] {train.label(0), train.label(1), train.label(2)}).containsExactly(5, 0, 4);
    assertThat(new int[] {test.label(0), test.label(1), test.label(2)}).containsExactly(7, 2, 1);
  }

  @Test
  void firstDigitHasItsPublishedInkAndABlackBorder() throws IOException {
    Dataset digits = open(Split.TRAIN, ImageOptions.asStored()).as(PixelRange.SIGNED_UNIT);
    FloatBuffer first = FloatBuffer.allocate(784);
    digits.copyTo(0, first);
    assertThat(first.get(0)).isEqualTo(-1f);
    // Row 5, column 12 is the first pixel with ink, of value 3.
    assertThat(first.get(5 * 28 + 12)).isEqualTo(PixelRange.SIGNED_UNIT.fromByte(3));
    double sum = 0;
    for (int i = 0; i < 784; i++) {
      sum += PixelRange.SIGNED_UNIT.toByte(first.get(i));
    }
    assertThat(sum).isEqualTo(27_525);
  }

  @Test
  void isResampledToAnotherSize() throws IOException {
    PackedImages large = open(Split.TEST, ImageOptions.asStored().withSize(32).withChannels(3));
    assertThat(large.shape()).isEqualTo(Shape.of(32, 32, 3));
    assertThat(large.size()).isEqualTo(2_000);
  }

  private PackedImages open(Split split, ImageOptions options) throws IOException {
    return PackedImages.open(ImageSource.at(MNIST, split), options, cache);
  }
}
