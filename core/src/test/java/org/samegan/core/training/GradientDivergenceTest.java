package org.samegan.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.FloatBuffer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.Shape;
import org.samegan.core.data.Dataset;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.Latent;
import org.samegan.core.gan.Recipe;
import org.samegan.core.layer.Dense;
import org.samegan.core.layer.Network;
import org.samegan.core.objective.Objective;

/**
 * Gradients whose norm overflows a float where the loss doesn't: a linear critic's gradient is the
 * difference of two examples, and a linear generator's is the critic's weight.
 */
class GradientDivergenceTest {
  private static final float HUGE = 3e38f;
  private static final Gan GAN =
      Gan.of(
              Latent.normal(2),
              Network.of(Shape.of(2), new Dense(4)),
              Network.of(Shape.of(4), new Dense(1)))
          .withRecipe(Recipe.of(new Objective.Wasserstein()));

  @Test
  void theDiscriminatorsGradientsAreLookedAt() {
    diverges(HUGE, 0, "the norm of the discriminator's gradient is");
  }

  @Test
  void theGeneratorsGradientsAreLookedAt() {
    diverges(0, HUGE, "the norm of the generator's gradient is");
  }

  private static void diverges(float data, float weight, String message) {
    try (Trainer trainer = new Trainer(GAN, new Same(data), 2, 1)) {
      trainer.startFrom(
          Map.of(
              "generator/0_dense/weight", Nd4j.zeros(2, 4),
              "discriminator/0_dense/weight", constant(weight)));
      Map<String, double[]> before = TinyGan.values(trainer.state().arrays());

      assertThatExceptionOfType(DivergenceException.class)
          .isThrownBy(trainer::step)
          .withMessageContainingAll("step 1", message)
          .satisfies(e -> assertThat(e.step()).isEqualTo(1));

      assertThat(trainer.progress()).isEqualTo(Progress.START);
      Map<String, double[]> after = TinyGan.values(trainer.state().arrays());
      before.forEach((path, values) -> assertThat(after.get(path)).as(path).isEqualTo(values));
    }
  }

  /** Two examples of one value. */
  private record Same(float value) implements Dataset {
    @Override
    public int size() {
      return 2;
    }

    @Override
    public Shape exampleShape() {
      return Shape.of(4);
    }

    @Override
    public void copyTo(int index, FloatBuffer destination) {
      for (int i = 0; i < 4; i++) {
        destination.put(value);
      }
    }
  }

  private static INDArray constant(float value) {
    return Nd4j.valueArrayOf(new long[] {4, 1}, value, DataType.FLOAT);
  }
}
