package org.samegan.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.samegan.core.data.Classes;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.data.RandomAffine;
import org.samegan.core.gan.FewLabels;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.Latent;
import org.samegan.core.random.Distribution;

class SsInfoGanTest {
  private static Gan gan(Map<String, ?> settings) {
    return Variants.named("ssinfogan").gan(ExampleForm.images(28, 1, 10), settings);
  }

  @Test
  void itsCategoricalCodeIsTheLabel() {
    assertThat(gan(Map.of()).latent().parts())
        .containsExactly(
            new Latent.Noise(62, new Distribution.Uniform(-0.2, 0.2)),
            new Latent.Label(Classes.of(10)),
            new Latent.Continuous(2, new Distribution.Uniform(-1, 1), false));
    assertThat(gan(Map.of()).fewLabels()).contains(new FewLabels(1, 1000, RandomAffine.SLIGHT));
    assertThat(
            gan(Map.of("label.weight", 3, "label.lead", 200, "label.augment", "none")).fewLabels())
        .contains(new FewLabels(3, 200, RandomAffine.IDENTITY));
  }

  @ParameterizedTest
  @CsvSource({"28, 1", "28, 3", "32, 3", "64, 1", "64, 3", "128, 3"})
  void hasInfoGansNetworksAtEverySize(int size, int channels) {
    Map<String, Object> same =
        Map.of("noise.range", 0.2, "slope", 0.01, "continuous.sigma", "fixed");
    ExampleForm images = ExampleForm.images(size, channels, 10);
    Gan gan = Variants.named("ssinfogan").gan(images, Map.of());
    Gan infogan = Variants.named("infogan").gan(images, same);
    assertThat(gan.generator()).isEqualTo(infogan.generator());
    assertThat(gan.discriminator()).isEqualTo(infogan.discriminator());
    assertThat(gan.recognition().network()).isEqualTo(infogan.recognition().network());
    assertThat(gan.recognition().sharedLayers()).isEqualTo(infogan.recognition().sharedLayers());
    assertThat(gan.pixelRange()).isEqualTo(infogan.pixelRange());
    assertThat(gan.exampleShape()).isEqualTo(images.shape());
  }

  @Test
  void refusesImagesWithoutLabels() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Variants.named("ssinfogan").gan(ExampleForm.images(28, 1), Map.of()))
        .withMessageContainingAll("ssinfogan learns from labels", "no labels");
  }
}
