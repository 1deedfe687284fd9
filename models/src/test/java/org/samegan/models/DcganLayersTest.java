package org.samegan.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.samegan.core.Shape;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.data.PixelRange;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.Latent;
import org.samegan.core.gan.Recognition;
import org.samegan.core.layer.Activation;
import org.samegan.core.layer.BatchNorm;
import org.samegan.core.layer.Conv2d;
import org.samegan.core.layer.ConvTranspose2d;
import org.samegan.core.layer.Dense;
import org.samegan.core.layer.Initializer;
import org.samegan.core.layer.Layer;
import org.samegan.core.layer.Network;
import org.samegan.core.layer.Padding;
import org.samegan.core.layer.Reshape;
import org.samegan.core.random.Distribution;

/**
 * The layers of Radford et al. 2016 (arXiv:1511.06434), one by one: weights N(0, 0.02²), slope 0.2
 * (section 4), no biases before a batch normalisation and gains N(1, 0.02²) as in the authors'
 * code; momentum and epsilon as in PyTorch's. And which variants have them.
 */
class DcganLayersTest {
  private static final Initializer WEIGHTS = new Initializer.Normal(0, 0.02);
  private static final Layer NORM = new BatchNorm(0.9, 1e-5, new Initializer.Normal(1, 0.02));
  private static final Layer RELU = new Activation.Relu();
  private static final Layer LEAKY = new Activation.LeakyRelu(0.2);
  private static final PixelRange SIGNED = PixelRange.SIGNED_UNIT;

  private static final List<Layer> GENERATOR_28 =
      List.of(
          new Dense(7 * 7 * 128, true, WEIGHTS),
          NORM,
          RELU,
          new Reshape(Shape.of(7, 7, 128)),
          up(64),
          NORM,
          RELU,
          up(1),
          new Activation.Tanh());

  private static final List<Layer> NORMALISED_28 =
      List.of(
          down(64),
          LEAKY,
          down(128),
          NORM,
          LEAKY,
          new Reshape(Shape.of(7 * 7 * 128)),
          new Dense(1, true, WEIGHTS));

  private static final List<Layer> PLAIN_28 =
      List.of(
          down(64),
          LEAKY,
          down(128),
          LEAKY,
          new Reshape(Shape.of(7 * 7 * 128)),
          new Dense(1, true, WEIGHTS));

  /** Kernel 4, stride 2, padding 1, no bias. */
  private static Layer up(int channels) {
    return new ConvTranspose2d(channels, 4, 2, new Padding.Explicit(1), false, WEIGHTS);
  }

  /** Kernel 4, stride 2, padding 1, no bias. */
  private static Layer down(int channels) {
    return new Conv2d(channels, 4, 2, new Padding.Explicit(1), false, WEIGHTS);
  }

  private static Layer last() {
    return new Conv2d(1, 4, 1, new Padding.Explicit(0), false, WEIGHTS);
  }

  private static Layer first(int channels) {
    return new ConvTranspose2d(channels, 4, 1, new Padding.Explicit(0), false, WEIGHTS);
  }

  private static Gan gan(String variant, int size, int channels) {
    return Variants.named(variant).gan(ExampleForm.images(size, channels, 10), Map.of());
  }

  /** As is usual for MNIST, for which the paper has no network of 28 pixels. */
  @ParameterizedTest
  @ValueSource(strings = {"dcgan", "lsgan", "wgan"})
  void normalisedDiscriminatorsAt28Pixels(String variant) {
    Gan gan = gan(variant, 28, 1);

    assertThat(gan.latent()).isEqualTo(normal(100));
    assertThat(gan.generator()).isEqualTo(new Network(Shape.of(100), GENERATOR_28));
    assertThat(gan.discriminator()).isEqualTo(new Network(Shape.of(28, 28, 1), NORMALISED_28));
    assertThat(gan.recognition()).isNull();
    assertThat(gan.pixelRange()).isEqualTo(SIGNED);
  }

  /** A penalty is for each example by itself, so nothing may mix the batch. */
  @ParameterizedTest
  @ValueSource(strings = {"dragan", "r3gan"})
  void penalisedDiscriminatorsAt28Pixels(String variant) {
    Gan gan = gan(variant, 28, 1);

    assertThat(gan.latent()).isEqualTo(normal(100));
    assertThat(gan.generator()).isEqualTo(new Network(Shape.of(100), GENERATOR_28));
    assertThat(gan.discriminator()).isEqualTo(new Network(Shape.of(28, 28, 1), PLAIN_28));
    assertThat(gan.recognition()).isNull();
    assertThat(gan.pixelRange()).isEqualTo(SIGNED);
  }

