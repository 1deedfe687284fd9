package org.samegan.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
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
import org.samegan.core.layer.Dense;
import org.samegan.core.layer.Initializer;
import org.samegan.core.layer.Layer;
import org.samegan.core.layer.Network;
import org.samegan.core.layer.Padding;
import org.samegan.core.layer.Reshape;
import org.samegan.core.objective.Objective;
import org.samegan.core.optimizer.Adam;

/** The rules of Radford et al. 2016, section 3, and the sizes of the networks. */
class DcganTest {
  private static final Initializer WEIGHTS = new Initializer.Normal(0, 0.02);

  private static Gan gan(int size, int channels) {
    return new Dcgan().gan(ExampleForm.images(size, channels), Map.of());
  }

  @Test
  void hasTheParametersOfTheOriginalAt64Pixels() {
    assertThat(gan(64, 3).generator().parameterCount()).isEqualTo(3_576_704);
    assertThat(gan(64, 3).discriminator().parameterCount()).isEqualTo(2_765_568);
  }

  @Test
  void hasTheParametersOfTheUsualOneForMnistAt28Pixels() {
    long generator = (100 * 6272 + 6272) + 2 * 6272 + 4 * 4 * 128 * 64 + 2 * 64 + 4 * 4 * 64;
    long discriminator = 4 * 4 * 64 + 4 * 4 * 64 * 128 + 2 * 128 + (6272 + 1);

    assertThat(gan(28, 1).generator().parameterCount()).isEqualTo(generator).isEqualTo(778_240);
    assertThat(gan(28, 1).discriminator().parameterCount())
        .isEqualTo(discriminator)
        .isEqualTo(138_625);
  }

  @Test
  void doublesFrom4x4WithHalfTheChannelsEachTime() {
    assertThat(images(gan(128, 3).generator()))
        .containsExactly("4x4x1024", "8x8x512", "16x16x256", "32x32x128", "64x64x64", "128x128x3");
    assertThat(images(gan(64, 1).generator()))
        .containsExactly("4x4x512", "8x8x256", "16x16x128", "32x32x64", "64x64x1");
    assertThat(images(gan(32, 3).generator()))
        .containsExactly("4x4x256", "8x8x128", "16x16x64", "32x32x3");
    assertThat(images(gan(64, 3).discriminator()))
        .containsExactly("32x32x64", "16x16x128", "8x8x256", "4x4x512", "1x1x1");
  }

  /** The shapes after convolutions of either kind. */
  private static List<String> images(Network network) {
    return IntStream.range(0, network.layers().size())
        .filter(i -> isConvolution(network.layers().get(i)))
        .mapToObj(i -> network.outputShapes().get(i).toString())
        .toList();
  }

  private static boolean isConvolution(Layer layer) {
    return layer instanceof Conv2d || layer instanceof ConvTranspose2d;
  }

  private static boolean hasWeights(Layer layer) {
    return isConvolution(layer) || layer instanceof Dense;
  }

  @ParameterizedTest
  @ValueSource(ints = {28, 32, 64, 128})
  void thereIsNothingButStridedConvolutionsAndNoPooling(int size) {
    for (Network network : List.of(gan(size, 3).generator(), gan(size, 3).discriminator())) {
      assertThat(network.layers())
          .allMatch(
              layer ->
                  hasWeights(layer)
                      || layer instanceof BatchNorm
                      || layer instanceof Activation
                      || layer instanceof Reshape);
    }
    assertThat(gan(size, 3).generator().layers())
        .filteredOn(ConvTranspose2d.class::isInstance)
        .allMatch(
            layer -> {
              ConvTranspose2d conv = (ConvTranspose2d) layer;
              // From the latent's single pixel to 4x4 there is nothing to double.
              return conv.kernel() == 4 && (conv.stride() == 2 || conv.padding().equals(none()));
            });
  }

  private static Padding none() {
    return Padding.of(0);
  }

