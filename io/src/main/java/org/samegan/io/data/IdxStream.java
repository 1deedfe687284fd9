package org.samegan.io.data;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.zip.ZipException;

/**
 * Reads one IDX file from front to back, raw or gzip. Nothing is allocated by a size that the
 * header merely claims: memory grows with the bytes that are really there.
 */
final class IdxStream implements Closeable {
  private static final String REMEDY = "fetch or make the file again";
  private static final int UNSIGNED_BYTE_TYPE = 0x08;
  private static final int SHORT_TYPE = 0x0b;
  private static final int INT_TYPE = 0x0c;
  private static final Set<Integer> LABEL_TYPES = Set.of(UNSIGNED_BYTE_TYPE, SHORT_TYPE, INT_TYPE);

  /** Enough to tell what else a file is. */
  private static final int KIND_BYTES = 512;

  private static final int MAX_EDGE = 1 << 14;
  private static final int MAX_EXAMPLE_BYTES = 1 << 26;

  private final Path file;
  private final InputStream in;
  private final boolean gzip;
  private long offset;

  private IdxStream(Path file, InputStream in, boolean gzip) {
    this.file = file;
    this.in = in;
    this.gzip = gzip;
  }

  static IdxStream open(Path file) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      // Reading a pipe or a device may never end, and data is read more than once.
      throw new DataFormatException(
          file,
          "kind of file",
          "a regular file",
          "a directory, pipe, socket or device",
          "write the data to a file and name that");
    }
    InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    try {
      raw.mark(2);
      boolean gzip = Arrays.equals(raw.readNBytes(2), new byte[] {0x1f, (byte) 0x8b});
      raw.reset();
      return new IdxStream(file, gzip ? new GzipStream(raw) : raw, gzip);
    } catch (EOFException | ZipException e) {
      raw.close();
      throw brokenGzip(file, 0, e);
    } catch (IOException | RuntimeException e) {
      raw.close();
      throw e;
    }
  }

  /** Checks, by the first bytes alone, that a file holds IDX images. */
  static void requireImages(Path file) throws IOException {
    try (IdxStream stream = open(file)) {
      byte[] start = stream.readUpTo(Integer.BYTES);
      boolean idx =
          start.length >= 4 && start[0] == 0 && start[1] == 0 && start[2] == UNSIGNED_BYTE_TYPE;
      if (!idx || (start[3] != 3 && start[3] != 4)) {
        throw new DataFormatException(
            file,
            "kind of file",
            0,
            "IDX images, which start with the bytes 00 00 08 03 or 00 00 08 04, raw or gzip",
            isLabels(start) ? "IDX labels" : FileKind.describe(stream.andMore(start)),
            "name an IDX images file, a directory of them or a folder of PNG or JPEG images");
      }
    }
  }

  private byte[] andMore(byte[] start) throws IOException {
    byte[] more = readUpTo(KIND_BYTES);
    byte[] both = Arrays.copyOf(start, start.length + more.length);
    System.arraycopy(more, 0, both, start.length, more.length);
    return both;
  }

  private static boolean isLabels(byte[] start) {
    return start.length >= 4 && start[0] == 0 && start[1] == 0 && start[3] == 1;
  }

  /** The header of images: count, height, width, channels. */
  int[] readImagesHeader() throws IOException {
    int rank = readMagic("images: 00 00 08 and rank 3 or 4", Set.of(UNSIGNED_BYTE_TYPE), 3, 4)[3];
    int[] extents = {readExtent("count", Integer.MAX_VALUE), 0, 0, 1};
    extents[1] = readExtent("height", MAX_EDGE);
    extents[2] = readExtent("width", MAX_EDGE);
    if (rank == 4) {
      extents[3] = readExtent("channels", 3);
    }
    long example = (long) extents[1] * extents[2] * extents[3];
    if (extents[3] == 2 || example > MAX_EXAMPLE_BYTES) {
      throw new DataFormatException(
          file,
          "image shape",
          8,
          "1 or 3 channels and at most " + MAX_EXAMPLE_BYTES + " values",
          extents[1] + "x" + extents[2] + "x" + extents[3],
          REMEDY);
    }
    requireLength(extents[0], example);
    return extents;
  }

  /**
   * All labels, of bytes or of integers of 16 or 32 bits.
   *
   * @param images how many there must be
   * @param source of the images, to be named in a message
   */
  int[] readLabels(int images, Path source) throws IOException {
    int type = readMagic("labels: 00 00, then 08, 0b or 0c, and rank 1", LABEL_TYPES, 1, 1)[2];
    int count = readExtent("count", Integer.MAX_VALUE);
    int bytes = type == INT_TYPE ? Integer.BYTES : type == SHORT_TYPE ? Short.BYTES : 1;
    requireLength(count, bytes);
    if (count != images) {
      throw new DataFormatException(
          file,
          "label count",
          Integer.BYTES,
          String.format(Locale.ROOT, "%d, one for each image of %s", images, source),
          String.valueOf(count),
          "put the labels that belong to these images beside them, or remove this file");
    }
    if (count > Integer.MAX_VALUE / bytes) {
      throw new DataFormatException(
          file,
          "label count",
          Integer.BYTES,
          "at most " + Integer.MAX_VALUE / bytes,
          String.valueOf(count),
          REMEDY);
    }
    ByteBuffer values = ByteBuffer.wrap(read(count * bytes, "labels"));
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] =
          switch (type) {
            case UNSIGNED_BYTE_TYPE -> Byte.toUnsignedInt(values.get());
            case SHORT_TYPE -> values.getShort();
            default -> values.getInt();
          };
    }
    return labels;
  }

  /** The next bytes, exactly as many. */
  byte[] read(int length, String what) throws IOException {
    long start = offset;
    byte[] bytes = readUpTo(length);
    if (bytes.length < length) {
      throw new DataFormatException(
          file,
          what,
          start,
          length + " bytes",
          bytes.length + " before the end of the file, which is truncated",
          REMEDY);
    }
    return bytes;
  }

  /** Checks that everything has been read; for gzip this also checks the checksum. */
  void requireEnd() throws IOException {
    long end = offset;
    if (readUpTo(1).length != 0) {
      throw new DataFormatException(
          file, "end of file", end, "no more bytes, by the header", "trailing bytes", REMEDY);
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private byte[] readUpTo(int length) throws IOException {
    try {
      byte[] bytes = in.readNBytes(length);
      offset += bytes.length;
      return bytes;
    } catch (EOFException | ZipException e) {
      throw brokenGzip(file, offset, e);
    }
  }

  private byte[] readMagic(String expected, Set<Integer> types, int smallest, int largest)
      throws IOException {
    byte[] magic = read(Integer.BYTES, "magic number");
    boolean idx = magic[0] == 0 && magic[1] == 0 && types.contains((int) magic[2]);
    if (!idx || magic[3] < smallest || magic[3] > largest) {
      throw new DataFormatException(
          file, "magic number", 0, "that of IDX " + expected, FileKind.describe(magic), REMEDY);
    }
    return magic;
  }

  private int readExtent(String what, int largest) throws IOException {
    long start = offset;
    int value = ByteBuffer.wrap(read(Integer.BYTES, what)).getInt();
    if (value < 1 || value > largest) {
      throw new DataFormatException(
          file, what, start, "1 to " + largest, Integer.toUnsignedString(value), REMEDY);
    }
    return value;
  }

  /** A raw file's length is known before anything is read; a gzip file is checked at its end. */
  private void requireLength(int count, long exampleBytes) throws IOException {
    long expected = offset + count * exampleBytes;
    long found = Files.size(file);
    if (!gzip && found != expected) {
      throw new DataFormatException(
          file,
          "file length",
          Math.min(expected, found),
          String.format(
              Locale.ROOT, "%d bytes (%d of %d bytes each)", expected, count, exampleBytes),
          String.format(
              Locale.ROOT,
              "%d, %s",
              found,
              found < expected ? "a truncated file" : "trailing bytes"),
          REMEDY);
    }
  }

  private static DataFormatException brokenGzip(Path file, long offset, IOException cause) {
    DataFormatException failure =
        new DataFormatException(
            file,
            "gzip data",
            offset,
            "an intact gzip stream",
            cause instanceof EOFException ? "the end of a truncated file" : cause.getMessage(),
            REMEDY);
    failure.initCause(cause);
    return failure;
  }
}
