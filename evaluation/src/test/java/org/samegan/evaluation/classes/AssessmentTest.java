package org.samegan.evaluation.classes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class AssessmentTest {
  /** Of decimal fractions as floats. */
  private static final Offset<Double> FLOATS = within(1e-6);

  private static ClassProbabilities opinions(float... values) {
    return ClassProbabilities.of(values.length / 3, 3, values);
  }

  @Test
  void countsWhatIsRightAndTakesLogarithms() {
    Assessment found =
        Assessment.of(
            opinions(.7f, .2f, .1f, .5f, .4f, .1f, .1f, .8f, .1f, .3f, .3f, .4f),
            new int[] {0, 1, 1, 0});

    assertThat(found.count()).isEqualTo(4);
    assertThat(found.accuracy()).isEqualTo(0.5);
    assertThat(found.loss())
        .isCloseTo(-(Math.log(.7) + Math.log(.4) + Math.log(.8) + Math.log(.3)) / 4, FLOATS);
    assertThat(found.classes().subList(0, 2)).containsExactly(0.5, 0.5);
    assertThat(found.classes().get(2)).as("no image is of it").isNaN();
  }

  /**
   * By hand: bins of 1/15 are closed above, so 0.7 is in the 11th, 0.71 with it, 0.95 in the 15th.
   */
  @Test
  void calibrationErrorIsTheMeanOfTheBinsSurplus() {
    Assessment found =
        Assessment.of(
            opinions(.7f, .3f, 0, .71f, .29f, 0, .71f, .29f, 0, .95f, .05f, 0),
            new int[] {0, 0, 1, 1});

    // |(1 - 0.7) + (1 - 0.71) - 0.71| of three images, 0.95 of one.
    assertThat(found.calibrationError()).isCloseTo((0.12 + 0.95) / 4, FLOATS);
  }

  @Test
  void whoIsSureAndRightIsCalibrated() {
    Assessment found = Assessment.of(opinions(1, 0, 0, 0, 0, 1), new int[] {0, 2});

    assertThat(found.calibrationError()).isZero();
    assertThat(found.loss()).isZero();
    assertThat(found.accuracy()).isEqualTo(1);
  }

  @Test
  void whoIsSureAndWrongHasAGreatButFiniteLoss() {
    Assessment found = Assessment.of(opinions(1, 0, 0), new int[] {2});

    // -log of the smallest float, 2^-149.
    assertThat(found.loss()).isCloseTo(149 * Math.log(2), FLOATS);
    assertThat(found.calibrationError()).isEqualTo(1);
  }

  @Test
  void refusesLabelsThatDoNotFit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Assessment.of(opinions(1, 0, 0), new int[] {0, 1}))
        .withMessageContainingAll("1 images", "found 2");
    for (int label : new int[] {-1, 3}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Assessment.of(opinions(1, 0, 0), new int[] {label}))
          .withMessageContainingAll("image 0 has the label " + label, "0 to 2");
    }
  }

  @Test
  void chosenOpinionsAreThoseOfTheirRows() {
    ClassProbabilities chosen = opinions(1, 0, 0, 0, 1, 0, 0, 0, 1).select(new int[] {2, 0, 2});

    assertThat(chosen.labels()).containsExactly(2, 0, 2);
    assertThat(chosen.count()).isEqualTo(3);
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> chosen.select(new int[] {3}));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> chosen.select(new int[0]))
        .withMessageContaining("at least 1 image");
  }
}
