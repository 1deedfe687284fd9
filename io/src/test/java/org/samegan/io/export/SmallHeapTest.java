package org.samegan.io.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Arrays lie outside the heap, so that no model is too large for a heap of the usual size. */
class SmallHeapTest {
  private static final String HEAP = "-Xmx40m";

  @TempDir Path directory;

  @Test
  void savesResumesExportsAndImportsWhatIsLargerThanTheHeap() throws Exception {
    Path log = directory.resolve("log");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-XX:+UseSerialGC",
                "-Dorg.bytedeco.javacpp.maxbytes=0",
                "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
                LargerThanTheHeap.class.getName(),
                directory.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    // Not on the command line: ONNX Runtime crashes where that is very long.
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    Process process = builder.start();
    try {
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("ended in time").isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    assertThat(directory.resolve("generator.fb")).exists();
    assertThat(Files.size(directory.resolve("generator.fb")))
        .isGreaterThan(LargerThanTheHeap.ARRAY);
  }
}
