package org.samegan.io.file;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.bytedeco.javacpp.BytePointer;
import org.samegan.core.device.CpuBinary;

/**
 * A file's content, read once into memory outside the heap, with its digest: whoever compares the
 * digest and then uses the content uses what was compared. A mapped file would change with the file
 * on disk, and on Windows could not be deleted; a direct buffer would count against the heap's
 * size.
 */
public final class OffHeapFile implements AutoCloseable {
  static {
    CpuBinary.select();
  }

  private static final int PART = 1 << 20;

  private final BytePointer memory;
  private final int size;
  private final String sha256;

  private OffHeapFile(BytePointer memory, int size, String sha256) {
    this.memory = memory;
    this.size = size;
    this.sha256 = sha256;
  }

  /**
   * Reads a file.
   *
   * @throws UnusableFileException if it is larger than a buffer can be, 2 GiB
   * @throws IOException if it can't be read
   */
  public static OffHeapFile read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      long size = channel.size();
      if (size > Integer.MAX_VALUE) {
        throw new UnusableFileException(
            file, "size in bytes", "at most " + Integer.MAX_VALUE, "" + size, "use another", null);
      }
      BytePointer memory = new BytePointer(Math.max(1, size));
      try {
        return new OffHeapFile(
            memory, (int) size, fill(file, channel, content(memory, (int) size)));
      } catch (IOException | RuntimeException e) {
        memory.close();
        throw e;
      }
    }
  }

  private static ByteBuffer content(BytePointer memory, int size) {
    return memory.asByteBuffer().slice(0, size);
  }

  private static String fill(Path file, FileChannel channel, ByteBuffer content)
      throws IOException {
    MessageDigest digest = Sha256.start();
    while (content.hasRemaining()) {
      ByteBuffer part = content.slice(content.position(), Math.min(PART, content.remaining()));
      if (channel.read(part) < 0) {
        throw new EOFException(file + ": became shorter while it was read");
      }
      digest.update(part.flip());
      content.position(content.position() + part.limit());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** All of it, read-only; not to be used after {@link #close}. */
  public ByteBuffer content() {
    return content(memory, size).asReadOnlyBuffer();
  }

  /** Its digest as 64 hexadecimal digits. */
  public String sha256() {
    return sha256;
  }

  /** Gives the memory back. */
  @Override
  public void close() {
    memory.close();
  }
}
