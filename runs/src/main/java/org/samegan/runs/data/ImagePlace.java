package org.samegan.runs.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.samegan.core.data.ExampleKind;
import org.samegan.io.data.ImageOptions;
import org.samegan.io.data.ImageSource;
import org.samegan.io.data.Split;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunOptions;

/**
 * Images in IDX files or folders.
 *
 * @param path of a file or a directory
 */
record ImagePlace(Path path) implements DataPlace {
  @Override
  public ExampleKind kind() {
    return ExampleKind.IMAGES;
  }

  @Override
  public String absolute() {
    return path.toAbsolutePath().normalize().toString();
  }

  @Override
  public void requireFitting(RunConfig config) {
    // Images can be brought to any size and number of channels.
  }

  @Override
  public FoundExamples find(RunConfig config) throws IOException {
    return FoundImages.of(ImageSource.at(path, Split.TRAIN), options(config));
  }

  @Override
  public Optional<FoundExamples> findHeldOut(RunConfig config, boolean named) throws IOException {
    Optional<ImageSource> source = heldOut(named);
    return source.isEmpty()
        ? Optional.empty()
        : Optional.of(FoundImages.of(source.get(), options(config)));
  }

  /** A place that was named holds held-out images whatever they are called. */
  private Optional<ImageSource> heldOut(boolean named) throws IOException {
    Optional<ImageSource> split =
        named && !Files.isDirectory(path) ? Optional.empty() : ImageSource.heldOutOf(path);
    return named && split.isEmpty() ? Optional.of(ImageSource.at(path, Split.TRAIN)) : split;
  }

  private static ImageOptions options(RunConfig config) {
    Long size = config.get(RunOptions.IMAGE_SIZE);
    Long channels = config.get(RunOptions.CHANNELS);
    return new ImageOptions(
        size == null ? 0 : Math.toIntExact(size),
        channels == null ? 0 : Math.toIntExact(channels),
        config.get(RunOptions.SKIP_BAD));
  }
}
