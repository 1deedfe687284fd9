package org.samegan.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.gan.Gan;
import org.samegan.core.layer.Network;

/** Sums over the layers, by hand. */
class ParameterCountsTest {
  private static final ExampleForm DIGITS = ExampleForm.images(28, 1);

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

  /** Table 2 of the paper, for SVHN, with normalisation of every layer inside. */
  @ParameterizedTest
  @CsvSource({"1", "3"})
  void infoganAt32Pixels(int colours) {
    long generator =
        dense(74, 2 * 2 * 448)
            + norm(2 * 2 * 448)
            + (conv(4, 448, 256) + norm(256) + conv(4, 256, 128) + norm(128))
            + (conv(4, 128, 64) + norm(64) + conv(4, 64, colours));
    long trunk =
        conv(4, colours, 64) + conv(4, 64, 128) + norm(128) + conv(4, 128, 256) + norm(256);
    assertInfoGan(32, colours, generator, trunk, 4 * 4 * 256);
  }

  /** One stage more in both networks, with twice the channels; for 128 pixels two. */
  @ParameterizedTest
  @CsvSource({"1", "3"})
  void infoganAt64And128Pixels(int colours) {
    long shared =
        (conv(4, 512, 256) + norm(256))
            + (conv(4, 256, 128) + norm(128))
            + (conv(4, 128, 64) + norm(64))
            + conv(4, 64, colours);
    long trunk =
        conv(4, colours, 64)
            + (conv(4, 64, 128) + norm(128))
            + (conv(4, 128, 256) + norm(256))
            + (conv(4, 256, 512) + norm(512));
    long to64 = dense(74, 2 * 2 * 896) + norm(2 * 2 * 896) + conv(4, 896, 512) + norm(512);
    assertInfoGan(64, colours, to64 + shared, trunk, 4 * 4 * 512);
    long to128 =
        (dense(74, 2 * 2 * 1792) + norm(2 * 2 * 1792))
            + (conv(4, 1792, 1024) + norm(1024))
            + (conv(4, 1024, 512) + norm(512));
    long last = conv(4, 512, 1024) + norm(1024);
    assertInfoGan(128, colours, to128 + shared, trunk + last, 4 * 4 * 1024);
  }

