package org.samegan.io.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A file format for trained networks. Implementations have no state. */
public interface ExportFormat {
  /** The name in options, such as {@code onnx}. */
  String name();

  /** The file's content; the same model gives the same bytes. */
  byte[] encode(ExportModel model);

  /**
   * A description to be written beside the file, for formats that can't hold the metadata.
   *
   * @param name the file's
   * @param content the file's
   */
  default Optional<byte[]> manifest(ExportModel model, String name, byte[] content) {
    return Optional.empty();
  }

  /**
   * Loads a written file as its users would.
   *
   * @throws IOException if that is not possible, with the reason
   */
  Loaded load(ExportModel model, Path file) throws IOException;

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
