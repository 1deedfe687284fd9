package org.samegan.evaluation.classes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.samegan.evaluation.Features;

class ClassesTest {
  @Test
  void scoreIsTheNumberOfClassesForSureAndBalancedLabels() {
    float[] sure = {1, 0, 0, 0, 1, 0, 0, 0, 1};

    assertThat(ClassifierScore.of(ClassProbabilities.of(3, 3, sure))).isCloseTo(3, within(1e-12));
  }

  @Test
  void scoreIsOneWhereAllImagesAreAlikeOrOfOneClass() {
    float[] unsure = {0.25f, 0.75f, 0.25f, 0.75f};
    float[] oneClass = {1, 0, 1, 0};

    assertThat(ClassifierScore.of(ClassProbabilities.of(2, 2, unsure))).isCloseTo(1, within(1e-12));
    assertThat(ClassifierScore.of(ClassProbabilities.of(2, 2, oneClass)))
        .isCloseTo(1, within(1e-12));
  }

  @Test
  void refusesLogitsAndNamesTheRow() {
    float[] logits = {0.5f, 0.5f, 3, -1};

    assertThatIllegalArgumentException()
        .isThrownBy(() -> ClassProbabilities.of(2, 2, logits))
        .withMessageContainingAll("row 1", "softmax");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ClassProbabilities.of(1, 2, new float[] {Float.NaN, 1}))
        .withMessageContaining("row 0");
  }

  @Test
  void labelsAreTheMostProbableClasses() {
    float[] values = {0.25f, 0.75f, 0.5f, 0.5f};

    assertThat(ClassProbabilities.of(2, 2, values).labels()).containsExactly(1, 0);
  }

  @Test
  void histogramCountsAndDiverges() {
    ClassHistogram data = ClassHistogram.of(new int[] {0, 1, 0, 1}, 2);
    ClassHistogram one = ClassHistogram.of(new int[] {1, 1, 1}, 2);

    assertThat(one.count(1)).isEqualTo(3);
    assertThat(one.modes()).isEqualTo(1);
    assertThat(one.divergenceFrom(data)).isCloseTo(Math.log(2), within(1e-12));
    assertThat(data.divergenceFrom(data)).isZero();
    assertThat(data.divergenceFrom(one)).isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void refusesLabelsBeyondTheClasses() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ClassHistogram.of(new int[] {0, 3}, 3))
        .withMessageContainingAll("from 0 to 2", "found 3 for image 1");
  }

  @Test
  void spreadComparesEachClassWithItself() {
    Features real = Features.of("line", 6, 1, new float[] {0, 2, 10, 20, 5, 5});
    Features generated = Features.of("line", 5, 1, new float[] {0, 1, 7, 7, 3});

    List<ClassSpread> spreads =
        ClassSpread.of(real, new int[] {0, 0, 1, 1, 2, 2}, generated, new int[] {0, 0, 1, 1, 3}, 4);

    assertThat(spreads.get(0).ratio()).hasValue(0.5);
    assertThat(spreads.get(1).ratio()).hasValue(0);
    // all real images the same; none real
    assertThat(spreads.get(2).ratio()).isEmpty();
    assertThat(spreads.get(3)).isEqualTo(new ClassSpread(3, 0, 1, spreads.get(2).ratio()));
  }
}
