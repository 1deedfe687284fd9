package org.samegan.evaluation.neighbours;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.samegan.evaluation.Features;
import org.samegan.evaluation.Gaussians;

class NearDuplicatesTest {
  @Test
  void oneImageRepeatedIsNothingElse() {
    Features real = Gaussians.standard(500, 6, 1);

    assertThat(NearDuplicates.share(real, Gaussians.repeated(real, 0, 500))).isEqualTo(1);
  }

  @Test
  void freshImagesHaveFew() {
    double share =
        NearDuplicates.share(Gaussians.standard(2000, 6, 1), Gaussians.standard(2000, 6, 2));

    assertThat(share).isLessThan(0.01);
  }

  /** Nearest others of 0, 1, 3, 7 are 1, 1, 2, 4 away: the least is the quantile. */
  @Test
  void comparesWithTheQuantileOfRealDistances() {
    Features real = Features.of("line", 4, 1, new float[] {0, 1, 3, 7});
    Features generated = Features.of("line", 4, 1, new float[] {10, 11, 20, 21.5f});

    assertThat(NearDuplicates.share(real, generated)).isEqualTo(0.5);
  }
}
