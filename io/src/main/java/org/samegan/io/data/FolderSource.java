package org.samegan.io.data;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.samegan.io.file.FileFailure;

/**
 * A folder of PNG and JPEG files ({@code .png}, {@code .jpg}, {@code .jpeg}, {@code .jpe}, {@code
 * .jfif}, in any case; what they are shows by their content). Every subfolder with images in it, at
 * any depth, is a class; images that lie in the folder itself are unlabelled. Links are followed;
 * names that start with a dot are passed over.
 *
 * @param path the folder
 * @param images the images' paths from the folder, separated by {@code /}, in code-point order
 * @param classNames the names of the classes, in natural order: numbers by their value, all else by
 *     code points; empty if unlabelled
 * @param others the files of other kinds
 * @param unreadable the folders and files that could not be looked at
 */
public record FolderSource(
    Path path,
    List<String> images,
    List<String> classNames,
    OtherFiles others,
    List<LeftOut> unreadable)
    implements ImageSource {
  private static final List<String> ENDINGS = List.of(".png", ".jpg", ".jpeg", ".jpe", ".jfif");

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if there are no images, or one lies in no class although there
   *     are classes
   */
  public FolderSource {
    Objects.requireNonNull(path, "path");
    images = List.copyOf(images);
    classNames = List.copyOf(classNames);
    Objects.requireNonNull(others, "others");
    unreadable = List.copyOf(unreadable);
    if (images.isEmpty()) {
      throw new IllegalArgumentException("a folder source needs at least one image, found none");
    }
    Set<String> names = Set.copyOf(classNames);
    for (String image : images) {
      if (!names.isEmpty() && !names.contains(className(image))) {
        throw new IllegalArgumentException(
            "every image must lie in one of the classes " + classNames + ", found " + image);
      }
    }
  }

  @Override
  public List<Path> files() {
    return images.stream().map(path::resolve).toList();
  }

  @Override
  public Optional<OtherFiles> otherFiles() {
    return others.count() == 0 ? Optional.empty() : Optional.of(others);
  }

  int label(int index) {
    return classNames.isEmpty()
        ? ImageSink.UNLABELLED
        : classNames.indexOf(className(images.get(index)));
  }

  /** Looks through a folder. */
  static FolderSource in(Path folder) throws IOException {
    Listing listing = new Listing(folder);
    Files.walkFileTree(
        folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, listing);
    if (listing.images.isEmpty()) {
      throw new DataFormatException(
          folder,
          "image data",
          "PNG or JPEG images, or IDX files such as train-images-idx3-ubyte.gz",
          listing.describeOthers(),
          "name a folder that holds images");
    }
    listing.images.sort(NaturalOrder.CODE_POINTS);
    Set<String> classes = new TreeSet<>(new NaturalOrder());
    String loose = "";
    for (String image : listing.images) {
      String name = className(image);
      if (name.isEmpty()) {
        loose = loose.isEmpty() ? image : loose;
      } else {
        classes.add(name);
      }
    }
    if (!loose.isEmpty() && !classes.isEmpty()) {
      throw new DataFormatException(
          folder,
          "layout of the folder",
          "either images in subfolders, one a class, or images in the folder itself",
          String.format(
              Locale.ROOT,
              "both: the image %s and the subfolder %s",
              loose,
              classes.iterator().next()),
          "move the loose images into a subfolder, or name one of the subfolders");
    }
    return new FolderSource(
        folder,
        listing.images,
        List.copyOf(classes),
        OtherFiles.of(listing.others),
        listing.unreadable);
  }

  /** The first name of a relative path, or nothing for an image in the folder itself. */
  private static String className(String image) {
    return image.substring(0, Math.max(0, image.indexOf('/')));
  }

  private static final class Listing extends SimpleFileVisitor<Path> {
    private final Path folder;
    private final List<String> images = new ArrayList<>();
    private final List<String> others = new ArrayList<>();
    private final List<LeftOut> unreadable = new ArrayList<>();

    Listing(Path folder) {
      this.folder = folder;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      return !directory.equals(folder) && isHidden(directory)
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (!isHidden(file)) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        boolean image = ENDINGS.stream().anyMatch(name::endsWith);
        (image ? images : others).add(relative(file));
      }
      return FileVisitResult.CONTINUE;
    }

    /** The reader of the images tells of these, or leaves them out if that is asked for. */
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException cause) throws IOException {
      if (file.equals(folder) || cause instanceof FileSystemLoopException) {
        throw FileFailure.of(
            file,
            String.format(
                Locale.ROOT, "cannot be read (%s); check its permissions and links", cause),
            cause);
      }
      if (!isHidden(file)) {
        boolean denied = cause instanceof AccessDeniedException;
        String reason = denied ? "no permission to read it" : cause.toString();
        unreadable.add(new LeftOut(file, reason));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, IOException cause)
        throws IOException {
      return cause == null ? FileVisitResult.CONTINUE : visitFileFailed(directory, cause);
    }

    private String relative(Path file) {
      String separator = folder.getFileSystem().getSeparator();
      return folder.relativize(file).toString().replace(separator, "/");
    }

    private static boolean isHidden(Path path) {
      return path.getFileName().toString().startsWith(".");
    }

    private String describeOthers() {
      if (!unreadable.isEmpty()) {
        return "nothing that can be read, such as " + unreadable.get(0);
      }
      if (others.isEmpty()) {
        return "an empty directory";
      }
      others.sort(NaturalOrder.CODE_POINTS);
      return OtherFiles.of(others) + " such as " + others.get(0);
    }
  }
}
