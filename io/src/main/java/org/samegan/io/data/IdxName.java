package org.samegan.io.data;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The name of an IDX file, as collections and the tools that unpack them write it: {@code
 * train-images-idx3-ubyte.gz}, {@code train-images.idx3-ubyte}, {@code
 * emnist-letters-test-labels-idx1-ubyte}.
 *
 * @param file the file
 * @param head what comes before {@code images} or {@code labels}, such as {@code train-}
 * @param labels whether it is of labels, not images
 * @param separator what comes before {@code idx}
 * @param tail what comes after the rank, without {@code .gz}: a hyphen and the type, or nothing
 * @param gzip whether it ends in {@code .gz}
 */
record IdxName(
    Path file, String head, boolean labels, String separator, String tail, boolean gzip) {
  private static final Pattern NAME =
      Pattern.compile("(.*)(images[-._]idx[34]|labels[-._]idx1)(.*?)(\\.gz)?");
  private static final Pattern USUAL_TAIL = Pattern.compile("(-\\w+)?");
  private static final String TRAIN_MARK = "train-";
  private static final List<String> TEST_MARKS = List.of("t10k-", "test-");
  private static final Comparator<IdxName> RAW_FIRST =
      Comparator.comparing(IdxName::gzip).thenComparing(name -> name.file().toString());

  /** The parts of a file's name, if it is one of these. */
  static Optional<IdxName> of(Path file) {
    Matcher matcher = NAME.matcher(file.getFileName().toString());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String content = matcher.group(2);
    int separator = "images".length();
    return Optional.of(
        new IdxName(
            file,
            matcher.group(1),
            content.startsWith("labels"),
            content.substring(separator, separator + 1),
            matcher.group(3),
            matcher.group(4) != null));
  }

  /**
   * The images of a split in a directory, if they are there.
   *
   * @throws DataFormatException if there are those of several collections, as of EMNIST's, none of
   *     which has the plain name of MNIST's
   */
  static Optional<Path> imagesIn(Path directory, Split split) throws IOException {
    List<String> marks = split == Split.TRAIN ? List.of(TRAIN_MARK) : TEST_MARKS;
    List<IdxName> found =
        in(directory)
            .filter(name -> !name.labels && marks.stream().anyMatch(name::isOfSplit))
            .toList();
    for (String mark : marks) {
      Optional<IdxName> plain = found.stream().filter(name -> name.head.equals(mark)).findFirst();
      if (plain.isPresent()) {
        return plain.map(IdxName::file);
      }
    }
    if (found.stream().map(IdxName::head).distinct().count() > 1) {
      IdxName last = found.get(found.size() - 1);
      throw new DataFormatException(
          directory,
          "IDX images",
          "those of one collection",
          String.format(
              Locale.ROOT,
              "several, such as %s and %s",
              found.get(0).file.getFileName(),
              last.file.getFileName()),
          "name the images file itself");
    }
    return found.stream().findFirst().map(IdxName::file);
  }

  /** The labels that belong to these images: the same head, and if possible written alike. */
  Optional<Path> labelsBeside() throws IOException {
    return in(directory())
        .filter(name -> name.labels && name.head.equals(head))
        .min(Comparator.comparing((IdxName name) -> !isWrittenAs(name)).thenComparing(RAW_FIRST))
        .map(IdxName::file);
  }

  /** The held-out images beside these, if these are of a training split. */
  Optional<Path> heldOutBeside() throws IOException {
    if (!isOfSplit(TRAIN_MARK)) {
      return Optional.empty();
    }
    String collection = head.substring(0, head.length() - TRAIN_MARK.length());
    List<String> heads = TEST_MARKS.stream().map(collection::concat).toList();
    return in(directory())
        .filter(name -> !name.labels && heads.contains(name.head))
        .min(
            Comparator.comparing((IdxName name) -> heads.indexOf(name.head))
                .thenComparing(name -> !isWrittenAs(name))
                .thenComparing(RAW_FIRST))
        .map(IdxName::file);
  }

  private Path directory() {
    return file.toAbsolutePath().getParent();
  }

  private boolean isWrittenAs(IdxName other) {
    return separator.equals(other.separator) && tail.equals(other.tail);
  }

  /** The mark is all of the head, or follows the name of a collection. */
  private boolean isOfSplit(String mark) {
    int before = head.length() - mark.length() - 1;
    return head.endsWith(mark) && (before < 0 || "-_.".indexOf(head.charAt(before)) >= 0);
  }

  private boolean isUsual() {
    return USUAL_TAIL.matcher(tail).matches();
  }

  private static Stream<IdxName> in(Path directory) throws IOException {
    List<IdxName> names = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*idx*")) {
      for (Path file : files) {
        of(file).filter(name -> Files.isRegularFile(file)).ifPresent(names::add);
      }
    }
    return names.stream().filter(IdxName::isUsual).sorted(RAW_FIRST);
  }
}
