package org.samegan.core.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.samegan.core.gan.DiscriminatorSteps.Warmup;

class DiscriminatorStepsTest {
  static List<DiscriminatorSteps> rules() {
    return List.of(
        DiscriminatorSteps.of(1),
        DiscriminatorSteps.of(7),
        new DiscriminatorSteps(5, Warmup.WGAN),
        new DiscriminatorSteps(1, new Warmup(4, 0, 3)),
        new DiscriminatorSteps(2, new Warmup(3, 6, 3)),
        new DiscriminatorSteps(2, new Warmup(9, 0, 1)),
        new DiscriminatorSteps(5, new Warmup(1, 10, 7)));
  }

  /** As the authors' code says: {@code if gen_iterations < 25 or gen_iterations % 500 == 0}. */
  @Test
  void wganStartsWithAHundred() {
    DiscriminatorSteps steps = DiscriminatorSteps.of(5).withWarmup(Warmup.WGAN);
    for (long step : new long[] {0, 1, 24, 500, 1000, 100_000}) {
      assertThat(steps.before(step)).as("step %d", step).isEqualTo(100);
    }
    for (long step : new long[] {25, 26, 499, 501, 999, 1001}) {
      assertThat(steps.before(step)).as("step %d", step).isEqualTo(5);
    }
    // 26 of the first 501 steps, 475 others.
    assertThat(steps.total(501)).isEqualTo(26 * 100 + 475 * 5);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void theTotalIsTheSumAndItsInverseTheLeastNumberThatReachesIt(DiscriminatorSteps steps) {
    long sum = 0;
    for (int n = 0; n < 1600; n++) {
      assertThat(steps.total(n)).isEqualTo(sum);
      assertThat(steps.generatorSteps(sum)).isEqualTo(n);
      assertThat(steps.generatorSteps(sum + 1)).isEqualTo(n + 1);
      sum += steps.before(n);
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void greatNumbersDoNotOverflow(DiscriminatorSteps steps) {
    long most = 1L << 60;
    long n = steps.generatorSteps(most);

    assertThat(steps.total(n)).isGreaterThanOrEqualTo(most);
    assertThat(steps.total(n - 1)).isBetween(most - 100, most - 1);
  }

  @Test
  void anotherUsualNumberKeepsTheWarmup() {
    DiscriminatorSteps steps = new DiscriminatorSteps(5, Warmup.WGAN).withUsual(2);

    assertThat(steps).isEqualTo(new DiscriminatorSteps(2, Warmup.WGAN));
  }

  @Test
  void refusesNoSteps() {
    for (int count : new int[] {0, -3}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> DiscriminatorSteps.of(count))
          .withMessageContainingAll("at least 1 discriminator step", "found " + count);
    }
    for (int[] wrong : new int[][] {{0, 1, 1}, {1, -1, 1}, {1, 1, 0}}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Warmup(wrong[0], wrong[1], wrong[2]))
          .withMessageContaining("found %d, %d and %d", wrong[0], wrong[1], wrong[2]);
    }
  }
}
