package org.samegan.torch.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.samegan.torch.ChildProcess;
import org.samegan.torch.TestLibrary;

/**
 * What is said of files that aren't libtorch, by one process that was given all of them and the
 * right one last: this one has loaded it already.
 */
class UnusableLibraryTest {
  private static final String ADVICE =
      String.format(
          "; name the file %s in the folder torch/lib of PyTorch 2.10 or later, among the libraries"
              + " that come with it",
          System.mapLibraryName("torch"));

  private static final Map<Path, List<String>> SAID = new LinkedHashMap<>();

  @TempDir static Path directory;
  private static Path torch;
  private static Path text;

  @BeforeAll
  static void loadAll() throws Exception {
    torch = TestLibrary.file().toAbsolutePath();
    text =
        Files.writeString(directory.resolve("libtorch.so"), "no library, but a text\n".repeat(9));
    List<Path> files =
        List.of(missing(), directory, text, beside("libc10.so"), beside("libgomp.so.1"), torch);
    List<String> lines =
        ChildProcess.run(
            List.of(), Loading.class, files.stream().map(Path::toString).toArray(String[]::new));
    Path current = null;
    for (String line : lines) {
      if (line.startsWith(Loading.BEFORE)) {
        current = Path.of(line.substring(Loading.BEFORE.length()));
        SAID.put(current, new ArrayList<>());
      } else if (current != null) {
        SAID.get(current).add(line);
      }
    }
  }

  private static Path missing() {
    return directory.resolve("nothing.so");
  }

  private static Path beside(String name) {
    return torch.resolveSibling(name);
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThat(SAID.get(missing())).containsExactly(missing() + " is not there" + ADVICE);
  }

  @Test
  void aFolderIsNoLibrary() {
    assertThat(SAID.get(directory))
        .containsExactly(directory + " is a folder, a file is needed" + ADVICE);
  }

  @Test
  void aTextIsNoLibrary() {
    String message = only(text);
    assertThat(message)
        .startsWith(
            text
                + " can't be loaded: it is no library for this system and processor, or one that it"
                + " needs is missing (")
        .endsWith(")" + ADVICE)
        // not JNA's, which holds the whole class path
        .hasSizeLessThan(600);
  }

  @Test
  void anotherLibraryIsRefusedWithTheFunctionsThatItLacks() {
    for (Path other : List.of(beside("libc10.so"), beside("libgomp.so.1"))) {
      assumeTrue(Files.isRegularFile(other));
      assertThat(only(other))
          .startsWith(other + " is another library than SameGAN needs, or too old" + ADVICE)
          .contains(" functions that SameGAN calls it lacks aoti_torch_")
          .contains(", aoti_torch_abi_version, ")
          .contains(", torch_call_dispatcher, ");
    }
  }

  @Test
  void theRightOneIsLoadedAfterAllThatFailed() {
    assertThat(SAID.get(torch).get(0)).matches("loaded 2\\.\\d+\\.\\d+");
  }

  @Test
  void aGpuIsRefusedWhereLibtorchOrTheMachineHasNone() {
    assertThat(SAID.get(torch)).hasSize(2);
    String message = SAID.get(torch).get(1);
    if (Files.exists(beside("libtorch_cuda.so"))) {
      assertThat(message)
          .matches("there is a GPU|there is no GPU that .* can use: .* nvidia-smi .*");
      return;
    }
    assertThat(message)
        .isEqualTo(
            "there is no GPU for "
                + torch
                + ", which was built for the CPU alone; install PyTorch 2.10 or later with CUDA, or"
                + " use the CPU");
  }

  private static String only(Path file) {
    assertThat(SAID.get(file)).hasSize(1);
    return SAID.get(file).get(0);
  }
}
