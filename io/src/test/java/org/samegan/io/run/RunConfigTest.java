package org.samegan.io.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.samegan.core.training.Sharding;

class RunConfigTest {
  private static final RunConfig CONFIG = RunConfig.DEFAULTS.with(RunOptions.BATCH, 16L);

  @Test
  void aBatchIsOneShardUnlessItIsSaidOtherwise() {
    assertThat(CONFIG.sharding()).isEqualTo(Sharding.none(16));
    assertThat(CONFIG.with(RunOptions.SHARDS, 4L).sharding()).isEqualTo(Sharding.of(16, 4));
    assertThat(CONFIG.with(RunOptions.MICRO_BATCH, 2L).sharding()).isEqualTo(Sharding.of(16, 8));
  }

  @Test
  void whatIsSaidLastTakesThePlaceOfTheOtherWayToSayIt() {
    RunConfig shards = CONFIG.with(RunOptions.MICRO_BATCH, 2L).with(RunOptions.SHARDS, 4L);
    assertThat(shards.get(RunOptions.MICRO_BATCH)).isNull();
    assertThat(shards.sharding().shards()).isEqualTo(4);
    RunConfig microBatch = shards.with(RunOptions.MICRO_BATCH, 2L);
    assertThat(microBatch.get(RunOptions.SHARDS)).isNull();
    assertThat(microBatch.with(RunOptions.SHARDS, null)).isEqualTo(microBatch);
    RunConfig steps = CONFIG.with(RunOptions.STEPS, 5L);
    assertThat(steps.get(RunOptions.EPOCHS)).isNull();
    assertThat(steps.with(RunOptions.EPOCHS, 2L).get(RunOptions.STEPS)).isNull();
  }

  @Test
  void whatIsSaidAtOnceMustAgree() {
    assertThat(CONFIG.withOptions(Map.of("shards", 4L, "micro-batch", 4L)).sharding())
        .isEqualTo(Sharding.of(16, 4));
    RunConfig contradicting = CONFIG.withOptions(Map.of("shards", 2L, "micro-batch", 4L));
    assertThatIllegalArgumentException()
        .isThrownBy(contradicting::sharding)
        .withMessage(
            "the options shards and micro-batch contradict each other: micro-batches of 4 make 4"
                + " shards of a batch of 16, found 2; say one of them");
  }

  @Test
  void refusesShardsThatAreNotEqual() {
    assertThatIllegalArgumentException()
        .isThrownBy(CONFIG.with(RunOptions.SHARDS, 3L)::sharding)
        .withMessageContainingAll("the option shards: a batch of 16", "3 equal", "1, 2, 4, 8, 16");
    assertThatIllegalArgumentException()
        .isThrownBy(CONFIG.with(RunOptions.MICRO_BATCH, 5L)::sharding)
        .withMessageContainingAll("the option micro-batch: a batch of 16", "micro-batches of 5");
  }
}
