package org.samegan.runs.data;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where packed images are kept: {@code SAMEGAN_CACHE}, else {@code samegan} in {@code
 * XDG_CACHE_HOME}, else {@code ~/.cache/samegan}.
 */
final class CacheDirectory {
  private CacheDirectory() {}

  /** The user's; the system property {@code samegan.cache} is for programs that want their own. */
  static Path ofUser() {
    String own = System.getProperty("samegan.cache");
    return own == null ? of(System.getenv(), System.getProperty("user.home")) : Path.of(own);
  }

  static Path of(Map<String, String> environment, String home) {
    String own = environment.getOrDefault("SAMEGAN_CACHE", "");
    if (!own.isEmpty()) {
      return Path.of(own);
    }
    String shared = environment.getOrDefault("XDG_CACHE_HOME", "");
    // The XDG base directory specification asks to ignore relative paths.
    return shared.startsWith("/") ? Path.of(shared, "samegan") : Path.of(home, ".cache", "samegan");
  }
}
