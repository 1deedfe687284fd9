package org.samegan.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.samegan.core.backend.Backend;

class ShardingTest {
  @Test
  void shardsAreEqualParts() {
    assertThat(Sharding.of(12, 3).microBatch()).isEqualTo(4);
    assertThat(Sharding.ofMicroBatch(12, 4)).isEqualTo(Sharding.of(12, 3));
    assertThat(Sharding.none(12)).isEqualTo(Sharding.of(12, 1));
    assertThat(Sharding.none(12).microBatch()).isEqualTo(12);
  }

  @Test
  void refusesUnequalPartsWithThoseThatAreEqual() {
    for (int shards : new int[] {0, -1, 5, 24}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Sharding.of(12, shards))
          .withMessage(
              "a batch of 12 examples can't be cut into %d equal shards; take one of 1, 2, 3, 4, 6,"
                  + " 12, or another batch",
              shards);
    }
    for (int microBatch : new int[] {0, 5, 24}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Sharding.ofMicroBatch(12, microBatch))
          .withMessage(
              "a batch of 12 examples can't be cut into micro-batches of %d; take one of 1, 2, 3,"
                  + " 4, 6, 12, or another batch",
              microBatch);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Sharding.ofMicroBatch(0, 1))
        .withMessageContainingAll("at least 1 example", "found 0");
  }

  @Test
  void refusesABatchNormalisationOfSingleValues() {
    Sharding single = Sharding.of(4, 4);

    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Trainer(TinyGan.gan(), RecordingData.ofImages(8), single, 1, Backend.nd4j()))
        .withMessageContaining("shards of at least 2");
  }
}
