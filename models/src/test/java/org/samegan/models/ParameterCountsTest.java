package org.samegan.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.samegan.core.layer.Network;
import org.samegan.core.training.Gan;

/** Sums over the layers, by hand. */
class ParameterCountsTest {
  private static final ImageFormat DIGITS = new ImageFormat(28, 1);

  @Test
  void infogan() {
    Gan gan = Variants.named("infogan").gan(DIGITS, Map.of());
    assertThat(gan.generator().parameterCount()).isEqualTo(6_652_481);
    Network discriminator = gan.discriminator();
    int trunk = gan.recognition().sharedLayers();
    assertThat(new Network(discriminator.input(), discriminator.layers().subList(0, trunk)))
        .extracting(Network::parameterCount)
        .isEqualTo(6_558_144L);
    assertThat(discriminator.parameterCount()).isEqualTo(6_558_144 + 1025);
    assertThat(gan.recognition().network().parameterCount()).isEqualTo(133_262);
  }

  @Test
  void wganGp() {
    for (String name : new String[] {"wgan-gp", "wgan-lp"}) {
      Gan gan = Variants.named(name).gan(DIGITS, Map.of());
      assertThat(gan.generator().parameterCount()).isEqualTo(1_554_177);
      assertThat(gan.discriminator().parameterCount()).isEqualTo(1_030_145);
    }
  }

  @Test
  void wganGpResNet64() {
    Gan gan = Variants.named("wgan-gp").gan(new ImageFormat(64, 1), Map.of("arch", "resnet"));
    assertThat(gan.generator().parameterCount()).isEqualTo(8_539_329);
    assertThat(gan.discriminator().parameterCount()).isEqualTo(7_490_689);
  }

  @Test
  void onPoints() {
    Gan gan = Variants.named("wgan-gp").onPoints().orElseThrow().gan(Map.of());
    // 2 -> 512 -> 512 -> 512 -> 2 and -> 1, weights and biases.
    int hidden = 2 * 512 + 512 + 2 * (512 * 512 + 512);
    assertThat(gan.generator().parameterCount()).isEqualTo(hidden + 512 * 2 + 2);
    assertThat(gan.discriminator().parameterCount()).isEqualTo(hidden + 512 + 1);
  }

  @Test
  void wganHasDcgansNetworks() {
    Gan wgan = Variants.named("wgan").gan(DIGITS, Map.of());
    Gan dcgan = Variants.named("dcgan").gan(DIGITS, Map.of());
    assertThat(wgan.generator()).isEqualTo(dcgan.generator());
    assertThat(wgan.discriminator()).isEqualTo(dcgan.discriminator());
  }
}
