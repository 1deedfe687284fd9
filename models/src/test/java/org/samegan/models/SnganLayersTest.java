package org.samegan.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.samegan.core.Shape;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.data.PixelRange;
import org.samegan.core.gan.Gan;
import org.samegan.core.layer.Activation;
import org.samegan.core.layer.Conv2d;
import org.samegan.core.layer.Dense;
import org.samegan.core.layer.Initializer;
import org.samegan.core.layer.Layer;
import org.samegan.core.layer.Padding;
import org.samegan.core.layer.Reshape;
import org.samegan.core.layer.SpectralNorm;

/**
 * The layers of {@code sngan}: the discriminator's every weight is spectrally normalised, the last
 * one's too (Miyato et al. 2018, arXiv:1802.05957, table 3), and nothing else is.
 */
class SnganLayersTest {
  private static final Initializer WEIGHTS = new Initializer.Normal(0, 0.02);
  private static final Layer LEAKY = new Activation.LeakyRelu(0.2);

  private static Layer down(int channels) {
    return new SpectralNorm(new Conv2d(channels, 4, 2, new Padding.Explicit(1), true, WEIGHTS));
  }

  private static Gan gan(String variant, int size, int channels) {
    return Variants.named(variant).gan(ExampleForm.images(size, channels), Map.of());
  }

  @Test
  void generatorAndLatentAreDcgans() {
    for (int size : new int[] {28, 32, 64, 128}) {
      assertThat(gan("sngan", size, 3).generator()).isEqualTo(gan("dcgan", size, 3).generator());
      assertThat(gan("sngan", size, 3).latent()).isEqualTo(gan("dcgan", size, 3).latent());
      assertThat(gan("sngan", size, 3).pixelRange()).isEqualTo(PixelRange.SIGNED_UNIT);
    }
  }

  @Test
  void discriminatorAt28Pixels() {
    assertThat(gan("sngan", 28, 1).discriminator().layers())
        .containsExactly(
            down(64),
            LEAKY,
            down(128),
            LEAKY,
            new Reshape(Shape.of(7 * 7 * 128)),
            new SpectralNorm(new Dense(1, true, WEIGHTS)));
  }

  @Test
  void discriminatorAt64Pixels() {
    assertThat(gan("sngan", 64, 3).discriminator().layers())
        .containsExactly(
            down(64),
            LEAKY,
            down(128),
            LEAKY,
            down(256),
            LEAKY,
            down(512),
            LEAKY,
            new SpectralNorm(new Conv2d(1, 4, 1, new Padding.Explicit(0), true, WEIGHTS)),
            new Reshape(Shape.of(1)));
  }
}
