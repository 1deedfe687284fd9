package org.samegan.io.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills real processes while they write checkpoints, several at once to save the time of starting
 * them: whatever stands under a checkpoint's name afterwards is whole.
 */
@Tag("slow")
class CheckpointKillTest {
  private static final int CUT_OFF = 50;
  private static final int MOST_KILLS = 20;

  @TempDir Path directory;

  @Test
  void everyCheckpointThatExistsLoadsAfterAKill() throws Exception {
    Random random = new Random(6);
    int cutOff = 0;
    int loaded = 0;
    for (int kill = 0; cutOff < CUT_OFF; kill++) {
      assertThat(kill).as("kills for %d writes cut off", cutOff).isLessThan(MOST_KILLS);
      Process process = start(String.valueOf(kill));
      while (process.isAlive() && writersWithCheckpoints("step-" + kill + "-") < writers()) {
        assertThat(process.waitFor(5, TimeUnit.MILLISECONDS)).as(log()).isFalse();
      }
      assertThat(process.waitFor(random.nextInt(100), TimeUnit.MILLISECONDS)).as(log()).isFalse();
      process.destroyForcibly().waitFor();

      for (int i = 0; i < writers(); i++) {
        for (Path checkpoint : children(writer(i))) {
          if (checkpoint.getFileName().toString().startsWith("step-")) {
            assertThat(Checkpoint.read(checkpoint).state().progress().step()).isEqualTo(1);
            loaded++;
          } else {
            assertThat(checkpoint.getFileName().toString()).contains(".partial-");
            cutOff++;
          }
        }
        CheckpointDirectory.sweep(writer(i));
        assertThat(children(writer(i))).allMatch(path -> !path.toString().contains("partial"));
      }
    }
    assertThat(loaded).isGreaterThanOrEqualTo(CUT_OFF);
  }

  private static int writers() {
    return CheckpointLoop.WRITERS;
  }

  private Path writer(int i) {
    return directory.resolve("writer-" + i);
  }

  private int writersWithCheckpoints(String prefix) throws IOException {
    int writers = 0;
    for (int i = 0; i < writers(); i++) {
      if (children(writer(i)).stream()
          .anyMatch(path -> path.getFileName().toString().startsWith(prefix))) {
        writers++;
      }
    }
    return writers;
  }

  private static List<Path> children(Path parent) throws IOException {
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(parent)) {
      return children.toList();
    }
  }

  private Process start(String name) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Dorg.bytedeco.javacpp.maxbytes=0",
            "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
            "-cp",
            System.getProperty("java.class.path"),
            CheckpointLoop.class.getName(),
            directory.toString(),
            name)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("log").toFile()))
        .start();
  }

  private String log() throws IOException {
    return Files.readString(directory.resolve("log"));
  }
}
