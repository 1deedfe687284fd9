package org.samegan.io.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.samegan.io.file.TooNewException;
import org.samegan.io.file.UnusableFileException;
import org.samegan.io.file.WholeFile;
import org.samegan.io.json.ChecksummedJson;
import org.samegan.io.json.JsonFile;

/**
 * Reads and writes {@code manifest.json}. Its last key, {@code checksum}, is the SHA-256 of the
 * file with 64 zeros in the checksum's place, so that a change of any byte is noticed.
 */
final class ManifestFile {
  private static final JsonFile FORMAT =
      new JsonFile(
          "the manifest of a checkpoint",
          null,
          Manifest.FORMAT,
          1,
          "the checkpoint is damaged, use another one of the run");

  private ManifestFile() {}

  static void write(Path file, Manifest manifest) throws IOException {
    WholeFile.write(file, ChecksummedJson.write(manifest));
  }

  static Manifest read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new CheckpointException.Incomplete(
          file.toAbsolutePath().getParent(),
          Manifest.FILE,
          "there is no " + Manifest.FILE + ", so this is no checkpoint or not all of one");
    }
    try {
      return FORMAT.value(file, FORMAT.read(file), Manifest.class);
    } catch (TooNewException e) {
      throw new CheckpointException.TooNew(e);
    } catch (UnusableFileException e) {
      throw new CheckpointException.Corrupt(e);
    }
  }
}
