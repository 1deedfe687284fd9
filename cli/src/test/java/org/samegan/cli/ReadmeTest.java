package org.samegan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.samegan.io.checkpoint.Checkpoint;
import org.samegan.io.json.Json;

/** What the README shows works, to the letter. */
class ReadmeTest {
  private static final String CLASS_PATH = System.getProperty("java.class.path");

  @TempDir Path directory;

  @Test
  void theJavaExamplesTrainAndGenerate() throws Exception {
    Map<String, String> examples = examples();
    assertThat(examples).containsOnlyKeys("FirstRun", "Digits", "MyGan");
    for (Map.Entry<String, String> example : examples.entrySet()) {
      assertThat(example.getValue().lines().count()).isLessThanOrEqualTo(25);
    }
    compile(examples);
    assertThat(examples.get("FirstRun").lines().count()).isLessThanOrEqualTo(15);
    Files.createSymbolicLink(directory.resolve("testdata"), Path.of("../testdata").toRealPath());

    aRunFromJavaIsThatOfTheCommandLineToTheByte();
    assertThat(run("MyGan")).contains("StepReport[step=100,");
    assertThat(Checkpoint.read(directory.resolve("my-gan")).manifest().progress().step())
        .isEqualTo(100);
    run("Digits");
    assertThat(ImageIO.read(directory.resolve("digit.png").toFile()).getWidth()).isEqualTo(28);
  }

  private void aRunFromJavaIsThatOfTheCommandLineToTheByte() throws Exception {
    run("FirstRun");
    run(
        "org.samegan.cli.Main train --variant dcgan --data testdata/mnist --steps 100 --batch 16"
            + " --set generator.learning-rate=cosine:2e-4:0 --out runs/from-cli");
    Map<String, byte[]> found = files(directory.resolve("runs/from-java"));
    Map<String, byte[]> expected = files(directory.resolve("runs/from-cli"));
    assertThat(found.keySet())
        .isEqualTo(expected.keySet())
        .contains(
            "run.json",
            "metrics.jsonl",
            "samples/step-00000100.png",
            "checkpoints/step-00000100/generator.fb",
            "checkpoints/step-00000100/training.fb");
    found.forEach((name, content) -> assertThat(content).as(name).isEqualTo(expected.get(name)));
    assertThat(new String(found.get("metrics.jsonl"), StandardCharsets.UTF_8).lines()).hasSize(100);
  }

  /** All files by their place, but for the time in manifests, and the checksum that covers it. */
  private static Map<String, byte[]> files(Path run) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> tree = Files.walk(run)) {
      for (Path file : tree.filter(Files::isRegularFile).toList()) {
        byte[] content = Files.readAllBytes(file);
        if (file.endsWith("manifest.json")) {
          ObjectNode manifest = (ObjectNode) Json.tree(content);
          manifest.remove(List.of("created", "checksum"));
          content = Json.write(manifest);
        }
        files.put(run.relativize(file).toString(), content);
      }
    }
    return files;
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

  private void compile(Map<String, String> examples) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-cp", CLASS_PATH, "-d", "" + directory));
    for (Map.Entry<String, String> example : examples.entrySet()) {
      Path source = directory.resolve(example.getKey() + ".java");
      arguments.add(Files.writeString(source, example.getValue()).toString());
    }
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(new String[0]));
    assertThat(compiled).isZero();
  }

  /** Runs a class, with arguments after it. */
  private String run(String line) throws Exception {
    Path log = directory.resolve("log");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // For the seconds they live, compiling further takes longer than it saves.
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dsamegan.cache=" + directory.resolve("cache"),
                "-cp",
                CLASS_PATH + File.pathSeparator + directory));
    command.addAll(List.of(line.split(" ")));
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    int code = process.waitFor();
    assertThat(code).as(Files.readString(log)).isZero();
    return Files.readString(log);
  }
}
