package org.samegan.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.samegan.core.Shape;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.Latent;
import org.samegan.core.layer.Activation;
import org.samegan.core.layer.Dense;
import org.samegan.core.layer.Initializer;
import org.samegan.core.layer.Layer;
import org.samegan.core.layer.Network;
import org.samegan.core.random.Distribution;

/**
 * The layers for points of every variant that makes them: those of {@code gan_toy.py} (Gulrajani et
 * al. 2017, arXiv:1704.00028), whose hidden weights have He's deviation and whose last have
 * Glorot's.
 */
class PointLayersTest {
  private static final Initializer HE = new Initializer.HeNormal();
  private static final Layer RELU = new Activation.Relu();

  private static Network perceptron(int outputs) {
    return Network.of(
        Shape.of(2),
        new Dense(512, true, HE),
        RELU,
        new Dense(512, true, HE),
        RELU,
        new Dense(512, true, HE),
        RELU,
        new Dense(outputs, true, new Initializer.GlorotUniform()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gan", "lsgan", "wgan", "wgan-gp", "wgan-lp", "dragan", "r3gan"})
  void areThoseOfTheAuthorsScript(String variant) {
    Gan gan = Variants.named(variant).gan(ExampleForm.points(2), Map.of());

    assertThat(gan.latent())
        .isEqualTo(new Latent(List.of(new Latent.Noise(2, new Distribution.Normal(0, 1)))));
    assertThat(gan.generator()).isEqualTo(perceptron(2));
    assertThat(gan.discriminator()).isEqualTo(perceptron(1));
    assertThat(gan.recognition()).isNull();
    assertThat(gan.pixelRange()).isNull();
  }
}
