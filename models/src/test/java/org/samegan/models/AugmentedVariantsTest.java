package org.samegan.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.samegan.core.Shape;
import org.samegan.core.augmentation.AugmentationPolicy;
import org.samegan.core.data.Classes;
import org.samegan.core.data.Dataset;
import org.samegan.core.data.ExampleKind;
import org.samegan.core.gan.Gan;
import org.samegan.core.random.RandomStream;
import org.samegan.core.training.Trainer;

/** Every variant, with all that can be done to its images. */
class AugmentedVariantsTest {
  static List<SmallGans.Named> gans() {
    return SmallGans.least().stream()
        .filter(named -> ExampleKind.of(named.gan().exampleShape()) == ExampleKind.IMAGES)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("gans")
  void trains(SmallGans.Named named) {
    AugmentationPolicy policy = AugmentationPolicy.parse("color,translation,cutout");
    Gan gan = named.gan().withRecipe(named.gan().recipe().withAugmentation(policy));
    try (Trainer trainer = new Trainer(gan, new Noise(gan.exampleShape()), 4, 3)) {
      trainer.train(
          2,
          (report, t) ->
              report
                  .numbers()
                  .forEach((name, number) -> assertThat(number.doubleValue()).as(name).isFinite()));
      trainer.state().requireFinite();
    }
  }

  private record Noise(Shape exampleShape) implements Dataset {
    @Override
    public int size() {
      return 9;
    }

    @Override
    public Classes classes() {
      return Classes.of(SmallGans.CLASSES);
    }

    @Override
    public int label(int index) {
      return index % SmallGans.CLASSES;
    }

    @Override
    public void copyTo(int index, FloatBuffer destination) {
      RandomStream pixels = RandomStream.of(1, "image", index);
      for (int i = 0; i < exampleShape.elements(); i++) {
        destination.put((float) pixels.nextDouble());
      }
    }
  }
}
