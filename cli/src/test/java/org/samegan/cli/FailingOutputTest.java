package org.samegan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What can't be written is a failure, and leaves nothing in the way of the next try. */
class FailingOutputTest {
  @TempDir private Path directory;

  /** As {@code /dev/full} is. */
  private static final class Full extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      throw new IOException("No space left on device");
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void resultsThatAreLostAreAFailure(List<String> command) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        Main.run(
            command.toArray(new String[0]),
            new PrintStream(new Full(), false, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    assertThat(code).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("samegan: the results could not be written to stdout");
  }

  static List<List<String>> commands() {
    return List.of(
        List.of("variants"), List.of("variants", "--json"), List.of("--help"), List.of("-V"));
  }

  @Test
  void picturesArePngFilesByTheirNamesToo() {
    for (String name : new String[] {"x.jpg", "png", "x.png.gz"}) {
      Invocation sampling = Invocation.of(directory, "sample", directory, "--grid", name);
      assertThat(sampling.code()).isEqualTo(2);
      assertThat(sampling.err()).contains("ends in .png, found '" + name + "'");
    }
  }

  @Test
  void anEmptyDirectoryIsAsGoodAsNone() throws IOException {
    Path run = Files.createDirectory(directory.resolve("run"));
    assertThat(TinyRuns.train(directory, run, "--steps", 1).code()).isZero();

    Path samples = Files.createDirectory(directory.resolve("samples"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), samples);
    Invocation sampling = Invocation.of(directory, "sample", run, "--count", 2, "--out", link);
    assertThat(sampling.code()).as(sampling.err()).isZero();
    assertThat(link).isSymbolicLink();
    assertThat(TinyRuns.names(samples)).containsExactly("000000.png", "000001.png");

    Path weights = directory.resolve("w.safetensors");
    Invocation.of(directory, "export", run, "--format", "safetensors", "--out", weights);
    Path imported = Files.createDirectory(directory.resolve("imported"));
    Invocation importing =
        Invocation.of(
            directory, "import", weights, "--data", TinyRuns.data(directory), "--out", imported);
    assertThat(importing.code()).as(importing.err()).isZero();

    for (Path taken : new Path[] {samples, imported}) {
      Invocation again = Invocation.of(directory, "sample", run, "--count", 2, "--out", taken);
      assertThat(again.err()).contains(taken + ": exists already; choose another --out");
      assertThat(TinyRuns.train(directory, taken, "--steps", 1).err())
          .contains("a run is never overwritten");
    }
  }
}
