package org.samegan.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.gan.Recipe;
import org.samegan.core.optimizer.Adam;
import org.samegan.core.schedule.Schedule;

/** Settings that are schedules. */
class ScheduledRecipesTest {
  private static Recipe recipe(String variant, Map<String, ?> settings) {
    return Variants.named(variant).gan(ExampleForm.images(28, 1, 10), settings).recipe();
  }

  @ParameterizedTest
  @CsvSource({"dcgan", "wgan", "infogan", "acgan", "wgan-gp"})
  void ratesCanFollowASchedule(String variant) {
    Recipe recipe = recipe(variant, Map.of("generator.learning-rate", "cosine:2e-4:0"));

    assertThat(recipe.generatorOptimizer().learningRate()).isEqualTo(Schedule.cosine(2e-4, 0));
    assertThat(recipe.discriminatorOptimizer().learningRate())
        .isInstanceOf(Schedule.Constant.class);
  }

  @Test
  void beta2AndPenaltiesCanFollowOneToo() {
    Recipe recipe =
        recipe("wgan-gp", Map.of("decay", "linear:0.9:0.99", "penalty.weight", "step:10:0.1:50%"));

    assertThat(((Adam) recipe.generatorOptimizer()).beta2()).isEqualTo(Schedule.linear(0.9, 0.99));
    assertThat(recipe.penalties().get(0).weight()).isEqualTo(Schedule.parse("step:10:0.1:50%"));
  }

  /** The authors' values, in the middle of a cosine and at its ends. */
  @Test
  void r3gansIsThatOfTheAuthorsPresets() {
    Recipe recipe = recipe("r3gan", Map.of("schedule", "authors", "gamma", 2)).over(1000);
    Adam adam = (Adam) recipe.discriminatorOptimizer();

    assertThat(recipe.generatorOptimizer()).isEqualTo(adam);
    assertThat(recipe.penalties()).hasSize(2);
    double[][] expected = {
      {0, 2e-4, 0.9, 2},
      {500, 1.25e-4, 0.945, 1.1},
      {1000, 5e-5, 0.99, 0.2},
      {3000, 5e-5, 0.99, 0.2}
    };
    for (double[] row : expected) {
      long step = (long) row[0];
      assertThat(adam.learningRate().at(step)).isCloseTo(row[1], Offset.offset(1e-12));
      assertThat(adam.beta2().at(step)).isCloseTo(row[2], Offset.offset(1e-12));
      recipe
          .penalties()
          .forEach(
              penalty ->
                  assertThat(penalty.weight().at(step))
                      .isCloseTo(row[3] / 2, Offset.offset(1e-12)));
    }
  }

  @Test
  void whatCannotFollowAScheduleSaysSo() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> recipe("wgan", Map.of("decay", "linear:0.9:0.99")))
        .withMessageContainingAll("decay must be a number for rmsprop", "linear:0.9:0.99");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> recipe("r3gan", Map.of("schedule", "authors", "gamma", "linear:2:1")))
        .withMessageContainingAll("schedule=authors", "linear:2:1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> recipe("r3gan", Map.of("schedule", "authors", "optimizer", "sgd")))
        .withMessageContaining("one for adam");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> recipe("dcgan", Map.of("generator.learning-rate", "cosine:2e-4:-1")))
        .withMessageContainingAll("generator.learning-rate must be", "cosine:2e-4:-1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> recipe("dcgan", Map.of("generator.learning-rate", "cosin:2e-4:0")))
        .withMessageContainingAll("generator.learning-rate must be", "no schedule 'cosin'");
  }
}
