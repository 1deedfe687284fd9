package org.samegan.runs.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where packed images are kept: {@code SAMEGAN_CACHE}, else {@code samegan} in {@code
 * XDG_CACHE_HOME}, else {@code ~/.cache/samegan}, or {@code samegan} in the directory of temporary
 * files for a user without a home.
 */
public final class CacheDirectory {
  private CacheDirectory() {}

  /** The user's; the system property {@code samegan.cache} is for programs that want their own. */
  public static Path ofUser() {
    String own = System.getProperty("samegan.cache");
    return own == null
        ? of(
            System.getenv(),
            System.getProperty("user.home"),
            Path.of(System.getProperty("java.io.tmpdir")))
        : Path.of(own);
  }

  /**
   * By what the system says.
   *
   * @param home of the user as Java knows it, which is {@code ?} where the user has no name
   * @param temporary the directory of temporary files
   */
  static Path of(Map<String, String> environment, String home, Path temporary) {
    String own = environment.getOrDefault("SAMEGAN_CACHE", "");
    if (!own.isEmpty()) {
      return Path.of(own);
    }
    String shared = environment.getOrDefault("XDG_CACHE_HOME", "");
    // The XDG base directory specification asks to ignore relative paths.
    if (shared.startsWith("/")) {
      return Path.of(shared, "samegan");
    }
    return Stream.of(environment.getOrDefault("HOME", ""), home)
        .map(Path::of)
        .filter(path -> path.isAbsolute() && Files.isDirectory(path))
        .findFirst()
        .map(path -> path.resolve(".cache").resolve("samegan"))
        .orElse(temporary.resolve("samegan"));
  }
}
