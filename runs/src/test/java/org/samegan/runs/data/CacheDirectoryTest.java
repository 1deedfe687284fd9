package org.samegan.runs.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CacheDirectoryTest {
  @Test
  void isTheUsersChoiceElseTheSharedPlaceElseTheHome() {
    Map<String, String> shared = Map.of("XDG_CACHE_HOME", "/xdg");
    assertThat(CacheDirectory.of(Map.of("SAMEGAN_CACHE", "here"), "/home/a"))
        .isEqualTo(Path.of("here"));
    assertThat(CacheDirectory.of(shared, "/home/a")).isEqualTo(Path.of("/xdg/samegan"));
    assertThat(CacheDirectory.of(Map.of("XDG_CACHE_HOME", "relative"), "/home/a"))
        .isEqualTo(Path.of("/home/a/.cache/samegan"));
    assertThat(CacheDirectory.of(Map.of(), "/home/a")).isEqualTo(Path.of("/home/a/.cache/samegan"));
  }
}
