package org.samegan.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Properties;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.samegan.evaluation.classes.ClassProbabilities;
import org.samegan.evaluation.classes.ClassifierScore;
import org.samegan.evaluation.copying.Authenticity;
import org.samegan.evaluation.copying.DataCopying;
import org.samegan.evaluation.distance.FrechetDistance;
import org.samegan.evaluation.distance.KernelDistance;
import org.samegan.evaluation.neighbours.ManifoldScores;

/** Numbers that torch-fidelity, prdc, SciPy and scikit-learn computed of the same features. */
class GoldensTest {
  private static final Properties GOLDENS = new Properties();
  private static Features train;
  private static Features test;
  private static Features generated;

  @BeforeAll
  static void read() throws IOException {
    try (InputStream in = GoldensTest.class.getResourceAsStream("/goldens/goldens.properties")) {
      GOLDENS.load(in);
    }
    train = features("train");
    test = features("test");
    generated = features("generated");
  }

  @Test
  void frechetDistanceIsTorchFidelitys() {
    assertThat(FrechetDistance.between(test, generated))
        .isCloseTo(golden("frechet"), withinPercentage(1e-9));
  }

  @Test
  void kernelDistanceIsTorchFidelitys() {
    assertThat(KernelDistance.between(test, generated, 1).value())
        .isCloseTo(golden("kernel"), withinPercentage(1e-9));
  }

  @Test
  void classifierScoreIsTorchFidelitys() {
    float[] values = values("logits");
    for (int from = 0; from < values.length; from += 10) {
      double sum = 0;
      for (int c = 0; c < 10; c++) {
        sum += Math.exp(values[from + c]);
      }
      for (int c = 0; c < 10; c++) {
        values[from + c] = (float) (Math.exp(values[from + c]) / sum);
      }
    }

    // the probabilities are rounded to 24 bits here and not there
    assertThat(ClassifierScore.of(ClassProbabilities.of(values.length / 10, 10, values)))
        .isCloseTo(golden("score"), withinPercentage(1e-5));
  }

  @Test
  void manifoldScoresArePrdcsWhereNoDistancesAreEqual() {
    ManifoldScores scores = ManifoldScores.between(test, generated);

    assertThat(scores.precision()).isEqualTo(golden("precision"));
    assertThat(scores.recall()).isEqualTo(golden("recall"));
    // prdc multiplies with 1/5 where this divides
    assertThat(scores.density()).isCloseTo(golden("density"), within(1e-12));
    assertThat(scores.coverage()).isEqualTo(golden("coverage"));
  }

  @Test
  void authenticityIsItsDefinition() {
    assertThat(Authenticity.percent(train, generated)).isEqualTo(golden("authpct"));
  }

  @Test
  void dataCopyingIsScipysTestInScikitLearnsCells() {
    assertThat(DataCopying.test(train, test, generated, 1).score())
        .isCloseTo(golden("ct"), withinPercentage(1e-9));
  }

  private static double golden(String name) {
    return Double.parseDouble(GOLDENS.getProperty(name));
  }

  private static Features features(String name) {
    float[] values = values(name);
    return Features.of("goldens", values.length / 12, 12, values);
  }

  private static float[] values(String name) {
    try (InputStream in = GoldensTest.class.getResourceAsStream("/goldens/" + name + ".f32")) {
      ByteBuffer bytes = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
      float[] values = new float[bytes.remaining() / Float.BYTES];
      bytes.asFloatBuffer().get(values);
      return values;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
