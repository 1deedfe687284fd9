package org.samegan.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.samegan.core.Shape;
import org.samegan.core.objective.GradientPenalty;
import org.samegan.core.optimizer.Adam;
import org.samegan.core.training.DiscriminatorSteps;
import org.samegan.core.training.Gan;
import org.samegan.core.training.Latent;

class PointVariantTest {
  @Test
  void wganGpIsThatOfTheAuthorsScript() {
    Gan gan = onPoints("wgan-gp").gan(Map.of());

    assertThat(gan.variant()).isEqualTo("wgan-gp");
    assertThat(gan.latent()).isEqualTo(Latent.normal(2));
    assertThat(gan.exampleShape()).isEqualTo(Shape.of(2));
    assertThat(gan.pixelRange()).isNull();
    assertThat(gan.recipe().penalties())
        .isEqualTo(List.of(new GradientPenalty(GradientPenalty.Points.BETWEEN, 0.1, 1, false)));
    assertThat(gan.recipe().discriminatorOptimizer()).isEqualTo(new Adam(1e-4, 0.5, 0.9));
    assertThat(gan.recipe().discriminatorSteps()).isEqualTo(DiscriminatorSteps.of(5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gan", "lsgan", "wgan", "wgan-gp", "wgan-lp", "dragan", "r3gan"})
  void theRecipeIsThatForImages(String name) {
    Variant variant = Variants.named(name);
    boolean penalised = name.startsWith("wgan-");

    Gan points =
        onPoints(name).gan(penalised ? Map.of("penalty.weight", 10, "width", 8) : Map.of());

    assertThat(points.recipe()).isEqualTo(variant.gan(new ImageFormat(28, 1), Map.of()).recipe());
  }

  @ParameterizedTest
  @ValueSource(strings = {"dcgan", "infogan"})
  void variantsThatAreTheirNetworksHaveNone(String name) {
    assertThat(Variants.named(name).onPoints()).isEmpty();
  }

  @Test
  void refusesSettingsOfTheNetworksForImages() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> onPoints("wgan-gp").gan(Map.of("arch", "resnet")))
        .withMessageContainingAll("wgan-gp on points has no setting 'arch'", "latent, width");
  }

  private static PointVariant onPoints(String name) {
    return Variants.named(name).onPoints().orElseThrow();
  }
}
