package org.samegan.core.device;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Where ND4J's loader unpacks the native libraries. It takes {@code .javacpp/cache} in the user's
 * home, which Java calls {@code ?} for a user without a name, as in many containers: a directory of
 * that name would appear wherever a program is started.
 */
final class NativeCache {
  private static final String CACHE = "org.bytedeco.javacpp.cachedir";
  private static final Path OWN = Path.of(".javacpp", "cache");

  private NativeCache() {}

  /** Names another place where there is no home, unless the user has named one. */
  static void choose() {
    String home = System.getProperty("user.home");
    if (System.getProperty(CACHE) == null && !isHome(Path.of(home))) {
      String said = System.getenv().getOrDefault("HOME", "");
      System.setProperty(
          CACHE, of(said, Path.of(System.getProperty("java.io.tmpdir")), user()).toString());
    }
  }

  /**
   * For a user whom Java knows no home of.
   *
   * @param home what the environment says it is
   * @param temporary the directory of temporary files, which users share
   * @param user who it is
   */
  static Path of(String home, Path temporary, String user) {
    return Stream.of(Path.of(home))
        .filter(NativeCache::isHome)
        .findFirst()
        .map(path -> path.resolve(OWN))
        .orElse(temporary.resolve("javacpp-" + user).resolve("cache"));
  }

  private static boolean isHome(Path path) {
    return path.isAbsolute() && Files.isWritable(path);
  }

  private static String user() {
    Path self = Path.of("/proc/self");
    try {
      return Files.exists(self)
          ? Files.getAttribute(self, "unix:uid").toString()
          : System.getProperty("user.name");
    } catch (IOException e) {
      throw new UncheckedIOException("can't tell who owns the process from " + self, e);
    }
  }
}
