package org.samegan.io.export;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.samegan.io.file.DigestChannel;
import org.samegan.io.file.WholeFile;

/** Writes exports: a file is whole and, if that was asked for, verified, or absent. */
public final class Export {
  private Export() {}

  /**
   * Makes sure that an export could be written here.
   *
   * @throws IOException if there is something already, or no directory to write to
   */
  public static void requireRoom(Path file) throws IOException {
    WholeFile.requireDirectory(file);
    for (Path path : new Path[] {file, GraphManifest.beside(file)}) {
      if (Files.exists(path)) {
        throw new FileAlreadyExistsException(
            path.toString(), null, "an export is never overwritten; choose another name");
      }
    }
  }

  /**
   * Writes an export.
   *
   * @throws IOException if it can't be written
   */
  public static void unverified(ExportModel model, ExportFormat format, Path file)
      throws IOException {
    write(model, format, file, written -> {});
  }

  /**
   * Writes an export, loads it again as its users would, and compares what it computes with the
   * network that it was made from. The file gets its name only then.
   *
   * @return the greatest difference, relative to the greatest value or to 1
   * @throws VerificationException if they differ by more than 1e-4
   * @throws IOException if the file can't be written or loaded
   */
  public static double verified(ExportModel model, ExportFormat format, Path file)
      throws IOException {
    double[] difference = new double[1];
    write(
        model,
        format,
        file,
        written -> {
          try (ExportFormat.Loaded loaded = format.load(model, written)) {
            difference[0] = Verification.of(model, loaded);
          }
        });
    return difference[0];
  }

  private static void write(
      ExportModel model, ExportFormat format, Path file, WholeFile.Check check) throws IOException {
    requireRoom(file);
    Path beside = GraphManifest.beside(file);
    ExportFormat.Written[] written = new ExportFormat.Written[1];
    boolean complete = false;
    try {
      WholeFile.write(
          file,
          channel -> {
            DigestChannel digested = new DigestChannel(channel);
            format.content(model).writeTo(digested);
            String name = file.getFileName().toString();
            written[0] = new ExportFormat.Written(name, digested.size(), digested.sha256());
          },
          partial -> {
            check.accept(partial);
            // The manifest first: with it alone nothing can be loaded or mistaken for whole.
            Optional<byte[]> manifest = format.manifest(model, written[0]);
            if (manifest.isPresent()) {
              WholeFile.write(beside, manifest.get());
            }
          });
      complete = true;
    } finally {
      if (!complete) {
        Files.deleteIfExists(beside);
      }
    }
  }
}
