package org.samegan.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.samegan.core.training.StepReport;

/** Alarms of evaluations that are made up: which are raised, when, and which are not. */
class AlarmWatchTest {
  private static final int STEPS_BETWEEN = 10;

  private final AlarmWatch watch = new AlarmWatch(true);
  private long step;

  @Test
  void repeatedImagesRaiseCollapseOnceAtTheSecondEvaluationInARow() {
    assertThat(evaluate(Map.of("duplicates", 0.95))).isEmpty();
    assertThat(evaluate(Map.of("duplicates", 0.95))).containsExactly(Alarm.COLLAPSE);
    assertThat(evaluate(Map.of("duplicates", 0.95))).isEmpty();
  }

  @Test
  void whatComesAgainAfterItHadGoneIsRaisedAgain() {
    evaluate(Map.of("duplicates", 0.3));
    assertThat(evaluate(Map.of("duplicates", 0.3))).containsExactly(Alarm.COLLAPSE);
    assertThat(watch.standing()).containsExactly(Alarm.COLLAPSE);
    assertThat(evaluate(Map.of())).isEmpty();
    assertThat(watch.standing()).isEmpty();
    evaluate(Map.of("duplicates", 0.3));
    assertThat(evaluate(Map.of("duplicates", 0.3))).containsExactly(Alarm.COLLAPSE);
  }

  /** As at the very beginning, when a generator draws the same gray for every latent. */
  @Test
  void oneEvaluationOfRepeatedImagesIsNoAlarm() {
    assertThat(evaluate(Map.of("duplicates", 0.94, "coverage", 0.0))).isEmpty();
    assertThat(evaluate(Map.of("duplicates", 0.003, "coverage", 0.0))).isEmpty();
    assertThat(evaluate(Map.of("duplicates", 0.0, "coverage", 0.001))).isEmpty();
  }

  @Test
  void coverageThatFallsToLessThanHalfIsCollapse() {
    Set<Alarm> all = EnumSet.noneOf(Alarm.class);
    for (double coverage : new double[] {0.1, 0.3, 0.5, 0.45, 0.4, 0.3, 0.26}) {
      all.addAll(evaluate(Map.of("coverage", coverage)));
    }
    assertThat(all).as("half is left").isEmpty();
    assertThat(evaluate(Map.of("coverage", 0.2))).isEmpty();
    assertThat(evaluate(Map.of("coverage", 0.1))).containsExactly(Alarm.COLLAPSE);
  }

  @Test
  void coverageThatGoesUpAndDownIsNone() {
    Set<Alarm> all = EnumSet.noneOf(Alarm.class);
    for (double coverage : new double[] {0.3, 0.2, 0.1, 0.2, 0.1, 0.12, 0.3, 0.1, 0.09, 0.2}) {
      all.addAll(evaluate(Map.of("coverage", coverage)));
    }
    assertThat(all).isEmpty();
  }

  @Test
  void aDiscriminatorIsCertainByTheMeanOfAllStepsSinceTheLastEvaluation() {
    evaluate(Map.of("real-score", 0.999, "fake-score", 0.001));
    assertThat(evaluate(Map.of("real-score", 0.999, "fake-score", 0.001)))
        .containsExactly(Alarm.DISCRIMINATOR_WON);
    AlarmWatch other = new AlarmWatch(true);
    for (int i = 0; i < 5; i++) {
      other.add(report(Map.of("real-score", 0.5), false));
      assertThat(other.add(report(Map.of("real-score", 0.999, "fake-score", 0.001), true)))
          .isEmpty();
    }
  }

  @Test
  void aCriticsValuesAreNoCertainty() {
    AlarmWatch critic = new AlarmWatch(false);
    for (int i = 0; i < 5; i++) {
      assertThat(critic.add(report(Map.of("real-score", 80.0, "fake-score", -60.0), true)))
          .isEmpty();
    }
  }

  @Test
  void heldOutScoresThatLeaveThoseOfTrainingAreOverfitting() {
    evaluate(Map.of("overfitting", 0.6));
    assertThat(evaluate(Map.of("overfitting", 0.51))).containsExactly(Alarm.OVERFITTING);
    assertThat(evaluate(Map.of("overfitting", 0.49))).isEmpty();
  }

  @Test
  void aPenaltyThatGrowsTenfoldAndAgainIsRaised() {
    evaluate(Map.of("penalty", 0.5));
    evaluate(Map.of("penalty", 20.0));
    assertThat(evaluate(Map.of("penalty", 300.0))).containsExactly(Alarm.PENALTY);
    assertThat(evaluate(Map.of("penalty", 290.0))).isEmpty();
  }

  @Test
  void everyAlarmHasTwoThingsToTry() {
    for (Alarm alarm : Alarm.values()) {
      assertThat(alarm.remedies()).hasSize(2).allSatisfy(text -> assertThat(text).isNotBlank());
      assertThat(alarm.seen()).isNotBlank();
      assertThat(alarm.cause()).isNotBlank();
    }
  }

  /** Steps with these numbers, of which the last is evaluated. */
  private Set<Alarm> evaluate(Map<String, Double> numbers) {
    for (int i = 1; i < STEPS_BETWEEN; i++) {
      assertThat(watch.add(report(numbers, false))).isEmpty();
    }
    return watch.add(report(numbers, true));
  }

  private StepReport report(Map<String, Double> numbers, boolean evaluated) {
    Map<String, Number> all = new LinkedHashMap<>();
    all.put("real-score", 0.7);
    all.put("fake-score", 0.3);
    if (evaluated) {
      all.put("coverage", 0.2);
      all.put("duplicates", 0.001);
    }
    numbers.forEach(
        (name, value) -> {
          if (evaluated || !name.equals("coverage")) {
            all.put(name, value);
          }
        });
    return new StepReport(++step, 1, all);
  }
}