  private static void assertInfoGan(
      int size, int colours, long generator, long trunk, long features) {
    Gan gan = Variants.named("infogan").gan(ExampleForm.images(size, colours), Map.of());
    assertThat(gan.generator().parameterCount()).isEqualTo(generator);
    assertThat(gan.discriminator().parameterCount()).isEqualTo(trunk + features + 1);
    assertThat(gan.recognition().network().parameterCount())
        .isEqualTo(dense(features, 128) + norm(128) + dense(128, 14));
    assertThat(gan.exampleShape()).isEqualTo(ExampleForm.images(size, colours).shape());
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
    ExampleForm labelled = ExampleForm.images(28, 1, 10);
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

  /** {@code gan_cifar.py} of the authors: of the dense layer's 4096 values each is normalised. */
  @ParameterizedTest
  @CsvSource({"1, 1_562_753, 1_030_145", "3, 1_565_955, 1_033_345"})
  void wganGpAt32Pixels(int colours, String generatorSum, String criticSum) {
    long generator =
        (dense(128, 4 * 4 * 256) + norm(4 * 4 * 256))
            + (conv(5, 256, 128) + norm(128) + conv(5, 128, 64) + norm(64))
            + conv(5, 64, colours);
    long critic = conv(5, colours, 64) + conv(5, 64, 128) + conv(5, 128, 256) + dense(4096, 1);
    assertThat(generator).isEqualTo(number(generatorSum));
    assertThat(critic).isEqualTo(number(criticSum));
    assertCounts("dcgan", 32, colours, generator, critic);
  }

  /** {@code gan_64x64.py} of the authors, whose critic's normalisation is layer normalisation. */
  @ParameterizedTest
  @CsvSource({"1, 5_361_537, 4_313_345", "3, 5_364_739, 4_316_545"})
  void wganGpAt64Pixels(int colours, String generatorSum, String criticSum) {
    long generator =
        (dense(128, 4 * 4 * 512) + norm(512))
            + (conv(5, 512, 256) + norm(256))
            + (conv(5, 256, 128) + norm(128))
            + (conv(5, 128, 64) + norm(64))
            + conv(5, 64, colours);
    long critic =
        conv(5, colours, 64)
            + (conv(5, 64, 128) + norm(128))
            + (conv(5, 128, 256) + norm(256))
            + (conv(5, 256, 512) + norm(512))
            + dense(4 * 4 * 512, 1);
    assertThat(generator).isEqualTo(number(generatorSum));
    assertThat(critic).isEqualTo(number(criticSum));
    assertCounts("dcgan", 64, colours, generator, critic);
  }

  /** The first layer twice as wide as for 64, half the channels each stage, one stage more. */
  @ParameterizedTest
  @CsvSource({"1, 19_528_065, 17_431_809", "3, 19_531_267, 17_435_009"})
  void wganGpAt128Pixels(int colours, String generatorSum, String criticSum) {
    long generator =
        (dense(128, 4 * 4 * 1024) + norm(1024))
            + (conv(5, 1024, 512) + norm(512))
            + (conv(5, 512, 256) + norm(256))
            + (conv(5, 256, 128) + norm(128))
            + (conv(5, 128, 64) + norm(64))
            + conv(5, 64, colours);
    long critic =
        conv(5, colours, 64)
            + (conv(5, 64, 128) + norm(128))
            + (conv(5, 128, 256) + norm(256))
            + (conv(5, 256, 512) + norm(512))
            + (conv(5, 512, 1024) + norm(1024))
            + dense(4 * 4 * 1024, 1);
    assertThat(generator).isEqualTo(number(generatorSum));
    assertThat(critic).isEqualTo(number(criticSum));
    assertCounts("dcgan", 128, colours, generator, critic);
  }

  @Test
  void wganGpResNet64() {
    assertCounts("resnet", 64, 1, 8_539_329, 7_490_689);
  }

  /** One block more than for 64 in both networks, between 512 and 1024 channels. */
  @ParameterizedTest
  @CsvSource({"1, 17_202_369, 15_105_153", "3, 17_203_523, 15_106_305"})
  void wganGpResNet128(int colours, String generatorSum, String criticSum) {
    long generator =
        dense(128, 4 * 4 * 1024)
            + (up(1024, 512) + up(512, 512) + up(512, 256) + up(256, 128) + up(128, 64))
            + (norm(64) + conv(3, 64, colours));
    long critic =
        conv(3, colours, 64)
            + (down(64, 128) + down(128, 256) + down(256, 512) + down(512, 512) + down(512, 1024))
            + dense(4 * 4 * 1024, 1);
    assertThat(generator).isEqualTo(number(generatorSum));
    assertThat(critic).isEqualTo(number(criticSum));
    assertCounts("resnet", 128, colours, generator, critic);
  }

  private static void assertCounts(
      String architecture, int size, int colours, long generator, long critic) {
    Gan gan =
        Variants.named("wgan-gp")
            .gan(ExampleForm.images(size, colours), Map.of("arch", architecture));
    assertThat(gan.generator().parameterCount()).isEqualTo(generator);
    assertThat(gan.discriminator().parameterCount()).isEqualTo(critic);
  }

  private static long number(String underscored) {
    return Long.parseLong(underscored.replace("_", ""));
  }

  private static long dense(long in, long out) {
    return in * out + out;
  }

  private static long conv(long kernel, long in, long out) {
    return kernel * kernel * in * out + out;
  }

  /** A gain and a bias for each channel. */
  private static long norm(long channels) {
    return 2 * channels;
  }

  /** The first convolution changes the channels; it has no bias. */
  private static long up(long in, long out) {
    return norm(in) + 9 * in * out + norm(out) + conv(3, out, out) + conv(1, in, out);
  }

  /** The second convolution changes the channels; the first has no bias. */
  private static long down(long in, long out) {
    return norm(in) + 9 * in * in + norm(in) + conv(3, in, out) + conv(1, in, out);
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
    Gan large = Variants.named("sngan").gan(ExampleForm.images(64, 3), Map.of());
    assertThat(large.discriminator().parameterCount())
        .isEqualTo(2_765_568 - 2 * (128 + 256 + 512) + 64 + 128 + 256 + 512 + 1);
  }

  @Test
  void onPoints() {
    Gan gan = Variants.named("wgan-gp").gan(ExampleForm.points(2), Map.of());
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
