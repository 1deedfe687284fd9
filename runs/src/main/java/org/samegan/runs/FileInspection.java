package org.samegan.runs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.samegan.io.checkpoint.Manifest;
import org.samegan.io.export.ExportedGraph;
import org.samegan.io.file.ForeignFile;
import org.samegan.io.file.UnusableFileException;
import org.samegan.io.onnx.OnnxFile;
import org.samegan.io.run.Run;
import org.samegan.io.safetensors.SafetensorsFile;

/**
 * What an exported file is, once its checksum has been found right.
 *
 * @param kind what it is, in words
 * @param path the file
 * @param size in bytes
 * @param tensors how many it holds; null where that is not known
 * @param metadata what it says of itself, but for a whole model
 * @param verified whether it has a checksum, and so is known to be as it was written
 */
public record FileInspection(
    String kind,
    String path,
    long size,
    Integer tensors,
    Map<String, String> metadata,
    boolean verified) {
  private static final int LONGEST = 200;

  /** Keeps the order. */
  public FileInspection {
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /**
   * The directory that is inspected in place of what was named: the run of its {@code checkpoints},
   * or the checkpoint of one of its files.
   *
   * @return empty for a directory or a file that stands for itself
   */
  public static Optional<Path> owner(Path place) {
    Path parent = place.toAbsolutePath().normalize().getParent();
    if (parent == null) {
      return Optional.empty();
    }
    boolean inside =
        Files.isDirectory(place)
            ? Run.isRun(parent) && !Files.exists(place.resolve(Manifest.FILE))
            : Run.isRun(parent) || Files.exists(parent.resolve(Manifest.FILE));
    return inside && !ExportedGraph.isDescribed(place) ? Optional.of(parent) : Optional.empty();
  }

  /**
   * Looks at an exported file.
   *
   * @throws UnusableFileException if it is damaged, or none of ours, with what it is
   * @throws IOException if it can't be read
   */
  public static FileInspection of(Path file) throws IOException {
    String expected =
        "a run, a checkpoint, or a file that export wrote: onnx, safetensors, or samediff with its"
            + " manifest "
            + file.getFileName()
            + ".json beside it";
    if (ExportedGraph.isDescribed(file)) {
      return of("exported SameDiff graph", file, null, ExportedGraph.read(file).metadata(), true);
    }
    if (file.toString().endsWith(".safetensors")) {
      SafetensorsFile weights = SafetensorsFile.read(file);
      return of(
          "safetensors file",
          file,
          weights.entries().size(),
          weights.metadata(),
          weights.isVerified());
    }
    ForeignFile.refuse(file, expected);
    if (file.toString().endsWith(".onnx")) {
      return of("ONNX model", file, null, OnnxFile.read(file).metadata(), true);
    }
    throw new UnusableFileException(
        file, "content", expected, "something else", "name one of these", null);
  }

  private static FileInspection of(
      String kind, Path file, Integer tensors, Map<String, String> metadata, boolean verified)
      throws IOException {
    Map<String, String> shown = new LinkedHashMap<>(metadata);
    shown.values().removeIf(value -> value.length() > LONGEST);
    return new FileInspection(kind, file.toString(), Files.size(file), tensors, shown, verified);
  }
}
