package org.samegan.runs.sampling;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.samegan.core.backend.Backend;
import org.samegan.core.data.ExampleKind;
import org.samegan.core.gan.LatentSource;
import org.samegan.core.inference.TrainedGenerator;
import org.samegan.io.checkpoint.CheckpointDirectory;
import org.samegan.io.file.NewDirectory;
import org.samegan.io.inference.GeneratorLoader;
import org.samegan.io.run.BestCheckpoint;
import org.samegan.io.run.Run;
import org.samegan.io.run.RunOptions;
import org.samegan.io.toy.ModeStatistics;
import org.samegan.io.toy.ToyData;
import org.samegan.runs.data.DataPlace;

/**
 * Samples of a trained generator, as files. The same request gives the same bytes, and the first
 * samples don't depend on how many are asked for. Close it to give the generator's memory back.
 *
 * <pre>{@code
 * try (Samples samples = Samples.of(Path.of("runs/first"))) {
 *   samples.writeGrid(Path.of("digits.png"), SampleRequest.picture(42));
 * }
 * }</pre>
 */
public final class Samples implements AutoCloseable {
  /** A point belongs to a mode up to so many of the mode's standard deviations. */
  public static final double MODE_SIGMAS = 4;

  private final TrainedGenerator generator;
  private final Optional<ToyData> points;
  private final SampleFiles files;

  private Samples(TrainedGenerator generator, Optional<ToyData> points) {
    this.generator = generator;
    this.points = points;
    files =
        switch (ExampleKind.of(generator.exampleShape())) {
          case IMAGES -> new ImageFiles(generator);
          case POINTS -> new PointFiles(generator, points);
        };
  }

  /**
   * Samples of a generator, which is taken over.
   *
   * @param data what it was trained on, if that is known
   */
  public static Samples of(TrainedGenerator generator, Optional<DataPlace> data) {
    return new Samples(generator, data.flatMap(DataPlace::points));
  }

  /**
   * Samples of what is found at a place.
   *
   * @param place a run, for its latest checkpoint, a checkpoint's directory, or an exported
   *     generator
   * @throws IOException if there is none, or it can't be used
   */
  public static Samples of(Path place) throws IOException {
    return of(place, Backend.nd4j());
  }

  /**
   * The same on a device of one's choice.
   *
   * @param backend what computes; it stays the caller's
   */
  public static Samples of(Path place, Backend backend) throws IOException {
    return ofResolved(BestCheckpoint.resolve(place), backend);
  }

  private static Samples ofResolved(Path place, Backend backend) throws IOException {
    Optional<DataPlace> data = Optional.empty();
    if (Files.isDirectory(place)) {
      Optional<Run> run = Run.isRun(place) ? Optional.of(Run.open(place)) : Run.holding(place);
      data = run.map(known -> known.record().config().get(RunOptions.DATA)).map(DataPlace::of);
    }
    return of(GeneratorLoader.load(place, backend), data);
  }

  /** How many there are where none are counted. */
  private int count(SampleRequest request) {
    return request.count() == null ? files.pictureCount() : request.count();
  }

  /**
   * Writes all samples on one sheet, or a scatter plot of points; a file that is there is replaced.
   *
   * @throws IllegalArgumentException if the sheet would be too large, or there is no such class
   * @throws IOException if the file can't be written
   */
  public void writeGrid(Path file, SampleRequest request) throws IOException {
    SampleClasses classes = classes(request);
    files.writePicture(file, count(request), classes.columns(count(request)), latents(request));
  }

  /**
   * Writes a sheet that shows what one continuous code means, with a row for each class of the
   * categorical code.
   *
   * @param code which value of the continuous codes, from 1
   * @throws IllegalArgumentException if the generator takes no such code
   * @throws IOException if the file can't be written
   */
  public void writeSweep(Path file, int code, long seed) throws IOException {
    CodeSweep sweep = CodeSweep.of(generator.latent(), code, seed);
    files.writePicture(file, sweep.count(), CodeSweep.COLUMNS, sweep.latents());
  }

  /**
   * Writes every image as a file of its own, or a table of points, into a new or empty directory;
   * where the generator takes labels, into folders of its own for each class.
   *
   * @throws IllegalArgumentException if there is no such class
   * @throws IOException if something can't be written; nothing is left behind then
   */
  public void writeEach(Path directory, SampleRequest request) throws IOException {
    NewDirectory.requireRoom(directory, "samples are never overwritten; choose another directory");
    try (CheckpointDirectory partial = CheckpointDirectory.beside(NewDirectory.place(directory))) {
      files.writeEach(partial.path(), count(request), classes(request), latents(request));
      partial.complete();
    }
  }

  /**
   * Makes sure that a picture's name says what it will be.
   *
   * @throws IllegalArgumentException if not
   */
  public static void requirePicture(Path file) {
    if (!file.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
      throw new IllegalArgumentException(
          "pictures of samples are PNG files: choose a name that ends in .png, found '"
              + file
              + "'");
    }
  }

  /**
   * Writes latents and samples as numbers, see {@link SampleTensors}.
   *
   * @throws IllegalArgumentException if there are too many for one array, or there is no such class
   * @throws IOException if the file can't be written
   */
  public void writeTensors(Path file, SampleRequest request) throws IOException {
    SampleTensors.write(file, generator, count(request), latents(request));
  }

  /** How well the samples cover the data's modes; empty if the data has none or is not known. */
  public Optional<ModeStatistics> modes(SampleRequest request) {
    return points
        .map(ToyData::distribution)
        .filter(distribution -> !distribution.modes().isEmpty())
        .map(
            distribution ->
                distribution.modesCovered(
                    FloatBuffer.wrap(generator.sample(0, count(request), latents(request))),
                    MODE_SIGMAS));
  }

  /**
   * Makes sure that a request can be met, before anything is computed or written.
   *
   * @throws IllegalArgumentException if not
   */
  public void require(SampleRequest request) {
    classes(request);
  }

  private SampleClasses classes(SampleRequest request) {
    return SampleClasses.of(generator.latent(), request.label());
  }

  private LatentSource latents(SampleRequest request) {
    return classes(request).latents(generator.latent(), request.seed());
  }

  @Override
  public void close() {
    generator.close();
  }
}
