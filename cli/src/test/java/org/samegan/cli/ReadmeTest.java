package org.samegan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.samegan.io.checkpoint.Checkpoint;

/** What the README shows works, to the letter. */
class ReadmeTest {
  @TempDir Path directory;

  @Test
  void theJavaExampleTrainsAndSavesACheckpoint() throws Exception {
    String readme = Files.readString(Path.of("../README.md"));
    Matcher blocks = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(readme);
    assertThat(blocks.find()).as("the README has a Java example").isTrue();
    String example = blocks.group(1);
    assertThat(example.lines().count()).isLessThanOrEqualTo(25);
    assertThat(blocks.find()).as("the README has one Java example").isFalse();

    Path source = Files.writeString(directory.resolve("MyGan.java"), example);
    String classPath = System.getProperty("java.class.path");
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-cp", classPath, "-d", directory.toString(), source.toString());
    assertThat(compiled).isZero();
    Files.createSymbolicLink(directory.resolve("testdata"), Path.of("../testdata").toRealPath());
    Path log = directory.resolve("log");
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    classPath + File.pathSeparator + directory,
                    "MyGan"))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(log)).isZero();
    assertThat(log).content().contains("StepReport[step=100,");
    assertThat(Checkpoint.read(directory.resolve("my-gan")).manifest().progress().step())
        .isEqualTo(100);
  }
}
