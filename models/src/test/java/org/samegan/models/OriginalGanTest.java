package org.samegan.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.samegan.core.Shape;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.data.PixelRange;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.Latent;
import org.samegan.core.layer.Activation;
import org.samegan.core.layer.Dropout;
import org.samegan.core.layer.Layer;
import org.samegan.core.layer.Maxout;
import org.samegan.core.objective.Objective;
import org.samegan.core.optimizer.Adam;
import org.samegan.core.optimizer.RmsProp;
import org.samegan.core.optimizer.Sgd;

class OriginalGanTest {
  private static final ExampleForm MNIST = ExampleForm.images(28, 1);

  private static Gan gan(Map<String, ?> settings) {
    return new OriginalGan().gan(MNIST, settings);
  }

  @Test
  void hasTheParametersOfTheAuthorsMnistNetworks() {
    assertThat(gan(Map.of()).generator().parameterCount()).isEqualTo(2_503_984);
    assertThat(gan(Map.of()).discriminator().parameterCount()).isEqualTo(1_231_441);
  }

  @Test
  void discriminatorIsMaxoutWithDropout() {
    List<Layer> layers = gan(Map.of()).discriminator().layers();

    assertThat(layers)
        .filteredOn(Maxout.class::isInstance)
        .extracting(layer -> ((Maxout) layer).units() + "x" + ((Maxout) layer).pieces())
        .containsExactly("240x5", "240x5");
    assertThat(layers)
        .filteredOn(Dropout.class::isInstance)
        .containsExactly(new Dropout(0.8), new Dropout(0.5), new Dropout(0.5));
  }

  @Test
  void generatorGoesFromNormalLatentsToSigmoidPixels() {
    Gan gan = gan(Map.of());

    assertThat(gan.latent()).isEqualTo(Latent.normal(100));
    assertThat(gan.generator().layers())
        .filteredOn(Activation.class::isInstance)
        .containsExactly(new Activation.Relu(), new Activation.Relu(), new Activation.Sigmoid());
    assertThat(gan.pixelRange()).isEqualTo(PixelRange.UNIT);
  }

  @Test
  void thePlainMlpHasTanhPixelsAndNoDropout() {
    Gan gan = gan(Map.of("arch", "mlp"));

    long generator = (100 * 256 + 256) + (256 * 512 + 512) + (512 * 784 + 784);
    long discriminator = (784 * 512 + 512) + (512 * 256 + 256) + (256 + 1);
    assertThat(gan.generator().parameterCount()).isEqualTo(generator);
    assertThat(gan.discriminator().parameterCount()).isEqualTo(discriminator);
    assertThat(gan.latent()).isEqualTo(Latent.normal(100));
    assertThat(gan.generator().layers()).contains(new Activation.Tanh());
    assertThat(gan.discriminator().layers()).noneMatch(Dropout.class::isInstance);
    assertThat(gan.pixelRange()).isEqualTo(PixelRange.SIGNED_UNIT);
  }

  @Test
  void takesImagesOfAnySize() {
    for (int size : new int[] {1, 17, 100}) {
      Gan gan = new OriginalGan().gan(ExampleForm.images(size, 3), Map.of());

      assertThat(gan.exampleShape()).isEqualTo(Shape.of(size, size, 3));
    }
  }

  @Test
  void isTrainedByAdamUnlessToldOtherwise() {
    assertThat(gan(Map.of()).recipe().generatorOptimizer()).isEqualTo(new Adam(1e-4, 0, 0.999));
    assertThat(gan(Map.of("optimizer", "sgd", "momentum", 0.7)).recipe().generatorOptimizer())
        .isEqualTo(new Sgd(1e-4, 0.7));
    assertThat(gan(Map.of("optimizer", "rmsprop", "decay", 0.9)).recipe().generatorOptimizer())
        .isEqualTo(new RmsProp(1e-4, 0.9, 1e-8));
  }

  @Test
  void theTwoNetworksMayHaveRatesOfTheirOwn() {
    Gan gan =
        gan(Map.of("generator.learning-rate", "1e-3", "discriminator.learning-rate", "0.002"));

    assertThat(gan.recipe().generatorOptimizer().learningRate().at(0)).isEqualTo(1e-3);
    assertThat(gan.recipe().discriminatorOptimizer().learningRate().at(0)).isEqualTo(2e-3);
  }

  @Test
  void generatorsLossCanBeTheOriginalOne() {
    assertThat(gan(Map.of()).recipe().objective()).isEqualTo(new Objective.NonSaturating());
    assertThat(gan(Map.of("generator.loss", "saturating")).recipe().objective())
        .isEqualTo(new Objective.Saturating());
  }

  @Test
  void refusesAnUnknownArchitecture() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> gan(Map.of("arch", "cnn")))
        .withMessageContainingAll("arch", "one of maxout, mlp", "'cnn'");
  }
}
