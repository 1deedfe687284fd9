package org.samegan.core.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.samegan.core.Shape;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.Latent;
import org.samegan.core.gan.Recipe;
import org.samegan.core.layer.Dense;
import org.samegan.core.layer.Network;
import org.samegan.core.objective.Objective;

class AugmentationPolicyTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "none; none",
        "translation,cutout; translation,cutout",
        "cutout; cutout",
        "color; color",
        "color,translation,cutout; color,translation,cutout",
        "brightness,saturation,contrast,mirror; color,mirror",
        "Brightness; brightness",
        "ada; ada:translation,cutout",
        "ada:color,cutout; ada:color,cutout"
      })
  void textsAreReadAndWritten(String text, String again) {
    AugmentationPolicy policy = AugmentationPolicy.parse(text);

    assertThat(policy.text()).isEqualTo(again);
    assertThat(AugmentationPolicy.parse(again)).isEqualTo(policy);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "cutuot; did you mean 'cutout'",
        "''; there is no augmentation ''",
        "ada:; there is no augmentation ''",
        "ada:none; there is no augmentation 'none'",
        "cutout,; there is no augmentation ''",
        "colour; did you mean 'color'",
        "color,contrast; named once at most, found brightness,saturation,contrast,contrast",
        "cutout,cutout; named once at most"
      })
  void anythingElseIsRefusedWithWhatThereIs(String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AugmentationPolicy.parse(text))
        .withMessageContaining(message);
  }

  @Test
  void aGrayImageHasNoSaturation() {
    AugmentationPolicy color = AugmentationPolicy.parse("color");

    assertThat(color.changing(Shape.of(8, 8, 1)))
        .containsExactly(new Transformation.Brightness(), new Transformation.Contrast());
    assertThat(color.changing(Shape.of(8, 8, 3))).isEqualTo(color.transformations());
  }

  @Test
  void pointsCannotBeAugmented() {
    Gan points =
        Gan.of(
            Latent.normal(2),
            Network.of(Shape.of(2), new Dense(2)),
            Network.of(Shape.of(2), new Dense(1)));
    Recipe recipe = Recipe.of(new Objective.NonSaturating());

    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> points.withRecipe(recipe.withAugmentation(AugmentationPolicy.parse("cutout"))))
        .withMessageContaining("only images (height, width, channels) can be augmented");
    points.withRecipe(recipe.withAugmentation(AugmentationPolicy.NONE));
  }

  @Test
  void adaptationIsScaledToTheData() {
    AugmentationControl.Adaptive published = AugmentationControl.Adaptive.PUBLISHED;

    assertThat(published.forExamples(1000).adjustment()).isEqualTo(5000);
    assertThat(published.forExamples(1_000_000)).isEqualTo(published);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AugmentationControl.Adaptive(1.5, 4, 1000, 0.8));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AugmentationPolicy(List.of(), published))
        .withMessageContaining("needs a transformation");
  }
}
