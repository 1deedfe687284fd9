package org.samegan.runs.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheDirectoryTest {
  private static final Path TEMPORARY = Path.of("/temporary");

  @TempDir private Path home;

  private Path of(Map<String, String> environment) {
    return CacheDirectory.of(environment, home.toString(), TEMPORARY);
  }

  @Test
  void isTheUsersChoiceElseTheSharedPlaceElseTheHome() {
    assertThat(of(Map.of("SAMEGAN_CACHE", "here"))).isEqualTo(Path.of("here"));
    assertThat(of(Map.of("XDG_CACHE_HOME", "/xdg"))).isEqualTo(Path.of("/xdg/samegan"));
    assertThat(of(Map.of("XDG_CACHE_HOME", "relative"))).isEqualTo(home.resolve(".cache/samegan"));
    assertThat(of(Map.of())).isEqualTo(home.resolve(".cache/samegan"));
  }

  @Test
  void aUserWithoutANameMayHaveAHomeInTheEnvironment() {
    assertThat(CacheDirectory.of(Map.of("HOME", home.toString()), "?", TEMPORARY))
        .isEqualTo(home.resolve(".cache/samegan"));
  }

  @Test
  void withoutAHomeItIsAmongTemporaryFiles() {
    for (Map<String, String> environment :
        List.of(Map.<String, String>of(), Map.of("HOME", "/nowhere/at/all"))) {
      assertThat(CacheDirectory.of(environment, "?", TEMPORARY))
          .isEqualTo(TEMPORARY.resolve("samegan"));
    }
  }
}
