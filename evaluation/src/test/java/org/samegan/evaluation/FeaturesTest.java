package org.samegan.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class FeaturesTest {
  @Test
  void refusesNotANumberAndNamesItsRow() {
    float[] values = {0, 1, 2, 3, 4, Float.NaN};

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Features.of("f", 3, 2, values))
        .withMessageContainingAll("'f'", "NaN", "row 2, column 1");
  }

  @Test
  void refusesInfinity() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Features.of("f", 2, 1, new float[] {Float.NEGATIVE_INFINITY, 0}))
        .withMessageContainingAll("-Infinity", "row 0");
  }

  @Test
  void refusesASingleRowAndAnotherLength() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Features.of("f", 1, 2, new float[2]))
        .withMessageContaining("at least 2 rows");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Features.of("f", 2, 2, new float[3]))
        .withMessageContaining("need 4 values, found 3");
  }

  @Test
  void doesNotSeeChangesOfTheArrayItWasMadeFrom() {
    float[] values = {1, 2};
    Features features = Features.of("f", 2, 1, values);

    values[0] = 9;

    assertThat(features.at(0, 0)).isEqualTo(1);
  }

  @Test
  void selectsRowsInTheOrderGiven() {
    Features features = Features.of("f", 3, 2, new float[] {0, 1, 10, 11, 20, 21});

    Features selected = features.select(new int[] {2, 0});

    assertThat(selected.count()).isEqualTo(2);
    assertThat(selected.at(0, 1)).isEqualTo(21);
    assertThat(selected.at(1, 0)).isEqualTo(0);
  }

  @Test
  void refusesToCompareFeaturesOfDifferentNetworks() {
    Features ours = Features.of("samegan-mnist-1", 2, 1, new float[2]);
    Features theirs = Features.of("inception-v3", 2, 1, new float[2]);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> ours.requireComparable(theirs))
        .withMessageContainingAll("samegan-mnist-1", "inception-v3");
  }
}
