package org.samegan.io.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.samegan.core.Shape;
import org.samegan.core.data.Dataset;
import org.samegan.core.data.PixelRange;

/** The shipped sample of rendered brush characters. */
class CalligraphyTest {
  private static final Path SAMPLE = Path.of("..", "testdata", "calligraphy", "sample");
  private static final int SIZE = 128;

  @TempDir private Path cache;

  @Test
  void holdsFourStylesOfFifteenCharacters() throws IOException {
    PackedImages images = open();
    assertThat(images.size()).isEqualTo(60);
    assertThat(images.shape()).isEqualTo(Shape.of(SIZE, SIZE, 1));
    assertThat(images.classes().count()).isEqualTo(15);
    int[] counts = new int[15];
    for (int i = 0; i < images.size(); i++) {
      counts[images.label(i)]++;
    }
    assertThat(counts).containsOnly(4);
  }

  @Test
  void everyCharacterIsBlackOnWhiteInsideNearTheCentreAndItsOwn() throws IOException {
    Dataset images = open().as(PixelRange.UNIT);
    Set<FloatBuffer> different = new TreeSet<>();
    for (int i = 0; i < images.size(); i++) {
      FloatBuffer pixels = FloatBuffer.allocate(SIZE * SIZE);
      images.copyTo(i, pixels);
      different.add(pixels.flip());
      int left = SIZE;
      int right = 0;
      int top = SIZE;
      int bottom = 0;
      int ink = 0;
      for (int k = 0; k < SIZE * SIZE; k++) {
        if (pixels.get(k) < 0.5f) {
          ink++;
          left = Math.min(left, k % SIZE);
          right = Math.max(right, k % SIZE);
          top = Math.min(top, k / SIZE);
          bottom = Math.max(bottom, k / SIZE);
        }
      }
      // The script keeps a margin of 4 % but for the strokes' weight and wobble, and moves a
      // character by at most 3 % of the edge.
      assertThat(Math.min(left, top)).isGreaterThan(1);
      assertThat(Math.max(right, bottom)).isLessThan(SIZE - 2);
      assertThat((left + right) / 2.0).isBetween(57.0, 70.0);
      assertThat((top + bottom) / 2.0).isBetween(57.0, 70.0);
      assertThat(Math.max(right - left, bottom - top)).isGreaterThan(SIZE / 2);
      assertThat((double) ink / (SIZE * SIZE)).isBetween(0.03, 0.4);
    }
    assertThat(different).hasSize(60);
  }

  private PackedImages open() throws IOException {
    return PackedImages.open(ImageSource.at(SAMPLE, Split.TRAIN), ImageOptions.asStored(), cache);
  }
}
