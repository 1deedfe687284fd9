package org.samegan.evaluation.copying;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.samegan.core.random.RandomStream;
import org.samegan.evaluation.Features;
import org.samegan.evaluation.Gaussians;
import org.samegan.evaluation.neighbours.Neighbours;

class CopyTestsTest {
  @Test
  void aMachineThatCopiesIsFound() {
    Features train = Gaussians.standard(1000, 8, 1);
    Features test = Gaussians.standard(500, 8, 2);
    Features copies = nearly(train.select(Arrays.copyOf(order(1000), 500)));

    assertThat(Authenticity.percent(train, copies)).isLessThan(5);
    assertThat(DataCopying.test(train, test, copies, 1).score()).isLessThan(-5);
  }

  @Test
  void authenticityIsTheSameOfNeighboursFoundBefore() {
    Features train = Gaussians.standard(300, 8, 1);
    Features generated = Gaussians.standard(200, 8, 2);

    assertThat(Authenticity.percent(Neighbours.of(generated, train, 2), Neighbours.among(train, 2)))
        .isEqualTo(Authenticity.percent(train, generated));
  }

  @Test
  void exactCopiesAreNotAuthentic() {
    Features train = Gaussians.standard(100, 4, 1);

    assertThat(Authenticity.percent(train, train)).isZero();
    assertThat(Authenticity.percent(train, Gaussians.repeated(train, 3, 50))).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void freshRealImagesAreNoCopies(long seed) {
    Features train = Gaussians.standard(800, 8, 10 * seed);
    Features test = Gaussians.standard(400, 8, 10 * seed + 1);
    Features fresh = Gaussians.standard(400, 8, 10 * seed + 2);

    DataCopying found = DataCopying.test(train, test, fresh, seed);

    assertThat(Math.abs(found.score())).isLessThan(3);
    assertThat(found.cells()).isEqualTo(3);
    assertThat(Authenticity.percent(train, fresh)).isBetween(40.0, 75.0);
  }

  @Test
  void noiseIsAuthenticAndUnderfits() {
    Features train = Gaussians.standard(500, 8, 1);
    Features noise = Gaussians.of(500, 8, 2, 4, 0);

    assertThat(Authenticity.percent(train, noise)).isGreaterThan(95);
    assertThat(DataCopying.test(train, Gaussians.standard(500, 8, 3), noise, 1).score())
        .isGreaterThan(5);
  }

  @Test
  void manyDimensionsAreReducedFirst() {
    Features train = Gaussians.standard(600, 70, 1);
    Features test = Gaussians.standard(300, 70, 2);

    DataCopying fresh = DataCopying.test(train, test, Gaussians.standard(300, 70, 3), 1);
    DataCopying copies =
        DataCopying.test(train, test, nearly(train.select(Arrays.copyOf(order(600), 300))), 1);

    assertThat(Math.abs(fresh.score())).isLessThan(3);
    assertThat(copies.score()).isLessThan(-5);
  }

  @Test
  void isAFunctionOfTheSeed() {
    Features train = Gaussians.standard(300, 5, 1);
    Features test = Gaussians.standard(200, 5, 2);
    Features generated = Gaussians.standard(200, 5, 3);

    assertThat(DataCopying.test(train, test, generated, 4))
        .isEqualTo(DataCopying.test(train, test, generated, 4));
  }

  @Test
  void refusesTooFewGeneratedImages() {
    Features train = Gaussians.standard(100, 3, 1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> DataCopying.test(train, train, Gaussians.standard(15, 3, 2), 1))
        .withMessageContainingAll("more than 20 generated images", "15 images");
  }

  private static int[] order(int count) {
    return RandomStream.of(1, "test/order", 0).permutation(count);
  }

  private static Features nearly(Features features) {
    int d = features.dimensions();
    RandomStream stream = RandomStream.of(1, "test/nearly", 0);
    float[] values = new float[features.count() * d];
    for (int i = 0; i < values.length; i++) {
      values[i] = features.at(i / d, i % d) + (float) (0.01 * stream.nextGaussian());
    }
    return Features.of(features.name(), features.count(), d, values);
  }
}
