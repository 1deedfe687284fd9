package org.samegan.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.Latent;
import org.samegan.core.random.Distribution;

class InfoGanTest {
  private static Gan gan(Map<String, ?> settings) {
    return Variants.named("infogan").gan(ExampleForm.images(28, 1), settings);
  }

  @Test
  void hasTheCodesOfThePaper() {
    Distribution unit = new Distribution.Uniform(-1, 1);
    assertThat(gan(Map.of()).latent().parts())
        .containsExactly(
            new Latent.Noise(62, unit),
            new Latent.Categorical(10),
            new Latent.Continuous(2, unit, true));
  }

  @Test
  void takesOtherCodesAndRanges() {
    Gan gan =
        gan(
            Map.of(
                "noise", 16,
                "noise.range", 0.2,
                "categorical", 12,
                "continuous", 3,
                "continuous.range", 2,
                "continuous.sigma", "fixed",
                "categorical.weight", 0.5,
                "continuous.weight", 3));
    assertThat(gan.latent().parts())
        .containsExactly(
            new Latent.Noise(16, new Distribution.Uniform(-0.2, 0.2)),
            new Latent.Categorical(12),
            new Latent.Continuous(3, new Distribution.Uniform(-2, 2), false));
    assertThat(gan.generator().input().elements()).isEqualTo(16 + 12 + 3);
    assertThat(gan.recognition().network().output().elements())
        .as("logits and means")
        .isEqualTo(12 + 3);
    assertThat(gan.recognition().categoricalWeight()).isEqualTo(0.5);
    assertThat(gan.recognition().continuousWeight()).isEqualTo(3);
  }

  @Test
  void refusesNoiseWithoutARange() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> gan(Map.of("noise.range", 0)))
        .withMessage("noise.range must be a number greater than 0, found '0'");
  }
}
