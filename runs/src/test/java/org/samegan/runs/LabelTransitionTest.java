package org.samegan.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.samegan.core.schedule.Schedule;

class LabelTransitionTest {
  @ParameterizedTest
  @CsvSource({"0, 0", "200, 0", "300, 0.5", "400, 1", "999, 1"})
  void labelsComeInBetweenTwoSharesOfTheRun(long step, double expected) {
    Schedule transition = LabelTransition.parse("0.2:0.4").over(1000);

    assertThat(transition.at(step)).isEqualTo(expected);
  }

  @Test
  void theyMayComeInFromTheStartOrBeThere() {
    assertThat(LabelTransition.parse("0:0.5").over(10).at(1)).isEqualTo(0.2);
    assertThat(LabelTransition.parse("none")).isEqualTo(Schedule.constant(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0.2", "0.4:0.2", "0.2:0.2", "-0.1:0.5", "0.5:1.5", "a:b", "0:1:2"})
  void anythingElseIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LabelTransition.parse(text))
        .withMessageContainingAll("the option transition must be two shares", "'" + text + "'");
  }
}
