package org.samegan.cli;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.samegan.core.Shape;
import org.samegan.core.training.Gan;
import org.samegan.core.training.LatentSource;
import org.samegan.core.training.Sampler;
import org.samegan.io.checkpoint.Checkpoint;
import org.samegan.io.file.WholeFile;
import org.samegan.io.image.ByteImage;
import org.samegan.io.image.PngImage;
import org.samegan.io.run.Run;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
  /** Images in memory at a time, so that their number has no limit. */
  private static final int PORTION = 256;

  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "CHECKPOINT",
      description = "A run, for its latest checkpoint, or a checkpoint's directory.")
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
      paramLabel = "K",
      description =
          "Of a model that learnt labels: only images of class K, from 0; default: every class in"
              + " turn.")
  private Integer label;

  @Option(
      names = "--sweep",
      paramLabel = "N",
      description =
          "With --grid: a row for each class of the categorical code, in which the N-th value of the"
              + " continuous codes, from 1, goes from -2 to 2 and all else stays.")
  private Integer sweep;

  @ArgGroup(multiplicity = "1")
  private Destination destination;

  @Mixin private Compute compute;

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
            "Write 000000.png and so on, or points.csv, to a new directory; of a model that learnt"
                + " labels, into folders named after the classes.")
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
        requireAbsent(directory, "exists already; choose another --out");
        NewRun.requireWritableParent(directory);
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
  }

  SampleCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    String device = checked();
    destination.requireRoom();
    Compute.start(Compute.select(device, terminal), compute.threadsOr(0));
    Checkpoint checkpoint = Run.checkpointAt(place);
    Run run = Run.holding(checkpoint.directory()).orElse(null);
    Gan gan = checkpoint.gan();
    if (count == null) {
      count = PointSamples.areOf(gan) ? PointSamples.COUNT : 100;
    }
    SampleClasses classes = SampleClasses.of(gan, label);
    CodeSweep swept = sweep == null ? null : CodeSweep.of(gan, sweep, seed);
    try (Sampler sampler = new Sampler(checkpoint.generator(), gan.latent(), gan.exampleShape())) {
      if (destination.tensors != null) {
        SampleTensors.write(
            destination.tensors, gan, sampler, count, classes.latents(gan.latent(), seed));
        terminal.print("%s", destination.tensors);
      } else if (PointSamples.areOf(gan)) {
        LatentSource latents = classes.latents(gan.latent(), seed);
        writePoints(new PointSamples(run, sampler.sample(0, count, latents)));
      } else if (swept != null) {
        float[] images = sampler.sample(0, swept.count(), swept.latents());
        SampleGrid.write(destination.grid, images, gan, CodeSweep.COLUMNS);
        terminal.print("%s", destination.grid);
      } else if (destination.directory != null) {
        writeEach(sampler, gan, classes);
      } else {
        int columns = classes.columns(count);
        SampleGrid.requireFit(gan, count, columns);
        LatentSource latents = classes.latents(gan.latent(), seed);
        SampleGrid.write(destination.grid, sampler.sample(0, count, latents), gan, columns);
        terminal.print("%s", destination.grid);
      }
    }
    return 0;
  }

  private String checked() {
    try {
      OptionRange.atLeast("--count", 1, count);
      if (sweep != null && (destination.grid == null || label != null || count != null)) {
        throw new IllegalArgumentException(
            "--sweep makes a picture of its own: use it with --grid, and without --count and"
                + " --label");
      }
      compute.threadsOr(0);
      return compute.deviceOr("auto");
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private void writePoints(PointSamples points) throws IOException {
    points.modes().ifPresent(modes -> terminal.say("modes: %s", PointSamples.inWords(modes)));
    if (destination.grid == null) {
      Files.createDirectories(destination.directory);
      points.writeCsv(destination.directory.resolve("points.csv"));
      terminal.print("%s", destination.directory);
    } else {
      points.writePlot(destination.grid);
      terminal.print("%s", destination.grid);
    }
  }

  private void writeEach(Sampler sampler, Gan gan, SampleClasses classes) throws IOException {
    Files.createDirectories(destination.directory);
    Shape shape = gan.exampleShape();
    LatentSource latents = classes.latents(gan.latent(), seed);
    for (int first = 0; first < count; first += PORTION) {
      int last = Math.min(count, first + PORTION);
      FloatBuffer buffer = FloatBuffer.wrap(sampler.sample(first, last - first, latents));
      for (int i = first; i < last; i++) {
        Path directory = Files.createDirectories(classes.directory(destination.directory, i));
        String name = String.format(Locale.ROOT, "%06d.png", i);
        PngImage.write(directory.resolve(name), ByteImage.of(buffer, shape, gan.pixelRange()));
      }
    }
    terminal.print("%s", destination.directory);
  }
}
