package org.samegan.torch.library;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Where a libtorch is looked for: where {@code SAMEGAN_LIBTORCH} says, in the active virtual
 * environment, in the active conda environment, in the PyTorch of {@code python3} or {@code
 * python}. What is named is taken, and nothing else is looked at then.
 */
public final class LibTorchPlaces {
  /** The environment variable that names a libtorch. */
  public static final String VARIABLE = "SAMEGAN_LIBTORCH";

  /** What to do where there is none. */
  public static final String REMEDY =
      "install PyTorch 2.10 or later (pip install torch), or name its libtorch by the environment"
          + " variable "
          + VARIABLE;

  private static final String FILE = System.mapLibraryName("torch");
  private static final int PATIENCE_SECONDS = 20;

  /**
   * Without importing it, which would take seconds, and not in the working directory, where any
   * directory of that name would do.
   */
  private static final String QUERY =
      "import importlib.util as u, sys; sys.path = [p for p in sys.path if p];"
          + " s = u.find_spec('torch');"
          + " print(s.submodule_search_locations[0] if s else '')";

  private final Map<String, String> environment;
  private final List<String> pythons;
  private final List<String> looked = new ArrayList<>();

  /**
   * By what the system says.
   *
   * @param environment the process's
   * @param pythons commands to ask, the first that has PyTorch counts
   */
  LibTorchPlaces(Map<String, String> environment, List<String> pythons) {
    this.environment = environment;
    this.pythons = pythons;
  }

  /** A libtorch and where it was found, in words. */
  public record Found(Path file, String origin) {}

  /**
   * What was found.
   *
   * @param found the libtorch; empty if there is none
   * @param looked where it was looked for in vain, a part of a sentence each
   */
  public record Search(Optional<Found> found, List<String> looked) {
    /**
     * The libtorch.
     *
     * @throws TorchException if there is none, with where it was looked for and what to do
     */
    public Found require() {
      return found.orElseThrow(
          () ->
              new TorchException(
                  String.format(
                      Locale.ROOT,
                      "no libtorch was found: %s; %s",
                      String.join(", ", looked),
                      REMEDY)));
    }
  }

  /**
   * Looks for a libtorch. It takes as long as it takes Python to start, at most.
   *
   * @throws TorchException if there is none where the environment variable says
   */
  public static Search search() {
    return new LibTorchPlaces(System.getenv(), List.of("python3", "python")).find();
  }

  Search find() {
    String named = environment.getOrDefault(VARIABLE, "");
    if (!named.isEmpty()) {
      Path file =
          in(Path.of(named))
              .orElseThrow(
                  () ->
                      new TorchException(
                          String.format(
                              Locale.ROOT,
                              "%s names %s, where there is no %s; name that file, or a directory"
                                  + " that has it, such as torch/lib in Python's site-packages",
                              VARIABLE,
                              named,
                              FILE)));
      return new Search(Optional.of(new Found(file, VARIABLE)), List.of());
    }
    looked.add(VARIABLE + " is not set");
    Optional<Found> found =
        inEnvironment("VIRTUAL_ENV", "virtual environment")
            .or(() -> inEnvironment("CONDA_PREFIX", "conda environment"))
            .or(this::ofPython);
    return new Search(found, List.copyOf(looked));
  }

  private Optional<Found> inEnvironment(String variable, String what) {
    String root = environment.getOrDefault(variable, "");
    if (root.isEmpty()) {
      looked.add("no " + what + " is active");
      return Optional.empty();
    }
    for (Path packages : packages(Path.of(root))) {
      Optional<Path> file = in(packages);
      if (file.isPresent()) {
        return file.map(path -> new Found(path, "the active " + what));
      }
    }
    looked.add(String.format(Locale.ROOT, "the active %s %s has none", what, root));
    return Optional.empty();
  }

  /** Where an environment has its libraries, Python's and its own. */
  private static List<Path> packages(Path root) {
    List<Path> places = new ArrayList<>();
    try (DirectoryStream<Path> versions =
        Files.newDirectoryStream(root.resolve("lib"), "python3*")) {
      versions.forEach(version -> places.add(version.resolve("site-packages")));
    } catch (IOException e) {
      // On Windows, and where it is broken, there is no such directory; the others may be there.
      places.clear();
    }
    places.add(root.resolve("Lib").resolve("site-packages"));
    places.add(root);
    return places;
  }

  private Optional<Found> ofPython() {
    for (String python : pythons) {
      Optional<Path> packaged = ask(python).map(Path::of);
      Optional<Path> library = packaged.flatMap(LibTorchPlaces::in);
      if (library.isPresent()) {
        return library.map(path -> new Found(path, python));
      }
      packaged.ifPresent(path -> looked.add("there is no " + FILE + " in " + path));
    }
    return Optional.empty();
  }

  /** Where a Python's PyTorch is; nothing if it has none, or there is no such Python. */
  private Optional<String> ask(String python) {
    try {
      Process process =
          new ProcessBuilder(python, "-c", QUERY)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        looked.add(python + " did not answer in " + PATIENCE_SECONDS + " seconds");
        return Optional.empty();
      }
      String answer =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.exitValue() != 0 || answer.isEmpty()) {
        looked.add(python + " has no module torch");
        return Optional.empty();
      }
      return Optional.of(answer);
    } catch (IOException e) {
      looked.add("there is no " + python);
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      looked.add("interrupted while asking " + python);
      return Optional.empty();
    }
  }

  /** The library itself, or the one in a directory: PyTorch's, its parent, or a libtorch's. */
  private static Optional<Path> in(Path place) {
    for (Path file :
        List.of(
            place,
            place.resolve(FILE),
            place.resolve("lib").resolve(FILE),
            place.resolve("torch").resolve("lib").resolve(FILE))) {
      if (Files.isRegularFile(file)) {
        return Optional.of(file.toAbsolutePath().normalize());
      }
    }
    return Optional.empty();
  }
}
