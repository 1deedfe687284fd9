package org.samegan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.samegan.io.run.Machine;
import org.samegan.io.run.Run;
import org.samegan.io.safetensors.SafetensorsFile;

/** Runs on libtorch, with the options of the command line. */
class BackendTest {
  private static final String MAY_DIFFER = "the bits may differ from those of an uninterrupted run";
  private static final List<Object> ON_LIBTORCH =
      List.of("--backend", "libtorch", "--device", "cpu");

  @TempDir private Path directory;

  @BeforeEach
  void needsLibtorch() {
    Libtorch.assumeThere();
  }

  private Path trained(String name, int steps, Object... more) {
    Path run = directory.resolve(name);
    List<Object> options = new ArrayList<>(ON_LIBTORCH);
    options.addAll(List.of("--steps", steps));
    options.addAll(List.of(more));
    Invocation training = TinyRuns.train(directory, run, options.toArray());
    assertThat(training.code()).as(training.err()).isZero();
    assertThat(training.err()).contains("on the CPU with libtorch 2.");
    return run;
  }

  private Invocation resumed(Path run, Object... more) {
    List<Object> args = new ArrayList<>(List.of("resume", run));
    args.addAll(List.of(more));
    Invocation resumed = Invocation.of(directory, args.toArray());
    assertThat(resumed.code()).as(resumed.err()).isZero();
    return resumed;
  }

  @Test
  void theRunSaysWhatComputed() throws IOException {
    Path run = trained("run", 2);
    Machine machine = Run.open(run).record().machine();
    assertThat(machine.device()).isEqualTo("cpu");
    assertThat(machine.threads()).isEqualTo(1);
    assertThat(machine.libtorch().version()).matches("2\\.\\d+\\.\\d+");
    assertThat(machine.libtorch().precision()).isEqualTo("fp32");
    assertThat(machine.libtorch().gpu()).isNull();
    assertThat(Invocation.of(directory, "inspect", run).out())
        .contains("libtorch    " + machine.libtorch().version() + ", fp32");
  }

  /** What the run was started with is what it goes on with, where nothing else is said. */
  @Test
  void goesOnToTheBit() throws IOException {
    Path whole = trained("whole", 6);
    Path half = trained("half", 3);
    assertThat(resumed(half, "--steps", 6).err()).doesNotContain(MAY_DIFFER);
    assertThat(TinyRuns.latestGraphs(half)).isEqualTo(TinyRuns.latestGraphs(whole));
  }

  @Test
  void goesOnOnNd4jAndSaysThatTheBitsDiffer() {
    Path run = trained("run", 3);
    assertThat(resumed(run, "--steps", 5, "--backend", "nd4j").err())
        .contains(
            MAY_DIFFER
                + ": the backend was libtorch and is nd4j (--backend libtorch brings it back)");
    assertThat(resumed(run, "--steps", 6).err()).doesNotContain(MAY_DIFFER);
  }

  @Test
  void samplesOnEither() throws IOException {
    Path run = trained("run", 3);
    List<float[]> images = new ArrayList<>();
    for (String backend : List.of("nd4j", "libtorch")) {
      Path tensors = directory.resolve(backend + ".safetensors");
      Invocation drawn =
          Invocation.of(
              directory, "sample", run, "--count", 5, "--tensors", tensors, "--backend", backend);
      assertThat(drawn.code()).as(drawn.err()).isZero();
      SafetensorsFile file = SafetensorsFile.read(tensors);
      images.add(file.floats(file.entry("image")));
    }
    assertThat(images.get(1)).containsExactly(images.get(0), within(1e-5f));
  }

  @Test
  void onlyGpusRoundToTf32() {
    Path run = directory.resolve("run");
    Invocation training =
        TinyRuns.train(
            directory, run, "--backend", "libtorch", "--precision", "tf32", "--steps", 1);
    assertThat(training.code()).as(training.err()).isZero();
    assertThat(training.err())
        .contains("--precision tf32 is for GPUs and libtorch: everything is computed in fp32");
  }

  /** The tests' libtorch is one without CUDA, and machines for tests have no GPU. */
  @Test
  void aGpuThatIsNotThereIsRefusedBeforeAnythingIsMade() {
    Path run = directory.resolve("run");
    for (List<String> options :
        List.of(List.of("--device", "gpu"), List.of("--device", "gpu", "--backend", "libtorch"))) {
      Invocation training = TinyRuns.train(directory, run, options.toArray());
      assertThat(training.code()).isEqualTo(1);
      assertThat(training.err()).containsAnyOf("built for the CPU alone", "there is no GPU that");
      assertThat(run).doesNotExist();
    }
    Invocation onNd4j = TinyRuns.train(directory, run, "--device", "gpu", "--backend", "nd4j");
    assertThat(onNd4j.code()).isEqualTo(1);
    assertThat(onNd4j.err()).contains("no CUDA backend", "use libtorch, with --backend libtorch");
  }

  @Test
  void devicesTellsWhatCanBeUsedAndWhyTheRestCant() {
    Invocation devices = Invocation.of(directory, "devices");
    assertThat(devices.code()).isZero();
    assertThat(devices.out())
        .contains("CPU ", "libtorch    ", "(SAMEGAN_LIBTORCH)", "self-check passed", "cpu: usable")
        .containsPattern("gpu: (usable|not usable: .+)")
        .containsPattern("(?m)^auto +\\S+");
  }
}
