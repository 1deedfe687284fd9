package org.samegan.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.samegan.evaluation.distance.FrechetDistance;

class FloorTest {
  @Test
  void halvesAreDisjointAndOfTheSizeAskedFor() {
    float[] numbers = new float[50];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i;
    }
    Features real = Features.of("numbers", 50, 1, numbers);

    Floor floor =
        Floor.of(
            real,
            20,
            1,
            (first, second) -> {
              Set<Float> seen = new HashSet<>();
              for (int i = 0; i < 20; i++) {
                seen.add(first.at(i, 0));
                seen.add(second.at(i, 0));
              }
              return first.count() == 20 && second.count() == 20 ? seen.size() : -1;
            });

    assertThat(floor).isEqualTo(new Floor(40, 0, 20, 10));
  }

  @Test
  void meanAndDeviationAreThoseOfTheSplits() {
    double[] values = {1, 2, 4, 9};
    int[] split = {0};

    Floor floor =
        Floor.of(Gaussians.standard(10, 2, 1), 5, 4, 1, (first, second) -> values[split[0]++]);

    assertThat(floor.mean()).isEqualTo(4);
    // 9 + 4 + 0 + 25 over 3
    assertThat(floor.deviation()).isCloseTo(Math.sqrt(38.0 / 3), within(1e-12));
  }

  @Test
  void freshRealImagesAreWithinThreeDeviationsOfTheFloor() {
    Features real = Gaussians.standard(2000, 8, 1);
    Features fresh = Gaussians.standard(1000, 8, 2);

    Floor floor = Floor.of(real, 1000, 7, FrechetDistance::between);

    double found = FrechetDistance.between(real.select(firstRows(1000)), fresh);
    assertThat(found)
        .isBetween(floor.mean() - 3 * floor.deviation(), floor.mean() + 3 * floor.deviation());
  }

  @Test
  void isAFunctionOfTheSeed() {
    Features real = Gaussians.standard(200, 4, 1);

    Floor first = Floor.of(real, 100, 7, FrechetDistance::between);

    assertThat(Floor.of(real, 100, 7, FrechetDistance::between)).isEqualTo(first);
    assertThat(Floor.of(real, 100, 8, FrechetDistance::between)).isNotEqualTo(first);
  }

  @Test
  void saysTheSizeWhereThereAreTooFewForTheOneAskedFor() {
    Floor floor = Floor.of(Gaussians.standard(101, 2, 1), 80, 1, FrechetDistance::between);

    assertThat(floor.size()).isEqualTo(50);
  }

  @Test
  void refusesTooFewImages() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Floor.of(Gaussians.standard(3, 2, 1), 2, 1, FrechetDistance::between))
        .withMessageContaining("at least 4 real images");
  }

  private static int[] firstRows(int count) {
    int[] rows = new int[count];
    Arrays.setAll(rows, i -> i);
    return rows;
  }
}
