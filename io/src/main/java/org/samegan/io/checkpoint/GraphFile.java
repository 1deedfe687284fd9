package org.samegan.io.checkpoint;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.io.file.DigestChannel;
import org.samegan.io.file.OffHeapFile;
import org.samegan.io.file.Sha256;
import org.samegan.io.graph.GraphStream;

/** Writes SameDiff's FlatBuffers files, and reads those that are as they were written. */
final class GraphFile {
  private GraphFile() {}

  static Manifest.FileEntry write(Path file, SameDiff graph) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      DigestChannel digested = new DigestChannel(channel);
      GraphStream.write(graph, digested);
      channel.force(true);
      return new Manifest.FileEntry(
          file.getFileName().toString(), digested.size(), digested.sha256());
    }
  }

  /** Makes sure that a file is there and has the size that it should. */
  static void requirePresent(Path directory, Manifest.FileEntry entry) throws IOException {
    Path file = directory.resolve(entry.name());
    if (!Files.isRegularFile(file)) {
      throw new CheckpointException.Incomplete(
          directory, entry.name(), "the file " + entry.name() + " is missing");
    }
    requireSize(file, entry, Files.size(file));
  }

  /** Makes sure that a file is as it was written, to the bit. */
  static void verify(Path directory, Manifest.FileEntry entry) throws IOException {
    requirePresent(directory, entry);
    Path file = directory.resolve(entry.name());
    requireDigest(file, entry, Sha256.hex(file));
  }

  /**
   * The values of the variables in a file, read once: what is computed with is what was verified.
   */
  static Map<String, INDArray> read(Path directory, Manifest.FileEntry entry) throws IOException {
    requirePresent(directory, entry);
    Path file = directory.resolve(entry.name());
    try (OffHeapFile content = OffHeapFile.read(file)) {
      requireSize(file, entry, content.content().limit());
      requireDigest(file, entry, content.sha256());
      return GraphArrays.of(file, content.content());
    }
  }

  private static void requireSize(Path file, Manifest.FileEntry entry, long size)
      throws CheckpointException {
    if (size != entry.size()) {
      throw new CheckpointException.Corrupt(
          file, "size in bytes", String.valueOf(entry.size()), String.valueOf(size), null);
    }
  }

  private static void requireDigest(Path file, Manifest.FileEntry entry, String found)
      throws CheckpointException {
    if (!found.equals(entry.sha256())) {
      throw new CheckpointException.Corrupt(file, "SHA-256", entry.sha256(), found, null);
    }
  }
}
