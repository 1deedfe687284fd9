package org.samegan.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.samegan.core.gan.DiscriminatorSteps;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunOptions;

class TimetableTest {
  private static Timetable timetable(
      Long epochs, Long steps, long batches, int discriminatorSteps) {
    RunConfig config =
        steps == null
            ? RunConfig.DEFAULTS.with(RunOptions.EPOCHS, epochs)
            : RunConfig.DEFAULTS.with(RunOptions.STEPS, steps);
    return new Timetable(config, batches, DiscriminatorSteps.of(discriminatorSteps));
  }

  @Test
  void anEpochIsAsManyStepsAsBatches() {
    Timetable timetable = timetable(3L, null, 4, 1);
    assertThat(timetable.lastStep()).isEqualTo(12);
    assertThat(LongStream.rangeClosed(1, 12).filter(timetable::endsEpoch))
        .containsExactly(4L, 8L, 12L);
  }

  /** 10 batches of 3 a step: the epochs end within steps 4, 7 and 10. */
  @Test
  void aStepThatSpansTwoEpochsEndsTheFirst() {
    Timetable timetable = timetable(3L, null, 10, 3);
    assertThat(timetable.lastStep()).isEqualTo(10);
    assertThat(LongStream.rangeClosed(1, 10).filter(timetable::endsEpoch))
        .containsExactly(4L, 7L, 10L);
  }

  /** Batches 4, 4, 1, 1, 1, 4, 1, 1, 1, 1, 4: 10 are reached with step 4, 20 with step 11. */
  @Test
  void aWarmupCountsInTheLengthOfAnEpoch() {
    DiscriminatorSteps steps = new DiscriminatorSteps(1, new DiscriminatorSteps.Warmup(4, 2, 5));
    Timetable timetable = new Timetable(RunConfig.DEFAULTS.with(RunOptions.EPOCHS, 2L), 10, steps);
    assertThat(timetable.lastStep()).isEqualTo(11);
    assertThat(LongStream.rangeClosed(1, 11).filter(timetable::endsEpoch)).containsExactly(4L, 11L);
  }

  @Test
  void whatIsDueEveryEpochIsDueAtTheEndToo() {
    Timetable timetable = timetable(null, 6L, 4, 1);
    assertThat(LongStream.rangeClosed(1, 6).filter(timetable::savesAfter)).containsExactly(4L, 6L);
  }

  /** Neither the last step nor a checkpoint matters: a longer run has the same metrics. */
  @Test
  void measuresEveryHundredStepsAndWithEachGrid() {
    RunConfig config = RunConfig.DEFAULTS.with(RunOptions.STEPS, 250L);
    Timetable epochs = new Timetable(config, 1000, DiscriminatorSteps.of(1));
    assertThat(LongStream.rangeClosed(1, 250).filter(epochs::measuresAfter))
        .containsExactly(100L, 200L);
    Timetable grids = new Timetable(config, 120, DiscriminatorSteps.of(1));
    assertThat(LongStream.rangeClosed(1, 250).filter(grids::measuresAfter))
        .containsExactly(100L, 120L, 200L, 240L);
  }

  @Test
  void aHugeNumberOfEpochsDoesNotOverflow() {
    assertThat(timetable(Long.MAX_VALUE, null, 1000, 2).lastStep()).isPositive();
  }
}
