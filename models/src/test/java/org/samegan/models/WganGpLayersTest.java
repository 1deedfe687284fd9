package org.samegan.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.samegan.core.Shape;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.data.PixelRange;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.Latent;
import org.samegan.core.layer.Activation;
import org.samegan.core.layer.BatchNorm;
import org.samegan.core.layer.Conv2d;
import org.samegan.core.layer.ConvTranspose2d;
import org.samegan.core.layer.Crop;
import org.samegan.core.layer.Dense;
import org.samegan.core.layer.Initializer;
import org.samegan.core.layer.Layer;
import org.samegan.core.layer.LayerNorm;
import org.samegan.core.layer.Network;
import org.samegan.core.layer.Padding;
import org.samegan.core.layer.Reshape;
import org.samegan.core.random.Distribution;

/**
 * The layers of {@code wgan-gp} and {@code wgan-lp}, one by one, from the authors' scripts
 * (Gulrajani et al. 2017, arXiv:1704.00028; github.com/igul222/improved_wgan_training).
 */
class WganGpLayersTest {
  private static final Layer RELU = new Activation.Relu();
  private static final Layer LEAKY = new Activation.LeakyRelu(0.2);
  private static final Layer BATCH_NORM = new BatchNorm(0.9, 1e-5, new Initializer.Constant(1));
  private static final Layer LAYER_NORM = new LayerNorm(1e-5);
  private static final Initializer GLOROT = new Initializer.GlorotUniform();
  private static final Initializer SMALL = deviation(0.02);

  private static Gan gan(String variant, int size, int channels, Map<String, String> settings) {
    return Variants.named(variant).gan(ExampleForm.images(size, channels), settings);
  }

  private static Layer conv(int channels, Initializer weights) {
    return new Conv2d(channels, 5, 2, new Padding.Same(), true, weights);
  }

  private static Layer deconv(int channels, Initializer weights) {
    return new ConvTranspose2d(channels, 5, 2, new Padding.Same(), true, weights);
  }

  private static Initializer deviation(double deviation) {
    return new Initializer.Uniform(deviation * Math.sqrt(3));
  }

  /** The authors' {@code he_init}, with fans that know the stride. */
  private static Initializer fans(double in, double out) {
    return deviation(Math.sqrt(4 / (in + out)));
  }

  /** {@code gan_mnist.py}. */
  @ParameterizedTest
  @ValueSource(strings = {"wgan-gp", "wgan-lp"})
  void at28Pixels(String variant) {
    Gan gan = gan(variant, 28, 1, Map.of());

    assertThat(gan.latent())
        .isEqualTo(new Latent(List.of(new Latent.Noise(128, new Distribution.Normal(0, 1)))));
    assertThat(gan.generator())
        .isEqualTo(
            Network.of(
                Shape.of(128),
                new Dense(4096, true, GLOROT),
                new Reshape(Shape.of(4, 4, 256)),
                RELU,
                deconv(128, fans(1600, 3200)),
                new Crop(7, 7),
                RELU,
                deconv(64, fans(800, 1600)),
                RELU,
                deconv(1, fans(400, 25)),
                new Activation.Sigmoid()));
    assertThat(gan.discriminator())
        .isEqualTo(
            Network.of(
                Shape.of(28, 28, 1),
                conv(64, fans(25, 400)),
                LEAKY,
                conv(128, fans(1600, 800)),
                LEAKY,
                conv(256, fans(3200, 1600)),
                LEAKY,
                new Reshape(Shape.of(4096)),
                new Dense(1, true, GLOROT)));
    assertThat(gan.recognition()).isNull();
    assertThat(gan.pixelRange()).isEqualTo(PixelRange.UNIT);
  }

  /** {@code gan_cifar.py}; its first normalisation is of the dense layer's values. */
  @ParameterizedTest
  @ValueSource(strings = {"wgan-gp", "wgan-lp"})
  void at32Pixels(String variant) {
    Gan gan = gan(variant, 32, 3, Map.of());

    assertThat(gan.generator())
        .isEqualTo(
            Network.of(
                Shape.of(128),
                new Dense(4096, true, GLOROT),
                BATCH_NORM,
                new Reshape(Shape.of(4, 4, 256)),
                RELU,
                deconv(128, fans(1600, 3200)),
                BATCH_NORM,
                RELU,
                deconv(64, fans(800, 1600)),
                BATCH_NORM,
                RELU,
                deconv(3, fans(400, 75)),
                new Activation.Tanh()));
    assertThat(gan.discriminator())
        .isEqualTo(
            Network.of(
                Shape.of(32, 32, 3),
                conv(64, fans(75, 400)),
                LEAKY,
                conv(128, fans(1600, 800)),
                LEAKY,
                conv(256, fans(3200, 1600)),
                LEAKY,
                new Reshape(Shape.of(4096)),
                new Dense(1, true, GLOROT)));
    assertThat(gan.pixelRange()).isEqualTo(PixelRange.SIGNED_UNIT);
  }

