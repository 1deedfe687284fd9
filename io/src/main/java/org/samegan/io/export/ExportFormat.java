package org.samegan.io.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.samegan.io.file.WholeFile;

/** A file format for trained networks. Implementations have no state. */
public interface ExportFormat {
  /** The name in options, such as {@code onnx}. */
  String name();

  /** The file's content, written without all of it on the heap; the same model, the same bytes. */
  WholeFile.Content content(ExportModel model);

  /**
   * A description to be written beside the file, for formats that can't hold the metadata.
   *
   * @param written the file as it was written
   */
  default Optional<byte[]> manifest(ExportModel model, Written written) {
    return Optional.empty();
  }

  /**
   * Loads a written file as its users would.
   *
   * @throws IOException if that is not possible, with the reason
   */
  Loaded load(ExportModel model, Path file) throws IOException;

  /**
   * A file.
   *
   * @param name its own
   * @param size in bytes
   * @param sha256 64 hexadecimal digits
   */
  record Written(String name, long size, String sha256) {}

  /** A network that was loaded from an exported file. */
  interface Loaded extends AutoCloseable {
    /**
     * Runs it.
     *
     * @param batch what each of the model's inputs takes, row-major, images with channels last
     * @param size the number of examples
     * @return what the network gives, likewise
     */
    float[] run(Map<String, float[]> batch, int size) throws IOException;

    @Override
    void close() throws IOException;
  }
}
