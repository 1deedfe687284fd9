package org.samegan.runs.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.samegan.core.data.Classes;
import org.samegan.core.data.Dataset;
import org.samegan.core.data.Subset;
import org.samegan.evaluation.classes.ClassProbabilities;

/** Which images pass, in what order they come, and how they are mixed with real ones. */
class SyntheticImagesTest {
  private static final Classes THREE = Classes.of(3);

  /** Image i is gray of value i modulo 251. */
  private static final FakeMaker GRAYS =
      new FakeMaker(
          i -> {
            byte[] pixels = new byte[64];
            java.util.Arrays.fill(pixels, (byte) (i % 251));
            return pixels;
          });

  /** Is sure of an image's class by its gray: value / 251, the rest shared by the others. */
  private static ClassProbabilities byGray(Dataset images) {
    float[] said = new float[images.size() * 3];
    for (int i = 0; i < images.size(); i++) {
      FloatBuffer pixels = FloatBuffer.allocate(64);
      images.copyTo(i, pixels);
      float sure = Math.round(pixels.get(0) * 255) / 251f;
      for (int c = 0; c < 3; c++) {
        said[3 * i + c] = c == images.label(i) ? sure : (1 - sure) / 2;
      }
    }
    return ClassProbabilities.of(images.size(), 3, said);
  }

  private static SyntheticImages taken(double tau, int... wanted) {
    return new Filter(SyntheticImagesTest::byGray, tau).take(GRAYS, THREE, wanted);
  }

  @Test
  void theFirstOfEachClassThatPassAreTaken() {
    SyntheticImages all = taken(0, 3, 2, 1);
    assertThat(all.images().stream().map(SyntheticImages.Image::index))
        .containsExactly(0, 1, 2, 3, 4, 6);

    // 226 / 251 is the first gray of which the classifier is sure enough; 600 images are looked at.
    SyntheticImages sure = taken(0.9, 20, 10, 0);
    List<Integer> expected = new ArrayList<>();
    int[] counts = new int[3];
    int[] wanted = {20, 10, 0};
    for (int i = 0; i < 600; i++) {
      if (i % 251 >= 226 && counts[i % 3] < wanted[i % 3]) {
        counts[i % 3]++;
        expected.add(i);
      }
    }
    assertThat(sure.images().stream().map(SyntheticImages.Image::index).toList())
        .isEqualTo(expected);
    assertThat(sure.byClass()).containsExactly(counts[0], 10, 0);
    assertThat(counts[0]).as("fewer than are wanted").isBetween(15, 19);
    assertThat(sure.size()).as("some are repeated").isEqualTo(30);
    for (SyntheticImages.Image image : sure.images()) {
      assertThat(image.label()).isEqualTo(image.index() % 3);
      assertThat(image.pixels()[5] & 0xff).isEqualTo(image.index() % 251);
    }
  }

  @Test
  void aClassThatNothingPassesIsNamed() {
    FakeMaker black = new FakeMaker(i -> new byte[64]);
    assertThatThrownBy(
            () ->
                new Filter(SyntheticImagesTest::byGray, 0.5)
                    .take(black, THREE, new int[] {0, 7, 0}))
        .isInstanceOf(Filter.EmptyClassException.class)
        .hasMessageContaining("the class '1' empty")
        .hasMessageContaining("none of 70 images");
  }

  @Test
  void imagesComeClassByClassInTurnAndFewAreRepeated() {
    SyntheticImages few =
        new SyntheticImages(
            List.of(
                new SyntheticImages.Image(0, 0, new byte[64]),
                new SyntheticImages.Image(1, 1, new byte[64]),
                new SyntheticImages.Image(4, 1, new byte[64])),
            GRAYS.shape(),
            THREE,
            new int[] {3, 3, 0});

    assertThat(IntStream.range(0, few.size()).map(few::label)).containsExactly(0, 1, 0, 1, 0, 1);
    assertThat(few.images()).hasSize(3);
  }

  @Test
  void imagesAreMadeAgainByTheirIndices() {
    SyntheticImages sure = taken(0.9, 20, 20, 20);
    List<Integer> indices = sure.images().stream().map(SyntheticImages.Image::index).toList();

    SyntheticImages again = SyntheticImages.of(GRAYS, indices, THREE, new int[] {20, 20, 20});

    assertThat(indices.get(indices.size() - 1)).isGreaterThan(400);
    assertThat(PixelBytes.fingerprint(again)).isEqualTo(PixelBytes.fingerprint(sure));
  }

  @Test
  void aMixtureHasTheShareAndEveryImage() {
    Dataset real = new Subset(taken(0, 20, 20, 20), IntStream.range(0, 23).toArray());
    FakeMaker others = new FakeMaker(i -> GRAYS.image().apply(i + 100));
    Dataset synthetic = new Filter(none -> null, 0).take(others, THREE, new int[] {30, 30, 30});
    for (double share : new double[] {0.25, 0.5, 0.7}) {
      Dataset mixed = Mixture.of(real, synthetic, share, 64);
      int fromReal = 0;
      while (fromReal < mixed.size() && fromReal % 23 == indexOf(mixed, fromReal)) {
        fromReal++;
      }
      assertThat(fromReal % 23).as("real images occur equally often").isZero();
      int synthetics = mixed.size() - fromReal;
      assertThat(synthetics).isGreaterThanOrEqualTo(90);
      assertThat((double) synthetics / mixed.size()).isCloseTo(share, within(0.01));
      for (int i = fromReal; i < mixed.size(); i++) {
        assertThat(mixed.label(i)).isEqualTo(synthetic.label((i - fromReal) % 90));
      }
    }
    assertThat(Mixture.repeated(real, 64).size()).isEqualTo(69);
    assertThat(Mixture.repeated(synthetic, 64)).isSameAs(synthetic);
  }

  private static int indexOf(Dataset images, int place) {
    FloatBuffer pixels = FloatBuffer.allocate(64);
    images.copyTo(place, pixels);
    return Math.round(pixels.get(0) * 255);
  }

  @Test
  void fillingUpKeepsEveryImageOnce() {
    Dataset real = taken(0, 20, 8, 20);
    SyntheticImages fill = taken(0, 0, 12, 0);
    Dataset filled = Mixture.of(real, fill, 12 / 60.0, 10);

    List<Integer> counts = new ArrayList<>(AugmentData.byClass(filled));
    assertThat(counts).containsExactly(20, 20, 20);
  }
}
