package org.samegan.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.samegan.core.Shape;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.data.PixelRange;
import org.samegan.core.gan.Gan;
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

/**
 * The layers of Chen et al. 2016 (arXiv:1606.03657), appendix C.1, table 1, one by one; weights
 * N(0, 0.02²) as in the authors' code.
 */
class InfoGanLayersTest {
  private static final Initializer WEIGHTS = new Initializer.Normal(0, 0.02);
  private static final Layer NORM = new BatchNorm(0.9, 1e-5, new Initializer.Constant(1));
  private static final Layer RELU = new Activation.Relu();
  private static final Layer LEAKY = new Activation.LeakyRelu(0.1);

  private static final Gan GAN = Variants.named("infogan").gan(ExampleForm.images(28, 1), Map.of());

  @Test
  void generatorFromNoiseAndCodes() {
    assertThat(GAN.generator())
        .isEqualTo(
            Network.of(
                Shape.of(62 + 10 + 2),
                new Dense(1024, true, WEIGHTS),
                NORM,
                RELU,
                new Dense(7 * 7 * 128, true, WEIGHTS),
                NORM,
                RELU,
                new Reshape(Shape.of(7, 7, 128)),
                new ConvTranspose2d(64, 4, 2, new Padding.Explicit(1), true, WEIGHTS),
                NORM,
                RELU,
                new ConvTranspose2d(1, 4, 2, new Padding.Explicit(1), true, WEIGHTS),
                new Activation.Sigmoid()));
    assertThat(GAN.pixelRange()).isEqualTo(PixelRange.UNIT);
  }

  @Test
  void discriminator() {
    assertThat(GAN.discriminator())
        .isEqualTo(
            Network.of(
                Shape.of(28, 28, 1),
                new Conv2d(64, 4, 2, new Padding.Explicit(1), true, WEIGHTS),
                LEAKY,
                new Conv2d(128, 4, 2, new Padding.Explicit(1), true, WEIGHTS),
                NORM,
                LEAKY,
                new Reshape(Shape.of(7 * 7 * 128)),
                new Dense(1024, true, WEIGHTS),
                NORM,
                LEAKY,
                new Dense(1, true, WEIGHTS)));
  }

  /** "All share convolutional layers and there is one final fully connected layer" (appendix C). */
  @Test
  void recognitionSharesAllButTheLastLayer() {
    Network network =
        Network.of(
            Shape.of(1024),
            new Dense(128, true, WEIGHTS),
            NORM,
            LEAKY,
            // Ten logits, and a mean and a deviation for each of two codes.
            new Dense(14, true, WEIGHTS));
    assertThat(GAN.recognition()).isEqualTo(new Recognition(9, network, 1, 0.1));
  }
}
