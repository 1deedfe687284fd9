package org.samegan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A command that no longer works would only be seen by slower starts. */
class RehearsalTest {
  @TempDir private Path directory;

  @Test
  void allCommandsSucceed() {
    Path data = TinyRuns.idx(directory, "images-idx3-ubyte", 28, 1);
    System.setProperty("samegan.cache", directory.resolve("cache").toString());
    assertThat(Rehearsal.succeeds(data, directory)).isTrue();
  }
}
