package org.samegan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.samegan.io.json.ChecksummedJson;
import org.samegan.io.json.Json;
import org.samegan.io.run.RunLock;

/** Runs whose files say what no run says, checksum and all: commands end in a sentence. */
class HostileRunTest {
  @TempDir private Path directory;
  private Path run;

  @BeforeEach
  void train() {
    run = TinyRuns.trained(directory);
  }

  private void change(Path file, Consumer<ObjectNode> change) throws IOException {
    ObjectNode tree = (ObjectNode) Json.tree(Files.readAllBytes(file));
    tree.remove("checksum");
    change.accept(tree);
    Files.write(file, ChecksummedJson.write(tree));
  }

  private String failure(Object... args) {
    Invocation invocation = Invocation.of(directory, args);
    assertThat(invocation.code()).as(invocation.out()).isNotZero();
    assertThat(invocation.err().lines()).as(invocation.err()).hasSizeLessThanOrEqualTo(2);
    assertThat(invocation.err()).startsWith("samegan: ").doesNotContain("unexpected", "\0");
    return invocation.err();
  }

  @Test
  void aBatchAboveTheDataIsNoDivisionByZero() throws IOException {
    change(run.resolve("run.json"), tree -> tree.put("batch", 65));
    for (String command : new String[] {"resume", "inspect"}) {
      assertThat(failure(command, run)).contains("--batch 65 is more than all examples");
    }
  }

  @Test
  void shardsThatAreNotEqualAreRefused() throws IOException {
    change(run.resolve("run.json"), tree -> tree.put("shards", 3).put("steps", 8));
    assertThat(failure("resume", run)).contains("--shards: a batch of 16 examples can't be cut");
  }

  @Test
  void dataThatIsNullIsNoNullPointer() throws IOException {
    change(run.resolve("run.json"), tree -> tree.putNull("data").put("steps", 8));
    assertThat(failure("resume", run)).contains("'data': expected what the run was started with");
    Invocation inspection = Invocation.of(directory, "inspect", run);
    assertThat(inspection.code()).as(inspection.err()).isZero();
    Path picture = directory.resolve("x.png");
    assertThat(Invocation.of(directory, "sample", run, "--grid", picture).code()).isZero();
  }

  @Test
  void aNulIsInNoFilesName() throws IOException {
    Path config = directory.resolve("config.json");
    for (String key : new String[] {"data", "held-out", "variant"}) {
      ObjectNode tree = (ObjectNode) Json.tree(Map.of());
      tree.put("variant", "wgan").put("data", "x").put(key, "a\0b.json");
      Files.write(config, Json.write(tree));
      assertThat(failure("train", "--config", config, "--dry-run"))
          .as(key)
          .contains("'a\\0b.json' can't be the name of a file here");
    }
    Path checkpoint = run.resolve("checkpoints/step-00000004");
    change(
        checkpoint.resolve("manifest.json"),
        tree -> ((ObjectNode) tree.path("files").path(0)).put("name", "a\0b"));
    Invocation inspection = Invocation.of(directory, "inspect", checkpoint);
    assertThat(inspection.code()).isEqualTo(1);
    assertThat(inspection.err()).startsWith("samegan: ").doesNotContain("unexpected");
  }

  @Test
  void aLockThatIsALinkIsNotFollowed() throws IOException {
    Path precious = Files.writeString(directory.resolve("precious"), "kept");
    Files.delete(run.resolve(RunLock.FILE));
    Files.createSymbolicLink(run.resolve(RunLock.FILE), precious);
    assertThat(failure("resume", run, "--steps", 8)).contains("found a symbolic link");
    assertThat(precious).hasContent("kept");
  }

  @Test
  void aLengthBelowWhatIsDoneIsSaidWithBoth() {
    assertThat(failure("resume", run, "--steps", 3))
        .contains("already has 4 steps, more than the 3 asked for");
  }
}
