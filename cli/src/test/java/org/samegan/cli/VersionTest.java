package org.samegan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionTest {
  @TempDir private Path directory;

  @Test
  void printsWhatRuns() {
    Invocation version = Invocation.of(directory, "--version");
    assertThat(version.code()).isZero();
    assertThat(version.out().lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("SameGAN "),
            line -> assertThat(line).isEqualTo("ND4J 1.0.0-M2.1"),
            line -> assertThat(line).startsWith("Java " + System.getProperty("java.version")));
  }

  /** Loading ND4J takes seconds, and the answer must come at once. */
  @Test
  void loadsNoClassOfNd4j() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load",
                "-cp",
                System.getProperty("java.class.path"),
                "org.samegan.cli.Main",
                "--version")
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    assertThat(output).contains("org.samegan.cli.Version").contains("ND4J 1.0.0-M2.1");
    assertThat(output).doesNotContain("org.nd4j.").doesNotContain("org.bytedeco.");
  }
}
