package org.samegan.io.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.nd4j.autodiff.samediff.SameDiff;
import org.samegan.io.file.Sha256;

/** Writes SameDiff's FlatBuffers files, and verifies their checksums. */
final class GraphFile {
  /** SameDiff's writer assembles a file in one array, which Java and FlatBuffers limit. */
  static final long MAXIMUM_FLOATS = (1L << 30) / Float.BYTES * 9 / 10;

  private GraphFile() {}

  static Manifest.FileEntry write(Path file, SameDiff graph) throws IOException {
    ByteBuffer content = graph.asFlatBuffers(false);
    MessageDigest digest = Sha256.start();
    digest.update(content.duplicate());
    long size = content.remaining();
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      while (content.hasRemaining()) {
        channel.write(content);
      }
      channel.force(true);
    }
    return new Manifest.FileEntry(
        file.getFileName().toString(), size, HexFormat.of().formatHex(digest.digest()));
  }

  static void verify(Path directory, Manifest.FileEntry entry) throws IOException {
    Path file = directory.resolve(entry.name());
    if (!Files.isRegularFile(file)) {
      throw new CheckpointException.Incomplete(
          directory, entry.name(), "the file " + entry.name() + " is missing");
    }
    long size = Files.size(file);
    if (size != entry.size()) {
      throw new CheckpointException.Corrupt(
          file, "size in bytes", String.valueOf(entry.size()), String.valueOf(size), null);
    }
    String found = Sha256.hex(file);
    if (!found.equals(entry.sha256())) {
      throw new CheckpointException.Corrupt(file, "SHA-256", entry.sha256(), found, null);
    }
  }
}
