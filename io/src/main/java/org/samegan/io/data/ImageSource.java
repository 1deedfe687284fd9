package org.samegan.io.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.samegan.core.data.ExampleForm;

/** Where images come from: IDX files or a folder of pictures. */
public sealed interface ImageSource permits IdxSource, FolderSource {
  /** The file or directory that holds the images. */
  Path path();

  /** Every file the images and labels are read from, in a fixed order. */
  List<Path> files();

  /** Files that lie among the images and are not read, by their names; empty if there are none. */
  default Optional<OtherFiles> otherFiles() {
    return Optional.empty();
  }

  /**
   * What the images will be like once they are packed, by the first that can be decoded and the
   * names or labels of the classes. Whether the others are like it shows when they are packed.
   *
   * @param options the form they are to be brought to
   * @throws DataFormatException if the first image is damaged, unless the options leave it out; or
   *     if the labels are
   * @throws IOException if the source cannot be read
   */
  default ExampleForm form(ImageOptions options) throws IOException {
    return FirstImage.form(this, options);
  }

  /**
   * Finds out what is at a path.
   *
   * <ul>
   *   <li>A directory with {@code train-images-idx3-ubyte} or {@code t10k-images-idx3-ubyte}: IDX
   *       files, the second being the held-out split. With or without {@code .gz}, a dot before
   *       {@code idx3}, {@code idx4}, {@code test-} for {@code t10k-} and a collection's name in
   *       front will do.
   *   <li>A directory of the folders {@code train} (or {@code training}) and {@code test} (or
   *       {@code val} and the like), in any case, and no others: the images in the one, the second
   *       being the held-out split.
   *   <li>Any other directory: a folder of PNG and JPEG files, which has no held-out split.
   *   <li>A file: IDX images, raw or gzip. Their held-out split is the file beside it with {@code
   *       t10k-} or {@code test-} in place of {@code train-}.
   * </ul>
   *
   * @param path a file or directory
   * @param split which part of the data
   * @throws DataFormatException if there is nothing, nothing of these kinds, or not this split
   * @throws IOException if the path cannot be read
   */
  static ImageSource at(Path path, Split split) throws IOException {
    if (!Files.exists(path)) {
      throw new DataFormatException(
          path,
          "image data",
          "an IDX file, a directory of IDX files or a folder of PNG or JPEG images",
          "nothing at this path",
          "check the path");
    }
    if (!Files.isDirectory(path)) {
      return IdxSource.of(path, split);
    }
    if (!Files.isReadable(path) || !Files.isExecutable(path)) {
      throw new DataFormatException(
          path,
          "image data",
          "a directory that can be read",
          "no permission to read it",
          "change its permissions or name another");
    }
    Optional<IdxSource> idx = IdxSource.in(path, split);
    if (idx.isPresent()) {
      return idx.get();
    }
    Split other = split == Split.TRAIN ? Split.TEST : Split.TRAIN;
    Optional<IdxSource> otherIdx = IdxSource.in(path, other);
    if (otherIdx.isPresent()) {
      throw missingSplit(
          path, split, "only " + otherIdx.get().images().getFileName() + " of the other split");
    }
    Optional<SplitFolders> splits = SplitFolders.in(path);
    if (splits.isPresent()) {
      return FolderSource.in(splits.get().of(split));
    }
    FolderSource folder = FolderSource.in(path);
    if (split == Split.TEST) {
      throw missingSplit(
          path, split, String.format(Locale.ROOT, "a folder of %d images", folder.images().size()));
    }
    return folder;
  }

  /**
   * The held-out images that belong to the training images at a path, as {@link #at} finds them;
   * empty if there are none.
   *
   * @param path a file or directory
   * @throws IOException if the path cannot be read
   */
  static Optional<ImageSource> heldOutOf(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return IdxSource.heldOutBeside(path).map(source -> source);
    }
    Optional<IdxSource> idx = IdxSource.in(path, Split.TEST);
    if (idx.isPresent()) {
      return idx.map(source -> source);
    }
    Optional<SplitFolders> splits = SplitFolders.in(path);
    return splits.isPresent()
        ? Optional.of(FolderSource.in(splits.get().heldOut()))
        : Optional.empty();
  }

  private static DataFormatException missingSplit(Path path, Split split, String found) {
    return new DataFormatException(
        path,
        split == Split.TEST ? "held-out images" : "training images",
        IdxSource.imagesName(split) + " or " + IdxSource.imagesName(split) + ".gz",
        found,
        split == Split.TEST
            ? "keep the held-out images in a place of their own and name that place"
            : "add the training images, or name the images file itself");
  }
}
