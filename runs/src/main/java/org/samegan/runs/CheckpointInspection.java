package org.samegan.runs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.samegan.io.checkpoint.Checkpoint;
import org.samegan.io.checkpoint.CheckpointException;
import org.samegan.io.checkpoint.Manifest;
import org.samegan.io.file.Sha256;
import org.samegan.io.file.UnusableFileException;
import org.samegan.io.json.JsonFile;
import org.samegan.io.run.Run;
import org.samegan.io.run.RunRecord;

/**
 * What a checkpoint's directory holds, also when some of it is damaged.
 *
 * @param path the directory
 * @param manifest what the manifest says; null if that can't be trusted or the checkpoint is
 *     damaged
 * @param files every file that the manifest lists
 * @param problem why the checkpoint can't be used; null if it can
 */
public record CheckpointInspection(
    Path path, Manifest manifest, List<FileReport> files, String problem) {
  /** A damaged manifest may still tell which files there should be. */
  private static final JsonFile MANIFEST = JsonFile.plain("a manifest", "use another checkpoint");

  /**
   * One file.
   *
   * @param name relative to the checkpoint
   * @param size in bytes, as the manifest says
   * @param sha256 as the manifest says
   * @param status {@code OK}, or what is wrong
   */
  public record FileReport(String name, long size, String sha256, String status) {}

  /**
   * Looks at a checkpoint that may be deleted meanwhile, which is no damage.
   *
   * @param expected the run whose model it should be of; null for any
   * @return empty if it is gone
   */
  static Optional<CheckpointInspection> ifThere(Path path, RunRecord expected) throws IOException {
    try {
      CheckpointInspection report = of(path, expected);
      // A checkpoint loses its name before any of its files, see CheckpointDirectory.
      return report.problem() == null || isThere(path) ? Optional.of(report) : Optional.empty();
    } catch (IOException e) {
      if (isThere(path)) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /** A link that leads nowhere is there, as it is in the run's list, and broken. */
  private static boolean isThere(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Looks at a checkpoint.
   *
   * @param expected the run whose model it should be of; null for any
   */
  static CheckpointInspection of(Path path, RunRecord expected) throws IOException {
    try {
      Checkpoint checkpoint = Checkpoint.read(path);
      checkpoint.verify();
      if (expected != null) {
        Run.requireOwn(expected, checkpoint);
      }
      List<FileReport> files =
          checkpoint.manifest().files().stream()
              .map(file -> new FileReport(file.name(), file.size(), file.sha256(), "OK"))
              .toList();
      return new CheckpointInspection(path, checkpoint.manifest(), files, null);
    } catch (CheckpointException e) {
      return new CheckpointInspection(path, null, damagedFiles(path), e.getMessage());
    }
  }

  /** All files one by one: reading a checkpoint ends at the first fault. */
  private static List<FileReport> damagedFiles(Path path) throws IOException {
    List<FileReport> files = new ArrayList<>();
    for (JsonNode file : manifestTree(path.resolve(Manifest.FILE)).path("files")) {
      String name = file.path("name").asText();
      long size = file.path("size").asLong();
      String sha256 = file.path("sha256").asText();
      if (isPlain(name)) {
        files.add(new FileReport(name, size, sha256, status(path.resolve(name), size, sha256)));
      }
    }
    return files;
  }

  /** A damaged manifest must not lead out of the checkpoint, and may name what can't be a file. */
  private static boolean isPlain(String name) {
    try {
      return Path.of(name).getNameCount() == 1 && !name.startsWith(".");
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static JsonNode manifestTree(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return MissingNode.getInstance();
    }
    try {
      return MANIFEST.read(file);
    } catch (UnusableFileException e) {
      return MissingNode.getInstance();
    }
  }

  private static String status(Path file, long size, String sha256) throws IOException {
    if (!Files.isRegularFile(file)) {
      return "MISSING";
    }
    if (Files.size(file) != size) {
      return "DAMAGED: size " + Files.size(file);
    }
    String found = Sha256.hex(file);
    return found.equals(sha256) ? "OK" : "DAMAGED: SHA-256 " + found;
  }
}
