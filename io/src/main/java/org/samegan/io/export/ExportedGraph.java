package org.samegan.io.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.autodiff.samediff.SameDiff;
import org.samegan.core.Shape;
import org.samegan.core.device.CpuBinary;
import org.samegan.io.file.OffHeapFile;
import org.samegan.io.file.UnusableFileException;

/**
 * A SameDiff graph that was exported, read back and found whole.
 *
 * @param graph with constants where training has variables
 * @param inputs the shapes of one example of what it takes, by name
 * @param output the shape of one example of what it gives
 * @param metadata see the package's description
 */
public record ExportedGraph(
    SameDiff graph, Map<String, Shape> inputs, Shape output, Map<String, String> metadata) {
  static {
    CpuBinary.select();
  }

  /** Keeps the order. */
  public ExportedGraph {
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /** Whether a file has the manifest of an exported graph beside it. */
  public static boolean isDescribed(Path file) {
    return Files.isRegularFile(GraphManifest.beside(file));
  }

  /**
   * Reads a graph and its manifest. SameDiff's reader trusts a file, and a damaged one can end the
   * process: it gets to see it only if it is the one that was written.
   *
   * @throws UnusableFileException if one of the two files is damaged
   * @throws IOException if one can't be read
   */
  public static ExportedGraph read(Path file) throws IOException {
    GraphManifest manifest = GraphManifest.read(GraphManifest.beside(file));
    long size = Files.size(file);
    if (size != manifest.size()) {
      throw damaged(file, "size in bytes", "" + manifest.size(), "" + size);
    }
    Map<String, Shape> inputs = new LinkedHashMap<>();
    manifest.inputs().forEach(port -> inputs.put(port.name(), port.example()));
    Shape output = manifest.output().example();
    SameDiff graph;
    try (OffHeapFile content = OffHeapFile.read(file)) {
      if (!content.sha256().equals(manifest.sha256())) {
        throw damaged(file, "SHA-256", manifest.sha256(), content.sha256());
      }
      graph = SameDiff.fromFlatBuffers(content.content(), false);
    }
    return new ExportedGraph(graph, inputs, output, manifest.metadata());
  }

  private static UnusableFileException damaged(
      Path file, String what, String expected, String found) {
    return new UnusableFileException(
        file, what, expected, found, "the file is damaged or was changed: export it again", null);
  }
}
