package org.samegan.torch.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibTorchPlacesTest {
  private static final String FILE = System.mapLibraryName("torch");

  @TempDir private Path directory;

  private Path library(String... parts) throws IOException {
    Path folder = directory;
    for (String part : parts) {
      folder = folder.resolve(part);
    }
    Files.createDirectories(folder);
    return Files.writeString(folder.resolve(FILE), "");
  }

  private static LibTorchPlaces.Search search(Map<String, String> environment, String... pythons) {
    return new LibTorchPlaces(environment, List.of(pythons)).find();
  }

  /** A program that answers as Python does. */
  private String python(String name, String answer, int code) throws IOException {
    Path program = directory.resolve(name);
    Files.writeString(program, "#!/bin/sh\necho '" + answer + "'\nexit " + code + "\n");
    assumeTrue(program.toFile().setExecutable(true));
    assumeTrue(!System.getProperty("os.name").startsWith("Windows"));
    return program.toString();
  }

  @Test
  void takesWhatTheVariableNamesFileOrDirectory() throws IOException {
    Path named = library("libtorch", "lib");
    Path other = library("venv", "lib", "python3.12", "site-packages", "torch", "lib");
    for (Path place : List.of(named, named.getParent(), named.getParent().getParent())) {
      assertThat(
              search(
                      Map.of(
                          "SAMEGAN_LIBTORCH",
                          place.toString(),
                          "VIRTUAL_ENV",
                          directory.resolve("venv").toString()))
                  .require())
          .isEqualTo(new LibTorchPlaces.Found(named, "SAMEGAN_LIBTORCH"));
    }
    Path packages = other.getParent().getParent().getParent();
    assertThat(search(Map.of("SAMEGAN_LIBTORCH", packages.toString())).require().file())
        .isEqualTo(other);
  }

  /** Whoever names one doesn't want another. */
  @Test
  void refusesAVariableThatNamesNone() throws IOException {
    library("venv", "lib", "python3.12", "site-packages", "torch", "lib");
    String venv = directory.resolve("venv").toString();
    String nowhere = directory.resolve("nowhere").toString();
    assertThatThrownBy(() -> search(Map.of("SAMEGAN_LIBTORCH", nowhere, "VIRTUAL_ENV", venv)))
        .isInstanceOf(TorchException.class)
        .hasMessageContaining("SAMEGAN_LIBTORCH names " + nowhere)
        .hasMessageContaining("there is no " + FILE)
        .hasMessageContaining("torch/lib");
  }

  @Test
  void findsTheActiveVirtualEnvironmentsBeforeCondas() throws IOException {
    Path venv = library("venv", "lib", "python3.12", "site-packages", "torch", "lib");
    Path conda = library("conda", "lib", "python3.11", "site-packages", "torch", "lib");
    Path condaOwn = library("conda-own", "lib");
    String root = directory.toString();
    assertThat(
            search(Map.of("VIRTUAL_ENV", root + "/venv", "CONDA_PREFIX", root + "/conda"))
                .require())
        .isEqualTo(new LibTorchPlaces.Found(venv, "the active virtual environment"));
    assertThat(
            search(Map.of("VIRTUAL_ENV", root + "/empty", "CONDA_PREFIX", root + "/conda"))
                .require())
        .isEqualTo(new LibTorchPlaces.Found(conda, "the active conda environment"));
    assertThat(search(Map.of("CONDA_PREFIX", root + "/conda-own")).require().file())
        .isEqualTo(condaOwn);
  }

  @Test
  void asksPythonLast() throws IOException {
    Path installed = library("user", "torch", "lib");
    String none = python("none", "", 0);
    String broken = python("broken", "Traceback", 1);
    String some = python("some", installed.getParent().getParent().toString(), 0);
    assertThat(search(Map.of(), none, broken, some).require())
        .isEqualTo(new LibTorchPlaces.Found(installed, some));
  }

  @Test
  void saysWhereItLookedAndWhatToDo() throws IOException {
    String none = python("none", "", 0);
    String empty = python("empty", directory.resolve("torch").toString(), 0);
    String root = directory.resolve("venv").toString();
    assertThatThrownBy(
            () ->
                search(Map.of("VIRTUAL_ENV", root), none, empty, directory + "/missing").require())
        .isInstanceOf(TorchException.class)
        .hasMessageContaining("no libtorch was found: SAMEGAN_LIBTORCH is not set")
        .hasMessageContaining("the active virtual environment " + root + " has none")
        .hasMessageContaining("no conda environment is active")
        .hasMessageContaining(none + " has no module torch")
        .hasMessageContaining("there is no " + FILE + " in " + directory.resolve("torch"))
        .hasMessageContaining("there is no " + directory + "/missing")
        .hasMessageContaining("pip install torch");
  }
}
