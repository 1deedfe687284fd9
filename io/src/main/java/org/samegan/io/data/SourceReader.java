package org.samegan.io.data;

import java.io.IOException;
import java.util.List;

/** Reads a source of any kind. */
final class SourceReader {
  private SourceReader() {}

  /**
   * Hands the images of a source to the sink in order, as many as it takes.
   *
   * @return the names of the classes; none if there are no labels
   */
  static List<String> read(ImageSource source, boolean skipBad, ImageSink sink) throws IOException {
    return source instanceof FolderSource folder
        ? FolderReader.read(folder, skipBad, sink)
        : IdxReader.read((IdxSource) source, sink);
  }
}
