package org.samegan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.samegan.io.checkpoint.Checkpoint;

/** What the README shows works, to the letter. */
class ReadmeTest {
  private static final String CLASS_PATH = System.getProperty("java.class.path");

  @TempDir Path directory;

  @Test
  void theJavaExamplesTrainAndGenerate() throws Exception {
    Map<String, String> examples = examples();
    assertThat(examples).containsOnlyKeys("MyGan", "Digits");
    for (Map.Entry<String, String> example : examples.entrySet()) {
      assertThat(example.getValue().lines().count()).isLessThanOrEqualTo(25);
      compile(example.getKey(), example.getValue());
    }
    Files.createSymbolicLink(directory.resolve("testdata"), Path.of("../testdata").toRealPath());

    assertThat(run("MyGan")).contains("StepReport[step=100,");
    assertThat(Checkpoint.read(directory.resolve("my-gan")).manifest().progress().step())
        .isEqualTo(100);
    run("Digits");
    assertThat(ImageIO.read(directory.resolve("digit.png").toFile()).getWidth()).isEqualTo(28);
  }

  /** The README's Java by class name. */
  private static Map<String, String> examples() throws IOException {
    String readme = Files.readString(Path.of("../README.md"));
    Matcher blocks =
        Pattern.compile("```java\n(.*?public class (\\w+).*?)```", Pattern.DOTALL).matcher(readme);
    Map<String, String> examples = new LinkedHashMap<>();
    while (blocks.find()) {
      examples.put(blocks.group(2), blocks.group(1));
    }
    return examples;
  }

  private void compile(String name, String example) throws IOException {
    Path source = Files.writeString(directory.resolve(name + ".java"), example);
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null, null, null, "-cp", CLASS_PATH, "-d", directory.toString(), source.toString());
    assertThat(compiled).as(name).isZero();
  }

  private String run(String name) throws Exception {
    Path log = directory.resolve("log");
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    CLASS_PATH + File.pathSeparator + directory,
                    name))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    int code = process.waitFor();
    assertThat(code).as(Files.readString(log)).isZero();
    return Files.readString(log);
  }
}
