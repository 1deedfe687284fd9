package org.samegan.core.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RandomStreamTest {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
  private static final int DRAWS = 1_000_000;

  /** These are part of what a run is: saved runs go on with them on every machine. */
  @Test
  void givesTheNumbersItAlwaysGave() {
    RandomStream stream = RandomStream.of(42, "generator_step/latent", 7);
    assertThat(new long[] {stream.nextLong(), stream.nextLong(), stream.nextLong()})
        .containsExactly(5283450716559367021L, 3455089396947874450L, 8651973211178980808L);

    RandomStream reals = RandomStream.of(0, "", 0);
    assertThat(reals.nextDouble()).isEqualTo(0.8833108082136426);
    assertThat(reals.nextGaussian()).isEqualTo(-0.060014176421655886);
    assertThat(reals.nextGaussian()).isEqualTo(-0.4150701886012458);
    assertThat(reals.nextInt(1000)).isEqualTo(970);

    assertThat(RandomStream.of(-1, "data/order", 3).permutation(8))
        .containsExactly(2, 7, 0, 5, 4, 1, 6, 3);
  }

  /** The JDK's SplittableRandom is the same generator (Steele, Lea and Flood 2014). */
  @ParameterizedTest
  @CsvSource({"42,data/order,0", "-7,x,123456789", "0,'',-1"})
  void isSplitMix64OfTheMixedSeedNameAndIndex(long seed, String name, long index) {
    long state = mix(seed + GOLDEN_GAMMA);
    for (int i = 0; i < name.length(); i++) {
      state = mix(state ^ (name.charAt(i) + GOLDEN_GAMMA));
    }
    SplittableRandom reference = new SplittableRandom(mix(state ^ mix(index + GOLDEN_GAMMA)));

    RandomStream stream = RandomStream.of(seed, name, index);
    for (int i = 0; i < 100; i++) {
      assertThat(stream.nextLong()).isEqualTo(reference.nextLong());
    }
  }

  private static long mix(long z) {
    return new SplittableRandom(z - GOLDEN_GAMMA).nextLong();
  }

  @Test
  void isAFunctionOfSeedNameAndIndex() {
    assertThat(longs(RandomStream.of(1, "a", 2))).isEqualTo(longs(RandomStream.of(1, "a", 2)));
  }

  @ParameterizedTest
  @CsvSource({"2,latent,0", "1,latenu,0", "1,latent,1", "1,atent,0", "0,latent,1", "1,'',0"})
  void otherStreamsAreUncorrelated(long seed, String name, long index) {
    RandomStream one = RandomStream.of(1, "latent", 0);
    RandomStream other = RandomStream.of(seed, name, index);
    double sum = 0;
    for (int i = 0; i < 100_000; i++) {
      sum += one.nextGaussian() * other.nextGaussian();
    }

    // The deviation of this mean is 1 / sqrt(1e5) = 0.0032: five of them.
    assertThat(sum / 100_000).isBetween(-0.016, 0.016);
  }

  /** What one step's first draw is says nothing about the next step's. */
  @Test
  void firstDrawsOfConsecutiveIndicesAreUncorrelated() {
    double sum = 0;
    double before = RandomStream.of(1, "latent", 0).nextGaussian();
    for (int i = 1; i <= 100_000; i++) {
      double now = RandomStream.of(1, "latent", i).nextGaussian();
      sum += before * now;
      before = now;
    }

    assertThat(sum / 100_000).isBetween(-0.016, 0.016);
  }

  @Test
  void normalValuesHaveTheMomentsOfTheNormalDistribution() {
    double[] draws = draws(RandomStream::nextGaussian);

    // Five standard errors at 1e6 draws: 1, sqrt(2), sqrt(15) and sqrt(96) thousandths.
    assertThat(moment(draws, 1)).isCloseTo(0, Offset.offset(0.005));
    assertThat(moment(draws, 2)).isCloseTo(1, Offset.offset(0.0071));
    assertThat(moment(draws, 3)).isCloseTo(0, Offset.offset(0.0195));
    assertThat(moment(draws, 4)).isCloseTo(3, Offset.offset(0.049));
    double beyondTwo = Arrays.stream(draws).filter(x -> Math.abs(x) > 2).count() / (double) DRAWS;
    assertThat(beyondTwo).isCloseTo(0.0455003, Offset.offset(0.00105));
  }

  @Test
  void uniformValuesHaveTheMomentsOfTheUniformDistribution() {
    double[] draws = draws(RandomStream::nextDouble);

    // Five standard errors at 1e6 draws: sqrt(1/12), sqrt(4/45) and sqrt(9/112) thousandths.
    assertThat(moment(draws, 1)).isCloseTo(1 / 2.0, Offset.offset(0.0015));
    assertThat(moment(draws, 2)).isCloseTo(1 / 3.0, Offset.offset(0.0015));
    assertThat(moment(draws, 3)).isCloseTo(1 / 4.0, Offset.offset(0.0015));
    assertThat(Arrays.stream(draws)).allMatch(x -> x >= 0 && x < 1);
  }

  @Test
  void distributionsScaleAndShift() {
    RandomStream a = RandomStream.of(3, "x", 0);
    RandomStream b = RandomStream.of(3, "x", 0);

    assertThat(new Distribution.Normal(5, 2).sample(a))
        .isEqualTo((float) (5 + 2 * b.nextGaussian()));
    assertThat(new Distribution.Normal(5, 0).sample(a)).isEqualTo(5f);
    b.nextGaussian();
    assertThat(new Distribution.Uniform(-2, 6).sample(a))
        .isEqualTo((float) (-2 + 8 * b.nextDouble()));
  }

  @Test
  void dropoutMasksHaveMeanOne() {
    Distribution mask = new Distribution.DropoutMask(0.8);
    double[] draws = draws(mask::sample);

    assertThat(draws).containsOnly(0, (float) (1 / 0.8));
    // The deviation of a value is sqrt(1/0.8 - 1) = 0.5: five standard errors at 1e6 draws.
    assertThat(moment(draws, 1)).isCloseTo(1, Offset.offset(0.0025));
  }

  @Test
  void keepingEverythingMakesAMaskOfOnes() {
    assertThat(draws(new Distribution.DropoutMask(1)::sample)).containsOnly(1);
  }

  @Test
  void permutationsHoldEveryNumberOnce() {
    for (int n : new int[] {0, 1, 2, 60_000}) {
      int[] sorted = RandomStream.of(5, "order", n).permutation(n);
      Arrays.sort(sorted);
      assertThat(sorted).containsExactly(IntStream.range(0, n).toArray());
    }
  }

  @Test
  void allPermutationsAreAboutAsFrequent() {
    int[] counts = new int[1000];
    for (int i = 0; i < 60_000; i++) {
      int[] p = RandomStream.of(9, "order", i).permutation(3);
      counts[100 * p[0] + 10 * p[1] + p[2]]++;
    }

    // Six of 10000 each, with a deviation of sqrt(60000 / 6 * 5 / 6) = 91: five of them.
    assertThat(Arrays.stream(counts).filter(count -> count > 0))
        .hasSize(6)
        .allMatch(count -> Math.abs(count - 10_000) < 455);
  }

  @Test
  void integersReachBothEndsOfTheirRange() {
    RandomStream stream = RandomStream.of(1, "int", 0);

    assertThat(IntStream.range(0, 1000).map(i -> stream.nextInt(3)).distinct().sorted().toArray())
        .containsExactly(0, 1, 2);
    assertThat(IntStream.range(0, 1000).map(i -> stream.nextInt(Integer.MAX_VALUE)))
        .allMatch(value -> value >= 0)
        .anyMatch(value -> value > Integer.MAX_VALUE / 100 * 99);
  }

  @Test
  void fillsTheRestOfABuffer() {
    FloatBuffer buffer = FloatBuffer.allocate(5);
    buffer.position(2);

    new Distribution.Uniform(1, 2).fill(RandomStream.of(1, "x", 0), buffer);

    assertThat(buffer.hasRemaining()).isFalse();
    assertThat(buffer.array()[1]).isZero();
    assertThat(buffer.array()[2]).isBetween(1f, 2f);
    assertThat(buffer.array()[4]).isBetween(1f, 2f);
  }

  private static long[] longs(RandomStream stream) {
    return IntStream.range(0, 10).mapToLong(i -> stream.nextLong()).toArray();
  }

  private static double[] draws(ToDoubleFunction<RandomStream> draw) {
    RandomStream stream = RandomStream.of(2026, "moments", 0);
    return IntStream.range(0, DRAWS).mapToDouble(i -> draw.applyAsDouble(stream)).toArray();
  }

  private static double moment(double[] draws, int order) {
    return Arrays.stream(draws).map(x -> Math.pow(x, order)).sum() / draws.length;
  }
}