  /** {@code DCGANGenerator} and {@code DCGANDiscriminator} of {@code gan_64x64.py}. */
  @ParameterizedTest
  @ValueSource(strings = {"wgan-gp", "wgan-lp"})
  void at64Pixels(String variant) {
    Gan gan = gan(variant, 64, 3, Map.of());

    assertThat(gan.latent())
        .isEqualTo(new Latent(List.of(new Latent.Noise(128, new Distribution.Normal(0, 1)))));
    assertThat(gan.generator())
        .isEqualTo(
            Network.of(
                Shape.of(128),
                new Dense(8192, true, SMALL),
                new Reshape(Shape.of(4, 4, 512)),
                BATCH_NORM,
                RELU,
                deconv(256, SMALL),
                BATCH_NORM,
                RELU,
                deconv(128, SMALL),
                BATCH_NORM,
                RELU,
                deconv(64, SMALL),
                BATCH_NORM,
                RELU,
                deconv(3, SMALL),
                new Activation.Tanh()));
    assertThat(gan.discriminator())
        .isEqualTo(
            Network.of(
                Shape.of(64, 64, 3),
                conv(64, SMALL),
                LEAKY,
                conv(128, SMALL),
                LAYER_NORM,
                LEAKY,
                conv(256, SMALL),
                LAYER_NORM,
                LEAKY,
                conv(512, SMALL),
                LAYER_NORM,
                LEAKY,
                new Reshape(Shape.of(8192)),
                new Dense(1, true, SMALL)));
    assertThat(gan.recognition()).isNull();
    assertThat(gan.pixelRange()).isEqualTo(PixelRange.SIGNED_UNIT);
  }

  /** Those of 64 pixels with one stage more. */
  @ParameterizedTest
  @ValueSource(strings = {"wgan-gp", "wgan-lp"})
  void at128Pixels(String variant) {
    Gan gan = gan(variant, 128, 1, Map.of());

    assertThat(gan.generator())
        .isEqualTo(
            Network.of(
                Shape.of(128),
                new Dense(16384, true, SMALL),
                new Reshape(Shape.of(4, 4, 1024)),
                BATCH_NORM,
                RELU,
                deconv(512, SMALL),
                BATCH_NORM,
                RELU,
                deconv(256, SMALL),
                BATCH_NORM,
                RELU,
                deconv(128, SMALL),
                BATCH_NORM,
                RELU,
                deconv(64, SMALL),
                BATCH_NORM,
                RELU,
                deconv(1, SMALL),
                new Activation.Tanh()));
    assertThat(gan.discriminator())
        .isEqualTo(
            Network.of(
                Shape.of(128, 128, 1),
                conv(64, SMALL),
                LEAKY,
                conv(128, SMALL),
                LAYER_NORM,
                LEAKY,
                conv(256, SMALL),
                LAYER_NORM,
                LEAKY,
                conv(512, SMALL),
                LAYER_NORM,
                LEAKY,
                conv(1024, SMALL),
                LAYER_NORM,
                LEAKY,
                new Reshape(Shape.of(16384)),
                new Dense(1, true, SMALL)));
    assertThat(gan.pixelRange()).isEqualTo(PixelRange.SIGNED_UNIT);
  }

  @Test
  void theGeneratorsNormalisationCanBeChosen() {
    Map<String, String> none = Map.of("generator.norm", "none");
    Map<String, String> batch = Map.of("generator.norm", "batch");
    for (int size : new int[] {28, 32, 64, 128}) {
      assertThat(gan("wgan-gp", size, 1, none).generator().layers())
          .noneMatch(BatchNorm.class::isInstance);
      assertThat(gan("wgan-gp", size, 1, batch).generator().layers()).contains(BATCH_NORM);
      assertThat(gan("wgan-gp", size, 1, Map.of()))
          .isEqualTo(gan("wgan-gp", size, 1, size == 28 ? none : batch));
    }
  }
}
