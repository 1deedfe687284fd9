package org.samegan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.samegan.io.checkpoint.Checkpoint;
import org.samegan.io.file.Sha256;
import org.samegan.io.run.Run;
import org.samegan.io.run.RunLock;

/** Kills real processes, without warning, and demands the bits of the run that nobody killed. */
@Tag("slow")
class KillTest {
  private static final String MNIST = "../testdata/mnist";
  private static final int STEPS = 40;

  /** More than any run here gets to: each is ended by its test. */
  private static final int ENDLESS = 1_000_000;

  private static final int RANDOM_KILLS = 4;
  private static final int KILLS_WHILE_WRITING = 4;

  @TempDir Path directory;

  @Test
  void aRunKilledAgainAndAgainEndsInTheBitsOfTheUninterruptedOne() throws Exception {
    Path whole = directory.resolve("whole");
    assertThat(finish(start(train(whole, STEPS)))).isZero();

    Path killed = directory.resolve("killed");
    Random random = new Random(4);
    List<String> story = new ArrayList<>();
    int kills = 0;
    Process process = start(train(killed, STEPS));
    while (kills < RANDOM_KILLS + KILLS_WHILE_WRITING) {
      boolean writing = kills % 2 == 1;
      boolean caught =
          writing ? waitForWriting(process, killed) : waitForProgress(process, killed, random);
      if (!caught) {
        break;
      }
      process.destroyForcibly().waitFor();
      kills++;
      story.add((writing ? "writing " : "random ") + checkpoints(killed));
      for (Path checkpoint : paths(killed)) {
        Checkpoint.read(checkpoint);
      }
      process = start(List.of("resume", killed.toString()));
    }
    assertThat(finish(process)).as("resume after %s", story).isZero();
    assertThat(kills).as("kills: %s", story).isGreaterThanOrEqualTo(5);
    assertThat(digests(killed)).as("after %s", story).isEqualTo(digests(whole));
    assertThat(killed.resolve("metrics.jsonl"))
        .hasSameTextualContentAs(whole.resolve("metrics.jsonl"));
    assertThat(killed.resolve("checkpoints"))
        .isDirectoryNotContaining(path -> path.getFileName().toString().startsWith("."));
  }

  @Test
  void aRunInTrainingIsRefusedToOthersAndReadByAnyone() throws Exception {
    Path run = directory.resolve("run");
    Process process = start(train(run, ENDLESS));
    assertThat(waitForProgress(process, run, new Random(1))).isTrue();

    Invocation second = Invocation.of(directory, "resume", run);
    assertThat(second.code()).as(second.err()).isEqualTo(1);
    assertThat(second.err())
        .contains(run + ": this run is being trained by process " + process.pid());
    Invocation reading = Invocation.of(directory, "sample", run, "--out", directory.resolve("s"));
    assertThat(reading.code()).as(reading.err()).isZero();
    assertThat(process.isAlive()).as("was in training all the while").isTrue();

    process.destroyForcibly().waitFor();
    RunLock.acquire(run).close();
  }

  /** Ctrl-C takes the same way, with the exit code 130, but not every shell lets it through. */
  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "knows no signal that only asks")
  void aRunAskedToStopFinishesTheStepAndSavesIt() throws Exception {
    Path run = directory.resolve("run");
    List<String> command = new ArrayList<>(train(run, ENDLESS));
    // So that the only checkpoint is the stop's.
    command.set(command.indexOf("--checkpoint-every") + 1, String.valueOf(ENDLESS));
    command.set(command.indexOf("--sample-every") + 1, "1");
    Process process = start(command);
    while (process.isAlive() && !Files.isRegularFile(run.resolve("samples/step-00000003.png"))) {
      Thread.onSpinWait();
    }

    process.destroy();

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ended in time").isTrue();
    String log = Files.readString(directory.resolve("log"));
    assertThat(process.exitValue()).as(log).isEqualTo(128 + 15);
    Matcher stopped = Pattern.compile("stopped after step (\\d+), saved").matcher(log);
    assertThat(stopped.find()).as(log).isTrue();
    long step = Long.parseLong(stopped.group(1));
    assertThat(step).isBetween(3L, ENDLESS - 1L);
    assertThat(names(run)).containsExactly(String.format("step-%08d", step));
    assertThat(Run.open(run).latest().state().progress().step()).isEqualTo(step);
    assertThat(Files.readAllLines(run.resolve("metrics.jsonl"))).hasSize((int) step);
  }

  private static List<String> train(Path run, int steps) {
    return List.of(
        "train",
        "--variant",
        "dcgan",
        "--data",
        MNIST,
        "--out",
        run.toString(),
        "--steps",
        String.valueOf(steps),
        "--batch",
        "4",
        "--set",
        "width=16",
        // What changes with every step must go on where it was.
        "--set",
        "generator.learning-rate=cosine:2e-4:0",
        "--set",
        "decay=linear:0.9:0.999",
        "--checkpoint-every",
        "2",
        "--keep",
        "0",
        "--sample-every",
        "20");
  }

  private Process start(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    // For the seconds they live, compiling further takes longer than it saves.
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("-Dorg.bytedeco.javacpp.maxbytes=0");
    command.add("-Dorg.bytedeco.javacpp.maxphysicalbytes=0");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add("org.samegan.cli.Main");
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("SAMEGAN_CACHE", directory.resolve("cache").toString());
    return builder
        .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("log").toFile()))
        .start();
  }

  private int finish(Process process) throws Exception {
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("ended in time").isTrue();
    if (process.exitValue() != 0) {
      throw new AssertionError(Files.readString(directory.resolve("log")));
    }
    return process.exitValue();
  }

  /** Until a checkpoint's hidden directory is there, or the process has ended. */
  private static boolean waitForWriting(Process process, Path run) throws IOException {
    while (process.isAlive()) {
      if (names(run).anyMatch(name -> name.contains(".partial-"))) {
        return process.isAlive();
      }
      Thread.onSpinWait();
    }
    return false;
  }

  /** Until there is a new checkpoint, and then some random milliseconds more. */
  private static boolean waitForProgress(Process process, Path run, Random random)
      throws Exception {
    int before = checkpoints(run);
    while (process.isAlive() && checkpoints(run) == before) {
      Thread.onSpinWait();
    }
    return !process.waitFor(random.nextInt(150), TimeUnit.MILLISECONDS);
  }

  private static int checkpoints(Path run) throws IOException {
    return paths(run).size();
  }

  private static List<Path> paths(Path run) throws IOException {
    return names(run)
        .filter(name -> !name.startsWith("."))
        .map(name -> run.resolve("checkpoints").resolve(name))
        .toList();
  }

  private static Stream<String> names(Path run) throws IOException {
    Path checkpoints = run.resolve("checkpoints");
    if (!Files.isDirectory(checkpoints)) {
      return Stream.empty();
    }
    try (Stream<Path> children = Files.list(checkpoints)) {
      return children.map(child -> child.getFileName().toString()).toList().stream();
    }
  }

  private static Map<String, String> digests(Path run) throws IOException {
    Map<String, String> digests = new TreeMap<>();
    try (Stream<Path> files = Files.walk(run.resolve("checkpoints"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".fb")).toList()) {
        digests.put(run.relativize(file).toString(), Sha256.hex(Files.readAllBytes(file)));
      }
    }
    assertThat(digests).hasSize(3 * STEPS / 2);
    return digests;
  }
}
