package org.samegan.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.samegan.core.Shape;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.data.PixelRange;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.Latent;
import org.samegan.core.layer.Activation;
import org.samegan.core.layer.AveragePool;
import org.samegan.core.layer.BatchNorm;
import org.samegan.core.layer.Conv2d;
import org.samegan.core.layer.Dense;
import org.samegan.core.layer.Initializer;
import org.samegan.core.layer.Layer;
import org.samegan.core.layer.LayerNorm;
import org.samegan.core.layer.Network;
import org.samegan.core.layer.Padding;
import org.samegan.core.layer.Reshape;
import org.samegan.core.layer.Residual;
import org.samegan.core.layer.Upsample;
import org.samegan.core.random.Distribution;

/**
 * The layers of {@code wgan-gp} with {@code arch=resnet}, one by one, from {@code GoodGenerator}
 * and {@code GoodDiscriminator} of the authors' {@code gan_64x64.py} (Gulrajani et al. 2017,
 * arXiv:1704.00028). Convolutions with {@code he_init} have twice Glorot's variance.
 */
class WganGpResidualLayersTest {
  private static final Layer RELU = new Activation.Relu();
  private static final Layer BATCH_NORM = new BatchNorm(0.9, 1e-5, new Initializer.Constant(1));
  private static final Layer LAYER_NORM = new LayerNorm(1e-5);
  private static final Initializer GLOROT = new Initializer.GlorotUniform();

  private static Gan gan(int size, int channels) {
    return Variants.named("wgan-gp")
        .gan(ExampleForm.images(size, channels), Map.of("arch", "resnet"));
  }

  private static Layer conv(int in, int out, boolean bias) {
    double deviation = Math.sqrt(4 / (9.0 * in + 9.0 * out));
    Initializer weights = new Initializer.Uniform(deviation * Math.sqrt(3));
    return new Conv2d(out, 3, 1, new Padding.Explicit(1), bias, weights);
  }

  private static Layer shortcut(int out) {
    return new Conv2d(out, 1, 1, new Padding.Explicit(0), true, GLOROT);
  }

  /** The image is enlarged before the first convolution, which changes the channels. */
  private static Layer up(int in, int out) {
    return new Residual(
        List.of(
            BATCH_NORM,
            RELU,
            new Upsample(2),
            conv(in, out, false),
            BATCH_NORM,
            RELU,
            conv(out, out, true)),
        List.of(new Upsample(2), shortcut(out)));
  }

  /** The mean is taken after the second convolution, which changes the channels. */
  private static Layer down(int in, int out) {
    return new Residual(
        List.of(
            LAYER_NORM,
            RELU,
            conv(in, in, false),
            LAYER_NORM,
            RELU,
            conv(in, out, true),
            new AveragePool(2)),
        List.of(new AveragePool(2), shortcut(out)));
  }

  @Test
  void at64Pixels() {
    Gan gan = gan(64, 3);
    assertThat(gan.latent())
        .isEqualTo(new Latent(List.of(new Latent.Noise(128, new Distribution.Normal(0, 1)))));
    assertThat(gan.generator())
        .isEqualTo(
            Network.of(
                Shape.of(128),
                new Dense(8192, true, GLOROT),
                new Reshape(Shape.of(4, 4, 512)),
                up(512, 512),
                up(512, 256),
                up(256, 128),
                up(128, 64),
                BATCH_NORM,
                RELU,
                conv(64, 3, true),
                new Activation.Tanh()));
    assertThat(gan.discriminator())
        .isEqualTo(
            Network.of(
                Shape.of(64, 64, 3),
                new Conv2d(64, 3, 1, new Padding.Explicit(1), true, GLOROT),
                down(64, 128),
                down(128, 256),
                down(256, 512),
                down(512, 512),
                new Reshape(Shape.of(8192)),
                new Dense(1, true, GLOROT)));
    assertThat(gan.pixelRange()).isEqualTo(PixelRange.SIGNED_UNIT);
  }

  /** 7x7 twice doubled: as deep as 28 pixels allow. */
  @Test
  void at28Pixels() {
    Gan gan = gan(28, 1);
    assertThat(gan.generator().layers())
        .containsExactly(
            new Dense(7 * 7 * 128, true, GLOROT),
            new Reshape(Shape.of(7, 7, 128)),
            up(128, 128),
            up(128, 64),
            BATCH_NORM,
            RELU,
            conv(64, 1, true),
            new Activation.Tanh());
    assertThat(gan.discriminator().layers())
        .containsExactly(
            new Conv2d(64, 3, 1, new Padding.Explicit(1), true, GLOROT),
            down(64, 128),
            down(128, 128),
            new Reshape(Shape.of(7 * 7 * 128)),
            new Dense(1, true, GLOROT));
  }

  /** One block more than at 64 pixels, from a first layer twice as wide. */
  @Test
  void at128Pixels() {
    Gan gan = gan(128, 1);
    assertThat(gan.generator().layers().subList(0, 7))
        .containsExactly(
            new Dense(16384, true, GLOROT),
            new Reshape(Shape.of(4, 4, 1024)),
            up(1024, 512),
            up(512, 512),
            up(512, 256),
            up(256, 128),
            up(128, 64));
    assertThat(gan.discriminator().layers().subList(1, 6))
        .containsExactly(
            down(64, 128), down(128, 256), down(256, 512), down(512, 512), down(512, 1024));
  }
}