  @ParameterizedTest
  @ValueSource(ints = {28, 32, 64, 128})
  void generatorNormalisesAllButItsOutputAndEndsInTanh(int size) {
    List<Layer> layers = withoutReshapes(gan(size, 3).generator());

    for (int i = 0; i < layers.size(); i++) {
      boolean last = i == layers.size() - 2;
      if (hasWeights(layers.get(i))) {
        assertThat(layers.get(i + 1)).isInstanceOf(last ? Activation.Tanh.class : BatchNorm.class);
      }
      if (layers.get(i) instanceof BatchNorm) {
        assertThat(layers.get(i + 1)).isInstanceOf(Activation.Relu.class);
      }
    }
    assertThat(layers.get(layers.size() - 1)).isInstanceOf(Activation.Tanh.class);
    assertThat(gan(size, 3).pixelRange()).isEqualTo(PixelRange.SIGNED_UNIT);
  }

  @ParameterizedTest
  @ValueSource(ints = {28, 32, 64, 128})
  void discriminatorNormalisesAllButItsInputAndOutputAndLeaks(int size) {
    List<Layer> layers = withoutReshapes(gan(size, 3).discriminator());
    Activation leaky = new Activation.LeakyRelu(0.2);

    assertThat(layers.get(0)).isInstanceOf(Conv2d.class);
    assertThat(layers.get(1)).isEqualTo(leaky);
    for (int i = 2; i < layers.size() - 1; i += 3) {
      assertThat(layers.get(i)).isInstanceOf(Conv2d.class);
      assertThat(((Conv2d) layers.get(i)).stride()).isEqualTo(2);
      assertThat(layers.get(i + 1)).isInstanceOf(BatchNorm.class);
      assertThat(layers.get(i + 2)).isEqualTo(leaky);
    }
    assertThat(layers.size() % 3).as("ends with a layer of weights").isZero();
    assertThat(hasWeights(layers.get(layers.size() - 1))).isTrue();
  }

  private static List<Layer> withoutReshapes(Network network) {
    return network.layers().stream().filter(layer -> !(layer instanceof Reshape)).toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {28, 32, 64, 128})
  void weightsAndGainsStartAsInTheArticleAndConvolutionsHaveNoBias(int size) {
    for (Network network : List.of(gan(size, 1).generator(), gan(size, 1).discriminator())) {
      for (Layer layer : network.layers()) {
        if (layer instanceof Conv2d conv) {
          assertThat(conv.initializer()).isEqualTo(WEIGHTS);
          assertThat(conv.bias()).isFalse();
        } else if (layer instanceof ConvTranspose2d conv) {
          assertThat(conv.initializer()).isEqualTo(WEIGHTS);
          assertThat(conv.bias()).isFalse();
        } else if (layer instanceof Dense dense) {
          assertThat(dense.initializer()).isEqualTo(WEIGHTS);
        } else if (layer instanceof BatchNorm norm) {
          assertThat(norm.gain()).isEqualTo(new Initializer.Normal(1, 0.02));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {28, 32, 64, 128})
  void imagesAreOfTheSizeAskedFor(int size) {
    assertThat(gan(size, 1).exampleShape()).isEqualTo(Shape.of(size, size, 1));
    assertThat(gan(size, 3).exampleShape()).isEqualTo(Shape.of(size, size, 3));
  }

  @Test
  void isTrainedAsInTheArticle() {
    assertThat(gan(64, 3).latent()).isEqualTo(Latent.normal(100));
    assertThat(gan(64, 3).recipe().generatorOptimizer()).isEqualTo(new Adam(2e-4, 0.5, 0.999));
    assertThat(gan(64, 3).recipe().discriminatorOptimizer()).isEqualTo(new Adam(2e-4, 0.5, 0.999));
    assertThat(gan(64, 3).recipe().discriminatorSteps().usual()).isEqualTo(1);
    assertThat(gan(64, 3).recipe().objective()).isEqualTo(new Objective.NonSaturating());
  }

  @Test
  void widthAndLatentCanBeSet() {
    Gan gan = new Dcgan().gan(ExampleForm.images(64, 3), Map.of("width", 8, "latent", "32"));

    assertThat(gan.latent().size()).isEqualTo(32);
    assertThat(images(gan.generator()))
        .containsExactly("4x4x64", "8x8x32", "16x16x16", "32x32x8", "64x64x3");
    assertThat(images(gan.discriminator()).get(0)).isEqualTo("32x32x8");
  }

  @Test
  void refusesASizeItHasNoArchitectureFor() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> gan(48, 3))
        .withMessageContainingAll("dcgan", "48x48", "28, 32, 64, 128");
  }
}
