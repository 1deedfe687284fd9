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

  /** Q's last layer gives 10 logits and 2 means instead of 14 values. */
  @Test
  void infoganWithFixedDeviations() {
    Gan gan = Variants.named("infogan").gan(DIGITS, Map.of("continuous.sigma", "fixed"));
    assertThat(gan.recognition().network().output().elements()).isEqualTo(12);
    assertThat(gan.recognition().network().parameterCount()).isEqualTo(133_262 - 2 * (128 + 1));
  }

  @Test
  void cganAndAcgan() {
    ImageFormat labelled = new ImageFormat(28, 1, 10);
    // Dense 110 to 7x7x128, normalised; 4x4 to 64, normalised; 4x4 to 1.
    long generator = (110 * 6272 + 6272) + 2 * 6272 + 4 * 4 * 128 * 64 + 2 * 64 + 4 * 4 * 64;
    // 4x4 from the image, and for cgan its planes, to 64; 4x4 to 128, normalised; dense to 1.
    long conditional = 4 * 4 * (1 + 10) * 64 + 4 * 4 * 64 * 128 + 2 * 128 + (6272 + 1);
    long plain = 4 * 4 * 64 + 4 * 4 * 64 * 128 + 2 * 128 + (6272 + 1);

    Gan cgan = Variants.named("cgan").gan(labelled, Map.of());
    assertThat(cgan.generator().parameterCount()).isEqualTo(generator).isEqualTo(840_960);
    assertThat(cgan.discriminator().parameterCount()).isEqualTo(conditional).isEqualTo(148_865);
    assertThat(cgan.exampleShape()).isEqualTo(labelled.shape());
    assertThat(cgan.discriminatorTakesLabels()).isTrue();

    Gan acgan = Variants.named("acgan").gan(labelled, Map.of());
    assertThat(acgan.generator()).isEqualTo(cgan.generator());
    assertThat(acgan.discriminator().parameterCount()).isEqualTo(plain).isEqualTo(138_625);
    assertThat(acgan.recognition().network().parameterCount())
        .isEqualTo(6272 * 10 + 10)
        .isEqualTo(62_730);
    assertThat(acgan.discriminatorTakesLabels()).isFalse();
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
  void sngan() {
    Gan gan = Variants.named("sngan").gan(DIGITS, Map.of());
    assertThat(gan.generator())
        .isEqualTo(Variants.named("dcgan").gan(DIGITS, Map.of()).generator());
    // Two 4x4 convolutions to 64 and 128 channels and a dense layer on 7x7x128, all with biases.
    int convolutions = 4 * 4 * 64 + 64 + 4 * 4 * 64 * 128 + 128;
    assertThat(gan.discriminator().parameterCount()).isEqualTo(convolutions + 6272 + 1);
    // DCGAN's 2,765,568 without three pairs of gain and bias, with five biases.
    Gan large = Variants.named("sngan").gan(new ImageFormat(64, 3), Map.of());
    assertThat(large.discriminator().parameterCount())
        .isEqualTo(2_765_568 - 2 * (128 + 256 + 512) + 64 + 128 + 256 + 512 + 1);
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
