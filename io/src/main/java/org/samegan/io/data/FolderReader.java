package org.samegan.io.data;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.samegan.io.image.ByteImage;

/** Decodes the images of a folder in the order of their relative paths. */
final class FolderReader {
  private FolderReader() {}

  /**
   * Hands every image to the sink, or as many as it takes.
   *
   * @return the names of the classes; none if there are no labels
   */
  static List<String> read(FolderSource source, boolean skipBad, ImageSink sink)
      throws IOException {
    for (LeftOut unreadable : source.unreadable()) {
      if (!skipBad) {
        throw new DataFormatException(
            unreadable.path(),
            "folder of images",
            "one that can be read",
            unreadable.reason(),
            "change its permissions, or leave it out with the option skip-bad");
      }
      sink.skip(source.path().relativize(unreadable.path()).toString(), unreadable.reason());
    }
    int total = source.images().size();
    DataFormatException firstBad = null;
    int bad = 0;
    for (int i = 0; i < total; i++) {
      String name = source.images().get(i);
      ByteImage image = null;
      try {
        image = ImageDecoder.decode(source.path().resolve(name));
      } catch (DataFormatException e) {
        if (!skipBad) {
          throw e;
        }
        firstBad = firstBad == null ? e : firstBad;
        bad++;
        sink.skip(name, reason(e));
      }
      if (image != null && !sink.accept(image, source.label(i), name)) {
        return source.classNames();
      }
      sink.progress(i + 1, total);
    }
    if (bad == total) {
      DataFormatException failure =
          new DataFormatException(
              source.path(),
              "images",
              "at least one that can be decoded",
              String.format(
                  Locale.ROOT, "%d, all of them bad (the first: %s)", bad, firstBad.getMessage()),
              "replace them");
      failure.initCause(firstBad);
      throw failure;
    }
    return source.classNames();
  }

  private static String reason(DataFormatException failure) {
    return String.format(
        Locale.ROOT,
        "%s: expected %s, found %s",
        failure.what(),
        failure.expected(),
        failure.found());
  }
}
