package org.samegan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.samegan.core.training.DiscriminatorSteps;
import org.samegan.io.run.RunConfig;

class ScheduleTest {
  private static Schedule schedule(Long epochs, Long steps, long batches, int discriminatorSteps) {
    RunConfig config = RunConfig.DEFAULTS.withLength(epochs, steps);
    return new Schedule(config, batches, DiscriminatorSteps.of(discriminatorSteps));
  }

  @Test
  void anEpochIsAsManyStepsAsBatches() {
    Schedule schedule = schedule(3L, null, 4, 1);
    assertThat(schedule.lastStep()).isEqualTo(12);
    assertThat(LongStream.rangeClosed(1, 12).filter(schedule::endsEpoch))
        .containsExactly(4L, 8L, 12L);
  }

  /** 10 batches of 3 a step: the epochs end within steps 4, 7 and 10. */
  @Test
  void aStepThatSpansTwoEpochsEndsTheFirst() {
    Schedule schedule = schedule(3L, null, 10, 3);
    assertThat(schedule.lastStep()).isEqualTo(10);
    assertThat(LongStream.rangeClosed(1, 10).filter(schedule::endsEpoch))
        .containsExactly(4L, 7L, 10L);
  }

  /** Batches 4, 4, 1, 1, 1, 4, 1, 1, 1, 1, 4: 10 are reached with step 4, 20 with step 11. */
  @Test
  void aWarmupCountsInTheLengthOfAnEpoch() {
    DiscriminatorSteps steps = new DiscriminatorSteps(1, new DiscriminatorSteps.Warmup(4, 2, 5));
    Schedule schedule = new Schedule(RunConfig.DEFAULTS.withLength(2L, null), 10, steps);
    assertThat(schedule.lastStep()).isEqualTo(11);
    assertThat(LongStream.rangeClosed(1, 11).filter(schedule::endsEpoch)).containsExactly(4L, 11L);
  }

  @Test
  void whatIsDueEveryEpochIsDueAtTheEndToo() {
    Schedule schedule = schedule(null, 6L, 4, 1);
    assertThat(LongStream.rangeClosed(1, 6).filter(schedule::savesAfter)).containsExactly(4L, 6L);
  }

  /** Neither the last step nor a checkpoint matters: a longer run has the same metrics. */
  @Test
  void measuresEveryHundredStepsAndWithEachGrid() {
    RunConfig config = RunConfig.DEFAULTS.withLength(null, 250L);
    Schedule epochs = new Schedule(config, 1000, DiscriminatorSteps.of(1));
    assertThat(LongStream.rangeClosed(1, 250).filter(epochs::measuresAfter))
        .containsExactly(100L, 200L);
    Schedule grids = new Schedule(config, 120, DiscriminatorSteps.of(1));
    assertThat(LongStream.rangeClosed(1, 250).filter(grids::measuresAfter))
        .containsExactly(100L, 120L, 200L, 240L);
  }

  @Test
  void aHugeNumberOfEpochsDoesNotOverflow() {
    assertThat(schedule(Long.MAX_VALUE, null, 1000, 2).lastStep()).isPositive();
  }

  @Test
  void durationsAreSaidInWords() {
    assertThat(Pace.inWords(Duration.ofSeconds(7))).isEqualTo("7 s");
    assertThat(Pace.inWords(Duration.ofSeconds(65))).isEqualTo("1 min 05 s");
    assertThat(Pace.inWords(Duration.ofMinutes(125))).isEqualTo("2 h 05 min");
  }
}
