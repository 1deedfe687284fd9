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
import org.samegan.core.layer.Dense;
import org.samegan.core.layer.Dropout;
import org.samegan.core.layer.Initializer;
import org.samegan.core.layer.Layer;
import org.samegan.core.layer.Maxout;
import org.samegan.core.layer.Network;
import org.samegan.core.layer.Reshape;
import org.samegan.core.random.Distribution;

/**
 * The layers of {@code gan}, one by one: those of the authors' {@code mnist.yaml} (Goodfellow et
 * al. 2014, arXiv:1406.2661), and the plain alternative's.
 */
class OriginalGanLayersTest {
  private static final Layer RELU = new Activation.Relu();

  private static Gan gan(Map<String, String> settings) {
    return Variants.named("gan").gan(ExampleForm.images(28, 1), settings);
  }

  @Test
  void authorsGenerator() {
    Initializer weights = new Initializer.HeNormal();
    assertThat(gan(Map.of()).generator())
        .isEqualTo(
            Network.of(
                Shape.of(100),
                new Dense(1200, true, weights),
                RELU,
                new Dense(1200, true, weights),
                RELU,
                new Dense(784, true, weights),
                new Activation.Sigmoid(),
                new Reshape(Shape.of(28, 28, 1))));
    assertThat(gan(Map.of()).latent())
        .isEqualTo(new Latent(List.of(new Latent.Noise(100, new Distribution.Normal(0, 1)))));
    assertThat(gan(Map.of()).pixelRange()).isEqualTo(PixelRange.UNIT);
  }

  @Test
  void authorsDiscriminator() {
    Initializer weights = new Initializer.Uniform(0.005);
    assertThat(gan(Map.of()).discriminator())
        .isEqualTo(
            Network.of(
                Shape.of(28, 28, 1),
                new Reshape(Shape.of(784)),
                new Dropout(0.8),
                new Maxout(240, 5, weights),
                new Dropout(0.5),
                new Maxout(240, 5, weights),
                new Dropout(0.5),
                new Dense(1, true, weights)));
    assertThat(gan(Map.of()).recognition()).isNull();
  }

  @Test
  void plainPerceptrons() {
    Initializer he = new Initializer.HeNormal();
    Layer leaky = new Activation.LeakyRelu(0.2);
    Gan gan = gan(Map.of("arch", "mlp"));

    assertThat(gan.generator())
        .isEqualTo(
            Network.of(
                Shape.of(100),
                new Dense(256, true, he),
                RELU,
                new Dense(512, true, he),
                RELU,
                new Dense(784, true, new Initializer.GlorotUniform()),
                new Activation.Tanh(),
                new Reshape(Shape.of(28, 28, 1))));
    assertThat(gan.discriminator())
        .isEqualTo(
            Network.of(
                Shape.of(28, 28, 1),
                new Reshape(Shape.of(784)),
                new Dense(512, true, he),
                leaky,
                new Dense(256, true, he),
                leaky,
                new Dense(1, true, new Initializer.GlorotUniform())));
    assertThat(gan.latent())
        .isEqualTo(new Latent(List.of(new Latent.Noise(100, new Distribution.Normal(0, 1)))));
    assertThat(gan.pixelRange()).isEqualTo(PixelRange.SIGNED_UNIT);
  }
}
