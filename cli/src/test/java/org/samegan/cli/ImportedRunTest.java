package org.samegan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.samegan.io.run.Run;

/** Going on with a run that {@code import} made. */
class ImportedRunTest {
  private static final Path WEIGHTS = Path.of("../testdata/torch/dcgan-28.safetensors");

  @TempDir private Path directory;
  private Path out;

  @BeforeEach
  void importWeights() {
    out = directory.resolve("imported");
    Path data = TinyRuns.idx(directory, "images-idx3-ubyte", 28, 1);
    List<Object> args = new ArrayList<>(List.of("import", WEIGHTS, "--data", data, "--out", out));
    args.addAll(List.of("--variant", "dcgan", "--set", "width=2", "--set", "latent=4"));
    args.addAll(List.of("--batch", TinyRuns.BATCH, "--threads", 1, "--steps", 1));
    Invocation importing = Invocation.of(directory, args.toArray());
    assertThat(importing.code()).as(importing.err()).isZero();
  }

  /** Its weights are nowhere else. */
  @Test
  void aRunWithoutItsImportedWeightsIsNotTrainedFromRandomOnes() throws IOException {
    Path first = out.resolve("checkpoints/step-00000000");
    Files.write(first.resolve("generator.fb"), new byte[] {1});
    Invocation damaged = Invocation.of(directory, "resume", out);
    assertThat(damaged.code()).isEqualTo(1);
    assertThat(damaged.err())
        .contains("generator.fb: size in bytes", "from the weights of " + WEIGHTS, "a new run")
        .doesNotContain("delete");
    for (Path file : TinyRuns.children(first)) {
      Files.delete(file);
    }
    Files.delete(first);
    Invocation without = Invocation.of(directory, "resume", out);
    assertThat(without.code()).isEqualTo(1);
    assertThat(without.err())
        .contains("from the weights of " + WEIGHTS + ", and has no checkpoint", "a new run");
    assertThat(out.resolve("metrics.jsonl")).doesNotExist();
  }

  /** What made the run has trained nothing. */
  @Test
  void theMachineIsTheOneThatTrainsFirst() throws IOException {
    assertThat(Run.open(out).record().machine()).isNull();
    Invocation resumed = Invocation.of(directory, "resume", out, "--threads", 2);
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(resumed.err()).doesNotContain("bits");
    assertThat(Run.open(out).record().machine().threads()).isEqualTo(2);
    assertThat(Run.open(out).record().imported()).isTrue();
    assertThat(Run.open(out).record().origin().place()).isEqualTo(WEIGHTS.toString());
  }

  /** Or the refusal above would be forgotten. */
  @Test
  void aRunThatIsMadeLongerStaysImported() throws IOException {
    assertThat(Invocation.of(directory, "resume", out, "--steps", 2).code()).isZero();
    assertThat(Run.open(out).record().imported()).isTrue();
  }
}
