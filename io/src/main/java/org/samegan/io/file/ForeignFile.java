package org.samegan.io.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is often found where trained weights should be, by how it begins.
 *
 * @param name what it is
 * @param advice how to come by the weights
 */
public record ForeignFile(String name, String advice) {
  private static final int START = 256;

  private static final ForeignFile PICKLE =
      new ForeignFile(
          "a file of torch.save, which can run any program when it is read",
          "save the weights in PyTorch with safetensors.torch.save_file(model.state_dict(), ...)");

  private static final ForeignFile PAGE =
      new ForeignFile(
          "a page of HTML, as a server sends it in place of a file",
          "download the file itself, and check its address");

  private static final ForeignFile POINTER =
      new ForeignFile("a pointer of Git LFS, and not the file itself", "get it with: git lfs pull");

  private static final ForeignFile GZIP =
      new ForeignFile("a gzip file", "unpack it first, and name what is in it");

  private static final ForeignFile PICTURE =
      new ForeignFile("a picture", "name the run, checkpoint or file that it was drawn from");

  private record Beginning(String text, ForeignFile kind) {}

  /** In lower case, with bytes as Latin-1. */
  private static final List<Beginning> BEGINNINGS =
      List.of(
          new Beginning("version https://git-lfs.github.com/", POINTER),
          new Beginning("pk\u0003\u0004", PICKLE),
          new Beginning("\u0080\u0002", PICKLE),
          new Beginning("<!doctype", PAGE),
          new Beginning("<html", PAGE),
          new Beginning("\u001f\u008b", GZIP),
          new Beginning("\u0089png", PICTURE),
          new Beginning("\u00ff\u00d8\u00ff", PICTURE));

  /** What a file is, if it is one of those. */
  public static Optional<ForeignFile> at(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      String start =
          new String(in.readNBytes(START), StandardCharsets.ISO_8859_1)
              .replaceFirst("^[ \\t\\r\\n]+", "")
              .toLowerCase(Locale.ROOT);
      return BEGINNINGS.stream()
          .filter(beginning -> start.startsWith(beginning.text()))
          .map(Beginning::kind)
          .findFirst();
    }
  }

  /**
   * Makes sure that a file is none of those.
   *
   * @param expected what it should be
   * @throws UnusableFileException if it is, with its name and advice
   */
  public static void refuse(Path file, String expected) throws IOException {
    Optional<ForeignFile> found = at(file);
    if (found.isPresent()) {
      throw new UnusableFileException(
          file, "content", expected, found.get().name(), found.get().advice(), null);
    }
  }
}
