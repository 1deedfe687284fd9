package org.samegan.io.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepFilesTest {
  @TempDir Path directory;

  @Test
  void areSortedByNumber() throws IOException {
    List<String> names = List.of("step-00000020.png", "step-99999999.png", "step-100000000.png");
    for (String name : names) {
      Files.createFile(directory.resolve(name));
    }
    for (String other :
        List.of("step-00000030", "step-.png", "step-7.png", "step-00000008.png.tmp")) {
      Files.createFile(directory.resolve(other));
    }
    assertThat(StepFiles.in(directory, ".png"))
        .extracting(path -> path.getFileName().toString())
        .containsExactlyElementsOf(names);
    assertThat(StepFiles.in(directory.resolve("none"), ".png")).isEmpty();
  }

  @Test
  void namesHaveEightDigitsOrMore() {
    assertThat(StepFiles.name(7, ".png")).isEqualTo("step-00000007.png");
    assertThat(StepFiles.name(100_000_000, "")).isEqualTo("step-100000000");
  }
}
