package org.samegan.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.data.ExampleKind;
import org.samegan.core.setting.Setting;

class VariantsTest {
  static List<Variant> variants() {
    return Variants.all();
  }

  @ParameterizedTest
  @MethodSource("variants")
  void areFoundByName(Variant variant) {
    assertThat(Variants.named(variant.name())).isSameAs(variant);
    assertThat(variant.summary())
        .isNotBlank()
        .containsPattern("arXiv:\\d{4}\\.\\d{5}|arXiv:\\d{4}");
  }

  @ParameterizedTest
  @MethodSource("variants")
  void theirDefaultsAreAllowedValues(Variant variant) {
    for (Setting<?> setting : variant.settings(ExampleKind.IMAGES)) {
      assertThat((Object) setting.parse(setting.defaultValue()))
          .as(setting.key())
          .isEqualTo(setting.defaultValue());
      assertThat(setting.description()).isNotBlank();
    }
    assertThat(variant.settings(ExampleKind.IMAGES))
        .extracting(setting -> (Object) setting.key())
        .doesNotHaveDuplicates();
    assertThat(variant.sizes()).isSorted();
  }

  @ParameterizedTest
  @MethodSource("variants")
  void theSameSettingsGiveTheSameGan(Variant variant) {
    ExampleForm images = ExampleForm.images(28, 1, 10);
    Map<String, Object> all = new HashMap<>();
    variant
        .settings(ExampleKind.IMAGES)
        .forEach(setting -> all.put(setting.key(), setting.defaultValue()));

    assertThat(variant.gan(images, all)).isEqualTo(variant.gan(images, Map.of()));
    assertThat(variant.gan(images, Map.of()).variant()).isEqualTo(variant.name());
  }

  @Test
  void refuseAnUnknownNameWithTheNearest() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Variants.named("dcgam"))
        .withMessageContainingAll("'dcgam'", "did you mean 'dcgan'", "gan, dcgan");
  }

  @Test
  void thoseThatLearnFromLabelsRefuseImagesWithoutOrOfOneClass() {
    for (String name : List.of("cgan", "acgan")) {
      Variant variant = Variants.named(name);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> variant.gan(ExampleForm.images(28, 1), Map.of()))
          .withMessageContainingAll(name, "no labels", "one a class", "labels' file", "dcgan");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> variant.gan(ExampleForm.images(28, 1, 1), Map.of()))
          .withMessageContainingAll(name, "at least 2 classes", "one class");
    }
  }

  @Test
  void refuseImagesOfNoSizeOrOfOddChannels() {
    for (int channels : new int[] {2, 4}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Variants.named("gan").gan(ExampleForm.images(28, channels), Map.of()))
          .withMessageContainingAll("1 or 3 channels", String.valueOf(channels));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ExampleForm.images(0, 1))
        .withMessageContaining("found 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ExampleForm.images(28, 1, -1))
        .withMessageContaining("found -1");
  }
}
