package org.samegan.io.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Images, and perhaps labels, in the IDX files of the MNIST database (Y. LeCun, C. Cortes, C.
 * Burges, 1998), raw or gzip. Images have rank 3 (count, height, width) or 4 (and channels, 1 or 3)
 * and unsigned bytes; labels have rank 1 and bytes or integers of 16 or 32 bits. The classes are
 * the labels that occur, in numerical order.
 *
 * @param images the images file
 * @param labels the labels file; empty if the images are unlabelled
 */
public record IdxSource(Path images, Optional<Path> labels) implements ImageSource {
  private static final String GZIP_SUFFIX = ".gz";
  private static final String TRAIN_MARK = "train-";
  private static final String TEST_MARK = "t10k-";

  /** Checks that both are given. */
  public IdxSource {
    Objects.requireNonNull(images, "images");
    Objects.requireNonNull(labels, "labels");
  }

  @Override
  public Path path() {
    return images;
  }

  @Override
  public List<Path> files() {
    return Stream.concat(Stream.of(images), labels.stream()).toList();
  }

  /** The name that MNIST has for the images of a split. */
  static String imagesName(Split split) {
    return (split == Split.TRAIN ? TRAIN_MARK : TEST_MARK) + "images-idx3-ubyte";
  }

  /** The IDX files of a split in a directory, if it is there. */
  static Optional<IdxSource> in(Path directory, Split split) throws IOException {
    return withLabels(IdxName.imagesIn(directory, split));
  }

  /** The IDX source that a single file is part of. */
  static IdxSource of(Path file, Split split) throws IOException {
    IdxStream.requireImages(file);
    if (split == Split.TRAIN) {
      return withLabelsBeside(file);
    }
    Optional<IdxSource> heldOut = heldOutBeside(file);
    if (heldOut.isPresent()) {
      return heldOut.get();
    }
    String name = file.getFileName().toString();
    if (!name.startsWith(TRAIN_MARK)) {
      throw new DataFormatException(
          file,
          "held-out images",
          "a name that starts with " + TRAIN_MARK + ", beside a file that starts with " + TEST_MARK,
          name,
          "name the file of held-out images as the data itself");
    }
    throw new DataFormatException(
        heldOutName(file), "held-out images", "this file", "none", "add it beside " + name);
  }

  /** The held-out images beside a file of training images, if they are there. */
  static Optional<IdxSource> heldOutBeside(Path file) throws IOException {
    Optional<IdxName> usual = IdxName.of(file);
    if (usual.isPresent()) {
      return withLabels(usual.get().heldOutBeside());
    }
    return file.getFileName().toString().startsWith(TRAIN_MARK)
        ? withLabels(rawOrGzip(withoutGzipSuffix(heldOutName(file))))
        : Optional.empty();
  }

  private static Path heldOutName(Path file) {
    String name = file.getFileName().toString();
    return file.resolveSibling(TEST_MARK + name.substring(TRAIN_MARK.length()));
  }

  private static Optional<IdxSource> withLabels(Optional<Path> images) throws IOException {
    return images.isPresent() ? Optional.of(withLabelsBeside(images.get())) : Optional.empty();
  }

  private static IdxSource withLabelsBeside(Path images) throws IOException {
    Optional<IdxName> name = IdxName.of(images);
    return new IdxSource(images, name.isPresent() ? name.get().labelsBeside() : Optional.empty());
  }

  private static Path withoutGzipSuffix(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(GZIP_SUFFIX)
        ? file.resolveSibling(name.substring(0, name.length() - GZIP_SUFFIX.length()))
        : file;
  }

  private static Optional<Path> rawOrGzip(Path raw) {
    Path gzip = raw.resolveSibling(raw.getFileName() + GZIP_SUFFIX);
    return Stream.of(raw, gzip).filter(Files::isRegularFile).findFirst();
  }
}
