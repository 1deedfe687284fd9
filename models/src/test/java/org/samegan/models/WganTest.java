package org.samegan.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.gan.DiscriminatorSteps;
import org.samegan.core.gan.Recipe;
import org.samegan.core.objective.Constraint;

class WganTest {
  private static Recipe recipe(Map<String, ?> settings) {
    return Variants.named("wgan").gan(ExampleForm.images(28, 1), settings).recipe();
  }

  @Test
  void hasFiveCriticStepsAsInThePaper() {
    assertThat(recipe(Map.of()).discriminatorSteps()).isEqualTo(DiscriminatorSteps.of(5));
  }

  @Test
  void mayStartAsTheAuthorsCodeDoes() {
    for (Object yes : new Object[] {true, "true"}) {
      assertThat(recipe(Map.of("critic.warmup", yes)).discriminatorSteps())
          .isEqualTo(new DiscriminatorSteps(5, new DiscriminatorSteps.Warmup(100, 25, 500)));
    }
  }

  @Test
  void clipsToAPositiveBound() {
    assertThat(recipe(Map.of("clip", 0.1)).constraint())
        .isEqualTo(new Constraint.WeightClipping(0.1));
    for (Object bound : new Object[] {0, -0.01, "NaN"}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> recipe(Map.of("clip", bound)))
          .withMessage("clip must be a number greater than 0, found '%s'", bound);
    }
  }
}
