package org.samegan.core.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private static final Setting.Whole WIDTH = new Setting.Whole("width", 64, 1, 4096, "channels");
  private static final Setting.Whole LATENT =
      new Setting.Whole("latent", 100, 1, Integer.MAX_VALUE, "length");
  private static final Setting.Real RATE =
      Setting.Real.positive("generator.learning-rate", 2e-4, "rate");
  private static final Setting.Real MOMENTUM = Setting.Real.fraction("momentum", 0.5, "momentum");
  private static final Setting.Choice ARCH =
      new Setting.Choice("arch", "maxout", List.of("maxout", "mlp"), "architecture");

  private static Settings settings(Map<String, ?> given) {
    return new Settings("gan", List.of(WIDTH, LATENT, RATE, MOMENTUM, ARCH), given);
  }

  @Test
  void whatIsNotGivenHasItsDefault() {
    Settings settings = settings(Map.of("width", 32));

    assertThat(settings.values())
        .containsExactly(
            Map.entry("width", 32L),
            Map.entry("latent", 100L),
            Map.entry("generator.learning-rate", 2e-4),
            Map.entry("momentum", 0.5),
            Map.entry("arch", "maxout"));
  }

  @Test
  void textsAndJsonValuesMeanTheSame() {
    Settings settings =
        settings(Map.of("width", "32", "latent", 7L, "momentum", "1e-1", "arch", "MLP"));

    assertThat(settings.count(WIDTH)).isEqualTo(32);
    assertThat(settings.count(LATENT)).isEqualTo(7);
    assertThat(settings.get(MOMENTUM)).isEqualTo(0.1);
    assertThat(settings.get(ARCH)).isEqualTo("mlp");
    assertThat(settings(Map.of("momentum", 0)).get(MOMENTUM)).isZero();
  }

  @Test
  void valuesCanBeGivenBack() {
    Settings settings = settings(Map.of("width", 32, "momentum", 0.9));

    assertThat(settings(settings.values()).values()).isEqualTo(settings.values());
  }

  @Test
  void refusesAnUnknownKeyWithTheNearestKnownOne() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings(Map.of("widht", 3)))
        .withMessageContainingAll("gan", "'widht'", "did you mean 'width'", "latent, generator");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "4097", "-1", "x", "", "3.5", "99999999999"})
  void refusesWholeNumbersOutOfRange(String width) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings(Map.of("width", width)))
        .withMessage("width must be a whole number from 1 to 4096, found '%s'", width);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1e-4", "NaN", "Infinity", "fast"})
  void refusesNumbersThatAreNotPositive(String rate) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings(Map.of("generator.learning-rate", rate)))
        .withMessage("generator.learning-rate must be a number greater than 0, found '%s'", rate);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "-0.1", "NaN"})
  void refusesFractionsOutOfRange(String momentum) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings(Map.of("momentum", momentum)))
        .withMessage("momentum must be a number at least 0 and below 1, found '%s'", momentum);
  }

  @Test
  void refusesAWordThatIsNoOption() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings(Map.of("arch", "cnn")))
        .withMessage("arch must be one of maxout, mlp, found 'cnn'");
  }

  @Test
  void saysWhatIsAllowed() {
    assertThat(LATENT.range()).isEqualTo("a whole number of at least 1");
    assertThat(RATE.range()).isEqualTo("a number greater than 0");
  }
}
