package org.samegan.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.samegan.io.file.NewDirectory;
import org.samegan.io.file.WholeFile;
import org.samegan.runs.PreparedRun;
import org.samegan.runs.device.ComputeDevice;
import org.samegan.runs.device.Computing;
import org.samegan.runs.sampling.SampleRequest;
import org.samegan.runs.sampling.Samples;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sample}: images, or points, from a trained generator. */
@Command(
    name = "sample",
    description = "Draw images, or points, from a trained generator.",
    sortOptions = false,
    footer = {"", "The same seed gives the same bytes; the first images don't depend on --count."})
final class SampleCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final GivenOptions given;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "GENERATOR",
      description =
          "A run, for its latest checkpoint, a checkpoint's directory, or an exported generator:"
              + " FILE.onnx, FILE.safetensors, or a SameDiff graph.")
  private Path place;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "How many; default: 100 images, 2500 points.")
  private Integer count;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "42",
      description = "Seed of the latents; default: 42.")
  private long seed;

  @Option(
      names = "--label",
      paramLabel = "CLASS",
      description =
          "Of a model that learnt labels: only images of this class, by its name, or else its number"
              + " from 0; default: every class in turn.")
  private String label;

  @Option(
      names = "--sweep",
      paramLabel = "N",
      description =
          "With --grid: a row for each class of the categorical code, in which the N-th value of"
              + " the continuous codes, from 1, goes from -2 to 2 and all else stays.")
  private Integer sweep;

  @ArgGroup(multiplicity = "1")
  private Destination destination;

  private static final class Destination {
    @Option(
        names = "--grid",
        paramLabel = "FILE.png",
        required = true,
        description =
            "Write all images on one sheet, or a scatter plot of points; a file that is there is"
                + " replaced.")
    private Path grid;

    @Option(
        names = "--out",
        paramLabel = "DIR",
        required = true,
        description =
            "Write 000000.png and so on, or points.csv, to a new or empty directory; of a model"
                + " that learnt labels, into folders named after the classes.")
    private Path directory;

    @Option(
        names = "--tensors",
        paramLabel = "FILE.safetensors",
        required = true,
        description =
            "Write latents and images, or points, as floats to a new file; images are (count, C, H,"
                + " W).")
    private Path tensors;

    /** What can't be written must not be found out when all samples have been computed. */
    void requireRoom() throws IOException {
      if (directory != null) {
        NewDirectory.requireRoom(directory, "exists already; choose another --out");
        PreparedRun.requireWritableParent(directory);
      } else {
        WholeFile.requireDirectory(grid == null ? tensors : grid);
      }
      if (tensors != null) {
        requireAbsent(tensors, "samples are never overwritten; choose another name");
      }
      if (grid != null && Files.isDirectory(grid)) {
        throw new FileAlreadyExistsException(
            grid.toString(), null, "is a directory; choose a file for --grid");
      }
    }

    private static void requireAbsent(Path path, String reason) throws IOException {
      if (Files.exists(path)) {
        throw new FileAlreadyExistsException(path.toString(), null, reason);
      }
    }

    Path path() {
      return grid != null ? grid : directory != null ? directory : tensors;
    }
  }

  SampleCommand(Terminal terminal, GivenOptions given) {
    this.terminal = terminal;
    this.given = given;
  }

  @Override
  public Integer call() throws IOException {
    SampleRequest request = checked();
    destination.requireRoom();
    Computing computing = ComputeDevice.select(given.config(), terminal::tell).start();
    try (Samples samples = Samples.of(place, computing.backend())) {
      samples.require(request);
      samples
          .modes(request)
          .ifPresent(modes -> terminal.say("modes: %s", WatchedTraining.inWords(modes)));
      if (sweep != null) {
        samples.writeSweep(destination.grid, sweep, seed);
      } else if (destination.grid != null) {
        samples.writeGrid(destination.grid, request);
      } else if (destination.directory != null) {
        samples.writeEach(destination.directory, request);
      } else {
        samples.writeTensors(destination.tensors, request);
      }
    }
    terminal.print("%s", destination.path());
    return 0;
  }

  private SampleRequest checked() {
    try {
      if (count != null && count < 1) {
        throw new IllegalArgumentException(
            "--count must be a whole number of at least 1, found " + count);
      }
      if (sweep != null && (destination.grid == null || label != null || count != null)) {
        throw new IllegalArgumentException(
            "--sweep makes a picture of its own: use it with --grid, and without --count and"
                + " --label");
      }
      if (destination.grid != null && !Files.isDirectory(destination.grid)) {
        Samples.requirePicture(destination.grid);
      }
      given.values();
      return new SampleRequest(count, seed, label);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
