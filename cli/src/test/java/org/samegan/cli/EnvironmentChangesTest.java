package org.samegan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.samegan.core.device.CpuBinary;
import org.samegan.io.json.ChecksummedJson;
import org.samegan.io.json.Json;
import org.samegan.io.run.Machine;
import org.samegan.io.run.Run;

/** Resuming with something else that decides bits than the run was started with. */
class EnvironmentChangesTest {
  private static final String MAY_DIFFER = "the bits may differ from those of an uninterrupted run";

  @TempDir private Path directory;

  /** As if the run had been started elsewhere. */
  private static void edit(Path run, Consumer<ObjectNode> change) throws IOException {
    Path file = run.resolve("run.json");
    ObjectNode tree = (ObjectNode) Json.tree(Files.readAllBytes(file));
    change.accept((ObjectNode) tree.path("record"));
    tree.remove(ChecksummedJson.CHECKSUM);
    Files.write(file, ChecksummedJson.write(tree));
  }

  private String resumed(Path run, Object... more) {
    return resumedTo(5, run, more);
  }

  private String resumedTo(int steps, Path run, Object... more) {
    List<Object> args = new ArrayList<>(List.of("resume", run, "--steps", steps));
    args.addAll(List.of(more));
    Invocation resumed = Invocation.of(directory, args.toArray());
    assertThat(resumed.code()).as(resumed.err()).isZero();
    return resumed.err();
  }

  @Test
  void theSameMachineIsRecordedAndNeedsNone() throws IOException {
    Path run = TinyRuns.trained(directory);
    Machine machine = new Machine("cpu", CpuBinary.select().label(), 1, null);
    assertThat(Run.open(run).record().machine()).isEqualTo(machine);
    assertThat(Invocation.of(directory, "inspect", run).out())
        .contains("machine     cpu with " + machine.cpuLibrary() + ", threads: 1");
    assertThat(resumed(run)).doesNotContain(MAY_DIFFER);
    assertThat(Run.open(run).record().machine()).isEqualTo(machine);
  }

  /** What counts is how many there were, not that both times none was asked for. */
  @Test
  void tellsOfAnotherNumberOfThreadsAndTheOptionThatRestoresIt() throws IOException {
    Path run = TinyRuns.trained(directory);
    edit(run, record -> ((ObjectNode) record.path("machine")).put("threads", 3));
    assertThat(resumed(run, "--threads", 2))
        .contains(MAY_DIFFER + ": the number of threads was 3 and is 2 (--threads 3 brings it");
    assertThat(resumedTo(6, run, "--threads", 3)).doesNotContain(MAY_DIFFER);
  }

  @Test
  void tellsOfAnotherLibraryAndAnotherVersion() throws IOException {
    Path run = TinyRuns.trained(directory);
    edit(
        run,
        record -> {
          ((ObjectNode) record.path("machine")).put("cpu-library", "sse");
          ((ObjectNode) record.path("software")).put("nd4j", "0.9").put("java", "11");
        });
    assertThat(resumed(run))
        .contains(
            MAY_DIFFER + ": ND4J was 0.9 and is ",
            "the CPU library was sse and is " + CpuBinary.select().label())
        .doesNotContain("SameGAN was", "threads was");
  }

  @Test
  void tellsOfAnotherDevice() throws IOException {
    Path run = TinyRuns.trained(directory);
    edit(
        run,
        record ->
            ((ObjectNode) record.path("machine")).put("device", "gpu").putNull("cpu-library"));
    assertThat(resumed(run))
        .contains(MAY_DIFFER + ": the device was gpu and is cpu (--device gpu brings it back)")
        .doesNotContain("library");
  }

  @Test
  void ofARunFromBeforeTheRecordTellsOfTheThreadsAskedFor() throws IOException {
    Path run = TinyRuns.trained(directory);
    TinyRuns.makeFirstFormat(run, "machine");
    assertThat(resumed(run)).doesNotContain(MAY_DIFFER);
    assertThat(resumedTo(6, run, "--threads", 2))
        .contains("the number of threads was 1 and is 2 (--threads 1 brings it back)");
    assertThat(Run.open(run).record().machine()).isNull();
  }

  @Test
  void refusesAMachineThatNoRunWrites() throws IOException {
    Path run = TinyRuns.trained(directory);
    String written = Files.readString(run.resolve("run.json"));
    edit(run, record -> ((ObjectNode) record.path("machine")).put("threads", 0));
    Invocation refused = Invocation.of(directory, "resume", run, "--steps", 5);
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("run.json", "at least 1 thread, found cpu with 0");
    String none = new String(Files.readAllBytes(run.resolve("run.json")), StandardCharsets.UTF_8);
    assertThat(Schemas.faults(Schemas.RUN, none)).isNotEmpty();
    assertThat(Schemas.faults(Schemas.RUN, written)).isEmpty();
  }
}
