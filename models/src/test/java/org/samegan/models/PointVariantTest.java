package org.samegan.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.samegan.core.Shape;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.data.ExampleKind;
import org.samegan.core.gan.DiscriminatorSteps;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.Latent;
import org.samegan.core.objective.GradientPenalty;
import org.samegan.core.optimizer.Adam;

class PointVariantTest {
  @Test
  void wganGpIsThatOfTheAuthorsScript() {
    Gan gan = points("wgan-gp", Map.of());

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

    Map<String, ?> ofImages =
        name.equals("gan")
            ? Map.of(
                "generator.learning-rate", 1e-4, "discriminator.learning-rate", 4e-4, "momentum", 0)
            : penalised ? Map.of("penalty.weight", 10, "width", 8) : Map.of();
    Gan points = points(name, ofImages);

    assertThat(points.recipe())
        .isEqualTo(variant.gan(ExampleForm.images(28, 1), Map.of()).recipe());
  }

  @ParameterizedTest
  @ValueSource(strings = {"dcgan", "infogan"})
  void variantsThatAreTheirNetworksHaveNone(String name) {
    assertThat(Variants.named(name).kinds()).containsExactly(ExampleKind.IMAGES);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> points(name, Map.of()))
        .withMessageContainingAll(name + " makes no points", "gan, lsgan, wgan");
  }

  @Test
  void refusesSettingsOfTheNetworksForImages() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> points("wgan-gp", Map.of("arch", "resnet")))
        .withMessageContainingAll("wgan-gp on points has no setting 'arch'", "latent, width");
  }

  private static Gan points(String variant, Map<String, ?> settings) {
    return Variants.named(variant).gan(ExampleForm.points(2), settings);
  }
}
