package org.samegan.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
  private static final Offset<Double> ROUNDING = Offset.offset(1e-15);

  /** Values by hand: cos(60°) = 1/2, cos(90°) = 0, cos(120°) = -1/2. */
  @ParameterizedTest
  @CsvSource({
    "3, 0, 3",
    "3, 1000000, 3",
    "linear:2:1:10, 0, 2",
    "linear:2:1:10, 5, 1.5",
    "linear:2:1:10, 10, 1",
    "linear:2:1:10, 11, 1",
    "linear:0.9:0.99:3, 1, 0.93",
    "cosine:4:0:6, 0, 4",
    "cosine:4:0:6, 2, 3",
    "cosine:4:0:6, 3, 2",
    "cosine:4:0:6, 4, 1",
    "cosine:4:0:6, 6, 0",
    "cosine:4:0:6, 100, 0",
    "cosine:1:5:6, 2, 2",
    "'step:8:0.5:10,20', 9, 8",
    "'step:8:0.5:10,20', 10, 4",
    "'step:8:0.5:10,20', 19, 4",
    "'step:8:0.5:10,20', 20, 2",
    "warm-up:4:2, 0, 0.5",
    "warm-up:4:2, 2, 1.5",
    "warm-up:4:2, 3, 2",
    "warm-up:4:2, 50, 2",
    "after:4:linear:2:0:8, 0, 2",
    "after:4:linear:2:0:8, 4, 2",
    "after:4:linear:2:0:8, 6, 1.5",
    "after:4:linear:2:0:8, 50, 0",
    "warm-up:4:linear:2:0:8, 1, 0.875",
    "warm-up:4:linear:2:0:8, 6, 0.5",
  })
  void valuesAreThoseOfTheFormulas(String text, long step, double expected) {
    assertThat(Schedule.parse(text).at(step)).isCloseTo(expected, ROUNDING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.25",
        "linear:2:1",
        "linear:2:1:10",
        "cosine:2.0E-4:0",
        "cosine:2.0E-4:0:40%",
        "step:8:0.5:10,50%",
        "warm-up:500:cosine:2.0E-4:0",
        "warm-up:5%:warm-up:10:3",
        "after:20%:linear:0:1:20%"
      })
  void aTextIsReadAndWrittenTheSame(String text) {
    assertThat(Schedule.parse(text).text()).isEqualTo(text);
    assertThat(Schedule.parse(Schedule.parse(text).text())).isEqualTo(Schedule.parse(text));
  }

  @Test
  void sharesOfARunBecomeStepsOnceItsLengthIsKnown() {
    assertThat(Schedule.parse("cosine:2:1").over(300)).isEqualTo(Schedule.parse("cosine:2:1:300"));
    assertThat(Schedule.parse("warm-up:10%:step:8:0.5:50%,75%,7").over(300))
        .isEqualTo(Schedule.parse("warm-up:30:step:8:0.5:150,225,7"));
    assertThat(Schedule.parse("linear:2:1:1%").over(3)).isEqualTo(Schedule.parse("linear:2:1:1"));
    Schedule fixed = Schedule.parse("warm-up:10:linear:2:1:40");
    assertThat(fixed.over(1000)).isEqualTo(fixed);
    assertThat(fixed.needsRunLength()).isFalse();
    assertThat(Schedule.parse("warm-up:10:linear:2:1").needsRunLength()).isTrue();
  }

  @Test
  void aShareHasNoValueWithoutALength() {
    assertThatIllegalStateException()
        .isThrownBy(() -> Schedule.parse("cosine:2:1:40%").at(3))
        .withMessageContainingAll("40%", "length is not known");
  }

  @ParameterizedTest
  @CsvSource({
    "cosin:2:1, there is no schedule 'cosin'",
    "cosine:2, cosine takes other parts",
    "cosine:2:1:3:4, cosine takes other parts",
    "cosine:a:1, 'a' is no number",
    "cosine:NaN:1, 'NaN' is no number",
    "cosine:2:1:0, at least 1 step",
    "cosine:2:1:0%, at most 100 %",
    "cosine:2:1:101%, at most 100 %",
    "cosine:2:1:x, neither a number of steps",
    "step:2:-1:5, factor of at least 0",
    "warm-up:5, warm-up takes other parts",
    "warm-up:5:, '' is no number",
    "'', '' is no number",
  })
  void whatIsNoScheduleIsRefusedWithTheFormsThatThereAre(String text, String fault) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schedule.parse(text))
        .withMessageContainingAll("'" + text + "'", fault, "cosine:FROM:TO[:OVER]");
  }

  @Test
  void rangesHoldForEveryValue() {
    assertThat(Schedule.parse("cosine:1:0").isPositive()).isTrue();
    assertThat(Schedule.parse("cosine:1:-1").isPositive()).isFalse();
    assertThat(Schedule.parse("0").isPositive()).isFalse();
    assertThat(Schedule.parse("linear:0.9:0.99").isFraction()).isTrue();
    assertThat(Schedule.parse("linear:0.9:1").isFraction()).isFalse();
    assertThat(Schedule.parse("step:0.5:3:10").isFraction()).isFalse();
  }
}
