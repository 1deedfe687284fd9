package org.samegan.core.setting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {
  @ParameterizedTest
  @CsvSource({"dcgam,dcgan", "wga,wgan", "wgan_gp,wgan-gp", "ifnogan,infogan", "'',gan", "gan,gan"})
  void findsWhatWasMeant(String given, String meant) {
    assertThat(NearestName.to(given, List.of("gan", "dcgan", "infogan", "wgan", "wgan-gp")))
        .isEqualTo(meant);
  }
}
