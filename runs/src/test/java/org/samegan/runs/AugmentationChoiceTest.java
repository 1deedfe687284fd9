package org.samegan.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.samegan.core.augmentation.AugmentationControl;
import org.samegan.core.augmentation.AugmentationPolicy;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.gan.Recipe;
import org.samegan.core.objective.Objective;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunOptions;

class AugmentationChoiceTest {
  private static final ExampleForm IMAGES = ExampleForm.images(28, 1);
  private static final Recipe RECIPE = Recipe.of(new Objective.NonSaturating());

  private static AugmentationPolicy chosen(String asked, ExampleForm form, long count) {
    return choice(asked).in(RECIPE, form, count).littleData().augmentation();
  }

  private static AugmentationChoice choice(String asked) {
    return AugmentationChoice.of(RunConfig.DEFAULTS.with(RunOptions.AUGMENT, asked));
  }

  @Test
  void autoGoesByTheNumberOfImagesAndSaysSo() {
    AugmentationPolicy few = chosen("auto", IMAGES, 29_999);
    AugmentationPolicy many = chosen("auto", IMAGES, 30_000);

    assertThat(few.text()).isEqualTo("translation,cutout");
    assertThat(many).isEqualTo(AugmentationPolicy.NONE);
    assertThat(choice("auto").notice(few, IMAGES, 29_999))
        .contains("augment is translation,cutout, since 29,999 images are fewer than 30,000");
    assertThat(choice("auto").notice(many, IMAGES, 60_000))
        .contains("augment is none, since 60,000 images are not fewer than 30,000");
    assertThat(chosen("auto", ExampleForm.points(2), 100)).isEqualTo(AugmentationPolicy.NONE);
  }

  @Test
  void whatIsSaidIsDone() {
    assertThat(chosen("color", IMAGES, 100_000).text()).isEqualTo("color");
    assertThat(chosen("ada", IMAGES, 1000).control())
        .isEqualTo(new AugmentationControl.Adaptive(0.6, 4, 5000, 0.8));
    Recipe ofFile = RECIPE.withAugmentation(AugmentationPolicy.parse("cutout"));
    assertThat(choice(null).in(ofFile, IMAGES, 10)).isEqualTo(ofFile);
    assertThat(choice("none").in(ofFile, IMAGES, 10)).isEqualTo(RECIPE);
    assertThat(choice("cutout").notice(chosen("cutout", IMAGES, 9), IMAGES, 9)).isEmpty();
    assertThat(choice("mirror").notice(chosen("mirror", IMAGES, 9), IMAGES, 9).orElseThrow())
        .contains("letters and digits get another meaning");
  }

  @Test
  void anUnknownNameIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> choice("translaton"))
        .withMessageContainingAll("the option augment", "'translation'", "auto lets");
  }
}
