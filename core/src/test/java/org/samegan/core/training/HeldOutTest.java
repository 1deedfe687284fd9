package org.samegan.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.samegan.core.Shape;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.Latent;
import org.samegan.core.gan.Recipe;
import org.samegan.core.layer.Dense;
import org.samegan.core.layer.Network;
import org.samegan.core.objective.Constraint;
import org.samegan.core.objective.Objective;
import org.samegan.core.random.RandomStream;

class HeldOutTest {
  private static final int BATCH = 4;

  @Test
  void theScoresOfALinearCriticAreItsMeans() {
    Gan gan =
        Gan.of(
                Latent.normal(2),
                Network.of(Shape.of(2), new Dense(3)),
                Network.of(Shape.of(3), new Dense(1)))
            .withRecipe(Recipe.of(new Objective.Wasserstein()));
    RecordingData heldOut = new RecordingData(2 * BATCH, Shape.of(3));
    try (Trainer trainer = new Trainer(gan, new RecordingData(9, Shape.of(3)), BATCH, 5)) {
      trainer.train(2, (report, t) -> {});
      Map<String, double[]> values = TinyGan.values(trainer.state().arrays());

      Map<String, Double> found = trainer.evaluateDiscriminator(heldOut, 2);

      assertThat(new HashSet<>(heldOut.asked)).as("every example once").hasSize(2 * BATCH);
      assertThat(heldOut.asked).hasSize(2 * BATCH);
      double real = 0;
      for (int i = 0; i < 2 * BATCH; i++) {
        real += critic(values, heldOut.example(i)) / (2 * BATCH);
      }
      double fake = 0;
      for (long index : new long[] {-1, -2}) {
        FloatBuffer latents = FloatBuffer.allocate(2 * BATCH);
        gan.latent().fill(RandomStream.of(5, "discriminator_step/latent", index), latents);
        for (int i = 0; i < BATCH; i++) {
          float[] latent = {latents.get(2 * i), latents.get(2 * i + 1)};
          fake += critic(values, generated(values, latent)) / (2 * BATCH);
        }
      }
      assertThat(found.get(StepReport.REAL_SCORE)).isCloseTo(real, offset(1e-5));
      assertThat(found.get(StepReport.FAKE_SCORE)).isCloseTo(fake, offset(1e-5));
      assertThat(found.get(StepReport.DISCRIMINATOR_LOSS)).isCloseTo(fake - real, offset(1e-5));
    }
  }

  private static float[] generated(Map<String, double[]> values, float[] latent) {
    double[] weight = values.get("generator/0_dense/weight");
    double[] bias = values.get("generator/0_dense/bias");
    float[] x = new float[3];
    for (int i = 0; i < 3; i++) {
      x[i] = (float) (latent[0] * weight[i] + latent[1] * weight[3 + i] + bias[i]);
    }
    return x;
  }

  private static double critic(Map<String, double[]> values, float[] x) {
    double[] weight = values.get("discriminator/0_dense/weight");
    double y = values.get("discriminator/0_dense/bias")[0];
    for (int i = 0; i < 3; i++) {
      y += x[i] * weight[i];
    }
    return y;
  }

  /** With batch normalisation and dropout, whose statistics and masks must not be disturbed. */
  @Test
  void measuringChangesNoBitOfTheRun() {
    Gan gan =
        TinyGan.gan()
            .withRecipe(
                Recipe.of(new Objective.Wasserstein())
                    .withOptimizers(TinyGan.ADAM, TinyGan.ADAM)
                    .withConstraint(new Constraint.WeightClipping(0.1))
                    .withDiscriminatorSteps(2));
    RecordingData data = RecordingData.ofImages(10);
    RecordingData heldOut = RecordingData.ofImages(15);
    List<StepReport> plain = new ArrayList<>();
    List<StepReport> measured = new ArrayList<>();
    Map<String, double[]> expected;
    try (Trainer trainer = new Trainer(gan, data, BATCH, 7)) {
      trainer.train(4, (report, t) -> plain.add(report));
      expected = TinyGan.values(trainer.state().arrays());
    }
    try (Trainer trainer = new Trainer(gan, data, BATCH, 7)) {
      trainer.evaluateDiscriminator(heldOut, 1);
      for (int step = 0; step < 4; step++) {
        measured.add(trainer.step());
        Map<String, Double> scores = trainer.evaluateDiscriminator(heldOut, 3);
        assertThat(trainer.evaluateDiscriminator(heldOut, 3)).isEqualTo(scores);
      }
      assertThat(measured).isEqualTo(plain);
      Map<String, double[]> found = TinyGan.values(trainer.state().arrays());
      assertThat(found.keySet()).isEqualTo(expected.keySet());
      found.forEach((path, values) -> assertThat(values).as(path).isEqualTo(expected.get(path)));
    }
  }

  @Test
  void aScoreThatIsNoNumberIsReportedAndChangesNothing() {
    Gan critic = TinyGan.gan().withRecipe(Recipe.of(new Objective.Wasserstein()));
    RecordingData broken = RecordingData.ofImages(8).withValue(3, Float.NaN);
    try (Trainer trainer = new Trainer(critic, RecordingData.ofImages(10), BATCH, 1)) {
      trainer.step();
      Map<String, double[]> before = TinyGan.values(trainer.state().arrays());

      assertThatExceptionOfType(DivergenceException.class)
          .isThrownBy(() -> trainer.evaluateDiscriminator(broken, 2))
          .withMessageContainingAll("step 1", "on held-out data is NaN");

      Map<String, double[]> after = TinyGan.values(trainer.state().arrays());
      before.forEach((path, values) -> assertThat(after.get(path)).as(path).isEqualTo(values));
    }
  }

  @Test
  void refusesDataThatDoNotFit() {
    RecordingData data = RecordingData.ofImages(10);
    Gan critic = TinyGan.gan().withRecipe(Recipe.of(new Objective.Wasserstein()));
    try (Trainer trainer = new Trainer(critic, data, BATCH, 1)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> trainer.evaluateDiscriminator(data, 3))
          .withMessageContainingAll("10 held-out examples make 2 batches of 4", "3 are asked for");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> trainer.evaluateDiscriminator(data, 0))
          .withMessageContainingAll("at least 1 is needed", "0 are asked for");
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> trainer.evaluateDiscriminator(new RecordingData(9, Shape.of(8, 8, 3)), 1))
          .withMessageContainingAll("8x8x1", "8x8x3");
    }
  }
}
