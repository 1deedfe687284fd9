package org.samegan.evaluation.neighbours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.samegan.core.random.RandomStream;
import org.samegan.evaluation.Features;
import org.samegan.evaluation.Gaussians;

class ManifoldScoresTest {
  @Test
  void areTheirDefinitions() {
    Features real = Gaussians.standard(157, 5, 1);
    Features generated = Gaussians.of(143, 5, 2, 0.8, 0.3);
    double[] real3 = radii(real, 3);
    double[] real5 = radii(real, 5);
    double[] generated3 = radii(generated, 3);
    boolean[] precise = new boolean[143];
    int recalled = 0;
    int covered = 0;
    int inside = 0;
    for (int i = 0; i < real.count(); i++) {
      double[] distances = NeighboursTest.distances(real, i, generated);
      boolean recall = false;
      boolean cover = false;
      for (int j = 0; j < distances.length; j++) {
        precise[j] |= distances[j] <= real3[i];
        recall |= distances[j] <= generated3[j];
        cover |= distances[j] <= real5[i];
        inside += distances[j] <= real5[i] ? 1 : 0;
      }
      recalled += recall ? 1 : 0;
      covered += cover ? 1 : 0;
    }
    int looksReal = 0;
    for (boolean one : precise) {
      looksReal += one ? 1 : 0;
    }

    ManifoldScores scores = ManifoldScores.between(real, generated);

    assertThat(scores.precision()).isEqualTo(looksReal / 143.0);
    assertThat(scores.recall()).isEqualTo(recalled / 157.0);
    assertThat(scores.density()).isCloseTo(inside / 5.0 / 143, within(1e-12));
    assertThat(scores.coverage()).isEqualTo(covered / 157.0);
  }

  /** With 40 neighbours from them alone, with 6 by computing again; with equal distances too. */
  @ParameterizedTest
  @ValueSource(ints = {6, 40, 599})
  void ofPartsAreThoseOfThePartsAlone(int ranks) {
    Features all = Gaussians.standard(600, 4, 1);
    Neighbours among = Neighbours.among(all, ranks);
    int[] order = RandomStream.of(1, "test/parts", 0).permutation(600);
    int[] real = Arrays.copyOfRange(order, 0, 290);
    int[] generated = Arrays.copyOfRange(order, 290, 580);

    assertThat(ManifoldScores.ofParts(all, among, real, generated))
        .isEqualTo(ManifoldScores.between(all.select(real), all.select(generated)));

    Features alike = Gaussians.repeated(all, 0, 600);
    assertThat(
            ManifoldScores.ofParts(alike, Neighbours.among(alike, ranks), real, generated)
                .coverage())
        .isEqualTo(1);
  }

  @Test
  void equalDistributionsHaveTheCoverageToExpect() {
    ManifoldScores scores =
        ManifoldScores.between(Gaussians.standard(1500, 6, 1), Gaussians.standard(1500, 6, 2));

    assertThat(ManifoldScores.expectedCoverage(1500, 1500)).isCloseTo(0.969, within(0.001));
    // of 1500 images: 0.0045 a deviation
    assertThat(scores.coverage()).isCloseTo(0.969, within(0.02));
    assertThat(scores.density()).isCloseTo(1, within(0.1));
  }

  @Test
  void oneImageRepeatedCoversNothing() {
    Features real = Gaussians.standard(1500, 6, 1);

    ManifoldScores scores =
        ManifoldScores.between(real, Gaussians.repeated(Gaussians.standard(2, 6, 2), 0, 1500));

    assertThat(scores.coverage()).isLessThan(0.01);
    assertThat(scores.recall()).isZero();
  }

  @Test
  void noiseLooksNotReal() {
    ManifoldScores scores =
        ManifoldScores.between(Gaussians.standard(1000, 16, 1), Gaussians.of(1000, 16, 2, 4, 0));

    assertThat(scores.precision()).isLessThan(0.05);
  }

  /** Where strict comparison would say 0. */
  @Test
  void imagesThatAreAllAlikeAreInsideTheirBalls() {
    Features same = Gaussians.repeated(Gaussians.standard(2, 3, 1), 0, 8);

    // each of 8 balls holds all 8: 8 / 5
    assertThat(ManifoldScores.between(same, same)).isEqualTo(new ManifoldScores(1, 1, 1.6, 1));
  }

  @Test
  void refusesFewerThanSixImages() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> ManifoldScores.between(Gaussians.standard(5, 2, 1), Gaussians.standard(9, 2, 2)))
        .withMessageContaining("among 5 images");
  }

  private static double[] radii(Features features, int k) {
    double[] radii = new double[features.count()];
    for (int i = 0; i < radii.length; i++) {
      double[] distances = NeighboursTest.distances(features, i, features);
      Arrays.sort(distances);
      radii[i] = distances[k];
    }
    return radii;
  }
}
