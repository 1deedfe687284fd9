package org.samegan.core.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeCacheTest {
  @TempDir private Path directory;

  @Test
  void isInTheHomeThatTheEnvironmentNamesElseAmongTemporaryFiles() {
    Path temporary = directory.resolve("temporary");
    assertThat(NativeCache.of(directory.toString(), temporary, "7"))
        .isEqualTo(directory.resolve(".javacpp/cache"));
    for (String none : new String[] {"", "?", "relative", directory.resolve("none").toString()}) {
      assertThat(NativeCache.of(none, temporary, "7"))
          .isEqualTo(temporary.resolve("javacpp-7/cache"));
    }
  }

  /** Prints where the native libraries would be unpacked. */
  static final class Place {
    private Place() {}

    public static void main(String[] arguments) throws IOException {
      CpuBinary.select();
      System.out.println(Loader.getCacheDir());
    }
  }

  @Test
  void aUserWithoutAHomeGetsNoDirectoryNamedByAQuestionMark() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Duser.home=?",
                "-Djava.io.tmpdir=" + directory,
                "-cp",
                System.getProperty("java.class.path"),
                Place.class.getName())
            .redirectErrorStream(true)
            .directory(directory.toFile());
    builder.environment().remove("HOME");
    String printed =
        new String(builder.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(printed).startsWith(directory.resolve("javacpp-").toString());
    assertThat(directory.resolve("?")).doesNotExist();
  }
}
