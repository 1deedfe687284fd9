package org.samegan.evaluation.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatisticsTest {
  /** NIST/SEMATECH e-Handbook of Statistical Methods, table 1.3.6.7.2. */
  @ParameterizedTest(name = "{0} of {1}")
  @CsvSource({
    "0.975, 1, 12.706",
    "0.975, 2, 4.303",
    "0.975, 4, 2.776",
    "0.975, 9, 2.262",
    "0.975, 30, 2.042",
    "0.975, 100, 1.984",
    "0.90, 1, 3.078",
    "0.95, 10, 1.812",
    "0.99, 3, 4.541",
    "0.995, 5, 4.032",
    "0.999, 7, 4.785"
  })
  void quantilesAreThoseOfTheTables(double probability, int degrees, double expected) {
    assertThat(StudentT.quantile(probability, degrees)).isCloseTo(expected, within(5e-4));
  }

  /** With 1 and 2 degrees of freedom there are closed forms. */
  @Test
  void probabilitiesAreThoseOfTheClosedForms() {
    for (double t : new double[] {-40, -2.5, -0.1, 0, 0.3, 1, 7, 1000}) {
      assertThat(StudentT.probability(t, 1)).isCloseTo(0.5 + Math.atan(t) / Math.PI, within(1e-13));
      assertThat(StudentT.probability(t, 2))
          .isCloseTo(0.5 + t / (2 * Math.sqrt(2 + t * t)), within(1e-13));
    }
    assertThat(StudentT.quantile(0.5, 3)).isCloseTo(0, within(1e-9));
  }

  @Test
  void impossibleArgumentsAreRefused() {
    assertThatThrownBy(() -> StudentT.quantile(1, 3)).hasMessageContaining("found 1.0");
    assertThatThrownBy(() -> StudentT.quantile(0.9, 0)).hasMessageContaining("found 0");
    assertThatThrownBy(() -> new McNemar(-1, 0)).hasMessageContaining("found -1 and 0");
    assertThatThrownBy(() -> McNemar.of(new int[2], new int[3], new int[3]))
        .hasMessageContaining("3 images need as many answers, found 2 and 3");
    assertThatThrownBy(MeanInterval::of).hasMessageContaining("at least 1 value");
  }

  /** Student's own data: hours of sleep gained by the second drug over the first, 1908. */
  @Test
  void theIntervalOfStudentsSleepData() {
    double[] first = {0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0};
    double[] second = {1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};

    MeanInterval gained = MeanInterval.of(PairedDifference.differences(second, first));

    assertThat(gained.mean()).isCloseTo(1.58, within(1e-12));
    // As R's t.test(extra ~ group, data = sleep, paired = TRUE) has it, signs apart.
    assertThat(gained.low()).isCloseTo(0.7001142, within(1e-7));
    assertThat(gained.high()).isCloseTo(2.4598858, within(1e-7));
  }

  @Test
  void oneValueHasNoInterval() {
    MeanInterval one = MeanInterval.of(0.5);
    assertThat(one.isBounded()).isFalse();
    assertThat(one.mean()).isEqualTo(0.5);
    assertThat(one.low()).isNaN();
  }

  /** Fagerland, Lydersen and Laake 2013, doi:10.1186/1471-2288-13-91, tables 1 and 5. */
  @Test
  void theExactTestOfAPublishedExample() {
    assertThat(new McNemar(1, 7).probability()).isCloseTo(0.0703, within(5e-5));
    assertThat(new McNemar(7, 1).probability()).isCloseTo(0.0703, within(5e-5));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @CsvSource({"0, 0", "0, 1", "3, 3", "5, 6", "20, 41", "150, 86", "700, 640", "2600, 2400"})
  void theTestIsTheSumOfBinomials(int first, int second) {
    int fewer = Math.min(first, second);
    BigInteger ways = BigInteger.ONE;
    BigInteger sum = BigInteger.ONE;
    for (int k = 1; k <= fewer; k++) {
      ways =
          ways.multiply(BigInteger.valueOf(first + second - k + 1)).divide(BigInteger.valueOf(k));
      sum = sum.add(ways);
    }
    double tail =
        new BigDecimal(sum)
            .divide(new BigDecimal(BigInteger.TWO.pow(first + second)), MathContext.DECIMAL64)
            .doubleValue();
    double expected = Math.min(1, 2 * tail);

    assertThat(new McNemar(first, second).probability())
        .isCloseTo(expected, within(1e-9 * expected));
  }

  @Test
  void answersAreComparedImageByImage() {
    int[] labels = {0, 1, 2, 3, 4, 5};
    int[] first = {0, 1, 2, 3, 0, 0};
    int[] second = {0, 1, 0, 0, 4, 1};

    assertThat(McNemar.of(first, second, labels)).isEqualTo(new McNemar(2, 1));
    assertThat(new McNemar(2, 1).plus(new McNemar(3, 5))).isEqualTo(new McNemar(5, 6));
  }

  @Test
  void severalSubsetsAreJudgedByTheirInterval() {
    // As a test of independent images this would be significant.
    McNemar test = new McNemar(500, 300);
    double[] better = {0.95, 0.97, 0.91};

    assertThat(PairedDifference.of(better, new double[] {0.94, 0.96, 0.90}, test).verdict())
        .isEqualTo(Verdict.HELPS);
    assertThat(PairedDifference.of(better, new double[] {0.96, 0.90, 0.91}, test).verdict())
        .isEqualTo(Verdict.NO_EVIDENCE);
    assertThat(PairedDifference.of(better, new double[] {0.97, 0.98, 0.93}, test).verdict())
        .isEqualTo(Verdict.HURTS);
    assertThat(PairedDifference.of(better, better, test).verdict()).isEqualTo(Verdict.NO_EVIDENCE);
  }

  @Test
  void oneSubsetIsJudgedByTheTest() {
    double[] one = {0.95};
    double[] other = {0.94};

    assertThat(PairedDifference.of(one, other, new McNemar(500, 300)).verdict())
        .isEqualTo(Verdict.HELPS);
    assertThat(PairedDifference.of(one, other, new McNemar(300, 500)).verdict())
        .isEqualTo(Verdict.HURTS);
    assertThat(PairedDifference.of(one, other, new McNemar(310, 300)).verdict())
        .isEqualTo(Verdict.NO_EVIDENCE);
  }
}