  /** Mirza and Osindero 2014 (arXiv:1411.1784): both networks are given the label. */
  @Test
  void cganGivesTheLabelToBoth() {
    Gan gan = gan("cgan", 28, 1);

    assertThat(gan.latent()).isEqualTo(normalWithLabel());
    assertThat(gan.generator()).isEqualTo(new Network(Shape.of(110), GENERATOR_28));
    assertThat(gan.discriminator()).isEqualTo(new Network(Shape.of(28, 28, 11), NORMALISED_28));
    assertThat(gan.recognition()).isNull();
    assertThat(gan.pixelRange()).isEqualTo(SIGNED);
  }

  /** Odena et al. 2017 (arXiv:1610.09585): classes are told from all features, as the source is. */
  @Test
  void acgansClassifierSharesAllButTheLastProduct() {
    Gan gan = gan("acgan", 28, 1);

    assertThat(gan.latent()).isEqualTo(normalWithLabel());
    assertThat(gan.generator()).isEqualTo(new Network(Shape.of(110), GENERATOR_28));
    assertThat(gan.discriminator()).isEqualTo(new Network(Shape.of(28, 28, 1), NORMALISED_28));
    assertThat(gan.recognition()).isEqualTo(classifier(5, Shape.of(7, 7, 128)));
    assertThat(gan("acgan", 64, 3).recognition()).isEqualTo(classifier(11, Shape.of(4, 4, 512)));
    assertThat(gan.pixelRange()).isEqualTo(SIGNED);
  }

  private static Recognition classifier(int sharedLayers, Shape features) {
    Layer flat = new Reshape(Shape.of(features.elements()));
    Network network = new Network(features, List.of(flat, new Dense(10, true, WEIGHTS)));
    return new Recognition(sharedLayers, network, 1, 0);
  }

  private static Latent normal(int size) {
    return new Latent(List.of(new Latent.Noise(size, new Distribution.Normal(0, 1))));
  }

  private static Latent normalWithLabel() {
    return new Latent(
        List.of(new Latent.Noise(100, new Distribution.Normal(0, 1)), new Latent.Label(10)));
  }

  @Test
  void at32Pixels() {
    assertThat(gan("dcgan", 32, 3).generator().layers())
        .containsExactly(
            new Reshape(Shape.of(1, 1, 100)),
            first(256),
            NORM,
            RELU,
            up(128),
            NORM,
            RELU,
            up(64),
            NORM,
            RELU,
            up(3),
            new Activation.Tanh());
    assertThat(gan("dcgan", 32, 3).discriminator().layers())
        .containsExactly(
            down(64),
            LEAKY,
            down(128),
            NORM,
            LEAKY,
            down(256),
            NORM,
            LEAKY,
            last(),
            new Reshape(Shape.of(1)));
  }

  /** Figure 1 of the paper, and the authors' code. */
  @Test
  void at64Pixels() {
    assertThat(gan("dcgan", 64, 3).generator().layers())
        .containsExactly(
            new Reshape(Shape.of(1, 1, 100)),
            first(512),
            NORM,
            RELU,
            up(256),
            NORM,
            RELU,
            up(128),
            NORM,
            RELU,
            up(64),
            NORM,
            RELU,
            up(3),
            new Activation.Tanh());
    assertThat(gan("dcgan", 64, 3).discriminator().layers())
        .containsExactly(
            down(64),
            LEAKY,
            down(128),
            NORM,
            LEAKY,
            down(256),
            NORM,
            LEAKY,
            down(512),
            NORM,
            LEAKY,
            last(),
            new Reshape(Shape.of(1)));
  }

  /** 64 pixels with one stage more, from twice the channels. */
  @Test
  void at128Pixels() {
    assertThat(gan("dcgan", 128, 3).generator().layers())
        .containsExactly(
            new Reshape(Shape.of(1, 1, 100)),
            first(1024),
            NORM,
            RELU,
            up(512),
            NORM,
            RELU,
            up(256),
            NORM,
            RELU,
            up(128),
            NORM,
            RELU,
            up(64),
            NORM,
            RELU,
            up(3),
            new Activation.Tanh());
    assertThat(gan("dragan", 128, 3).discriminator().layers())
        .containsExactly(
            down(64),
            LEAKY,
            down(128),
            LEAKY,
            down(256),
            LEAKY,
            down(512),
            LEAKY,
            down(1024),
            LEAKY,
            last(),
            new Reshape(Shape.of(1)));
  }

  /** Of each variant the layers stand in a test like this one. */
  @Test
  void noVariantIsForgotten() {
    List<String> here = List.of("dcgan", "lsgan", "wgan", "dragan", "r3gan", "cgan", "acgan");
    List<String> elsewhere = List.of("gan", "infogan", "ssinfogan", "sngan", "wgan-gp", "wgan-lp");
    assertThat(Variants.all().stream().map(Variant::name))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(here.stream(), elsewhere.stream()).toList());
  }
}
