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
import org.samegan.core.training.Sampler;
import org.samegan.io.checkpoint.Checkpoint;
import org.samegan.io.image.ByteImage;
import org.samegan.io.image.PngGrid;
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

/** {@code sample}: images from a trained generator. */
@Command(
    name = "sample",
    description = "Draw images from a trained generator.",
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
      defaultValue = "100",
      description = "How many images; default: 100.")
  private int count;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "42",
      description = "Seed of the latents; default: 42.")
  private long seed;

  @ArgGroup(multiplicity = "1")
  private Destination destination;

  @Mixin private Compute compute;

  private static final class Destination {
    @Option(
        names = "--grid",
        paramLabel = "FILE.png",
        required = true,
        description = "Write all images on one sheet.")
    private Path grid;

    @Option(
        names = "--out",
        paramLabel = "DIR",
        required = true,
        description = "Write 000000.png and so on to a new directory.")
    private Path directory;

    @Option(
        names = "--tensors",
        paramLabel = "FILE.safetensors",
        required = true,
        description = "Write latents and images as floats; images are (count, C, H, W).")
    private Path tensors;
  }

  SampleCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    String device = checked();
    if (destination.directory != null && Files.exists(destination.directory)) {
      throw new FileAlreadyExistsException(
          destination.directory.toString(), null, "exists already; choose another --out");
    }
    Compute.select(device, terminal);
    Compute.start(compute.threadsOr(0));
    Checkpoint checkpoint = Run.isRun(place) ? Run.open(place).latest() : Checkpoint.read(place);
    Gan gan = checkpoint.gan();
    try (Sampler sampler = new Sampler(checkpoint.generator(), gan.latent(), gan.exampleShape())) {
      if (destination.tensors != null) {
        SampleTensors.write(destination.tensors, gan, sampler, count, seed);
        terminal.print("%s", destination.tensors);
      } else if (destination.directory != null) {
        writeEach(sampler, gan);
      } else {
        writeGrid(sampler.sample(0, count, seed), gan);
      }
    }
    return 0;
  }

  private String checked() {
    try {
      OptionRange.atLeast("--count", 1, count);
      compute.threadsOr(0);
      return compute.deviceOr("auto");
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private void writeGrid(float[] images, Gan gan) throws IOException {
    int columns = (int) Math.ceil(Math.sqrt(count));
    int rows = (count + columns - 1) / columns;
    PngGrid.of(rows, columns)
        .write(destination.grid, FloatBuffer.wrap(images), gan.exampleShape(), gan.pixelRange());
    terminal.print("%s", destination.grid);
  }

  private void writeEach(Sampler sampler, Gan gan) throws IOException {
    Files.createDirectories(destination.directory);
    Shape shape = gan.exampleShape();
    for (int first = 0; first < count; first += PORTION) {
      int last = Math.min(count, first + PORTION);
      FloatBuffer buffer = FloatBuffer.wrap(sampler.sample(first, last - first, seed));
      for (int i = first; i < last; i++) {
        String name = String.format(Locale.ROOT, "%06d.png", i);
        PngImage.write(
            destination.directory.resolve(name), ByteImage.of(buffer, shape, gan.pixelRange()));
      }
    }
    terminal.print("%s", destination.directory);
  }
}
