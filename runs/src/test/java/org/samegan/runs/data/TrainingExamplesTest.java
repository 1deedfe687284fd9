package org.samegan.runs.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.samegan.core.data.Dataset;
import org.samegan.core.data.PixelRange;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunOptions;

/** Some of the 10,000 digits of testdata/mnist. */
class TrainingExamplesTest {
  private static final String DIGITS = "../testdata/mnist";

  private static Examples find(RunConfig config) throws IOException {
    return TrainingExamples.find(config, DataPlace.of(DIGITS)).open(notice -> {});
  }

  private static Examples some(long count, long seed) throws IOException {
    return find(
        RunConfig.of("dcgan", DIGITS).with(RunOptions.EXAMPLES, count).with(RunOptions.SEED, seed));
  }

  private static int[] images(Dataset data) {
    float[] image = new float[data.exampleShape().elements()];
    return IntStream.range(0, data.size())
        .map(
            i -> {
              data.copyTo(i, FloatBuffer.wrap(image));
              return Arrays.hashCode(image);
            })
        .toArray();
  }

  @Test
  void asManyOfEachClassDrawnByTheSeed() throws IOException {
    Dataset drawn = some(50, 3).inRange().apply(PixelRange.UNIT);
    assertThat(drawn.size()).isEqualTo(50);
    int[] counts = new int[10];
    IntStream.range(0, 50).forEach(i -> counts[drawn.label(i)]++);
    assertThat(counts).containsOnly(5);
    assertThat(images(drawn)).doesNotHaveDuplicates();
    assertThat(images(some(50, 3).inRange().apply(PixelRange.UNIT))).isEqualTo(images(drawn));
    assertThat(images(some(50, 4).inRange().apply(PixelRange.UNIT))).isNotEqualTo(images(drawn));
    assertThat(images(some(100, 3).inRange().apply(PixelRange.UNIT))).contains(images(drawn));
  }

  @Test
  void labelsAreKeptOfThoseThatAreUsed() throws IOException {
    Dataset drawn =
        find(RunConfig.of("ssinfogan", DIGITS)
                .with(RunOptions.EXAMPLES, 200L)
                .with(RunOptions.LABELS, 20L))
            .inRange()
            .apply(PixelRange.UNIT);
    assertThat(drawn.size()).isEqualTo(200);
    assertThat(IntStream.range(0, 200).filter(i -> drawn.label(i) != Dataset.UNLABELLED))
        .hasSize(20);
  }

  @Test
  void moreThanThereAreIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> some(10_001, 1))
        .withMessageContainingAll("option examples 10,001", "10,000");
  }
}
