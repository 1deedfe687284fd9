package org.samegan.io.safetensors;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.execution.ArrayParts;
import org.samegan.io.file.EmbeddedChecksum;
import org.samegan.io.file.ForeignFile;
import org.samegan.io.file.Sha256;

/**
 * A safetensors file whose header has been read and checked, and whose tensors are read one by one.
 */
public final class SafetensorsFile {
  /** The header's length comes first. */
  static final int PREFIX = Long.BYTES;

  /** The same limit as in the reference implementation. */
  static final long MAXIMUM_HEADER = 100_000_000;

  /**
   * The key in {@code __metadata__} of a file's SHA-256 in hexadecimal digits, taken of the whole
   * file with zeros in the digits' place.
   */
  static final String CHECKSUM = "samegan.sha256";

  private static final String CONTENT = "a safetensors file";

  /** What the keys that we write begin with. */
  private static final String OURS = "samegan.";

  private static final int BUFFER = 1 << 16;

  private final Path path;
  private final long dataStart;
  private final Map<String, String> metadata;
  private final Map<String, TensorEntry> entries;
  private boolean verified;

  private SafetensorsFile(Path path, long dataStart, HeaderParser header) {
    this.path = path;
    this.dataStart = dataStart;
    metadata = Collections.unmodifiableMap(header.metadata());
    entries = Collections.unmodifiableMap(header.entries());
  }

  /**
   * Reads and checks a file's header, and its checksum if it has one.
   *
   * @throws SafetensorsException if the file is damaged or no safetensors file
   * @throws IOException if it can't be read
   */
  public static SafetensorsFile read(Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      throw new NoSuchFileException(path.toString());
    }
    try (FileChannel channel = FileChannel.open(path)) {
      long size = channel.size();
      if (size < PREFIX) {
        ForeignFile.refuse(path, CONTENT);
        throw new SafetensorsException(
            path, 0, "the header's length", PREFIX + " bytes", size + " bytes in the file", null);
      }
      long length = buffer(path, channel, 0, PREFIX).getLong();
      long most = Math.min(MAXIMUM_HEADER, size - PREFIX);
      if (length < 2 || length > most) {
        ForeignFile.refuse(path, CONTENT);
        throw new SafetensorsException(
            path,
            0,
            "the header's length",
            String.format(Locale.ROOT, "from 2 to %d in a file of %d bytes", most, size),
            Long.toUnsignedString(length),
            null);
      }
      byte[] header = buffer(path, channel, PREFIX, (int) length).array();
      if (header[0] != '{') {
        ForeignFile.refuse(path, CONTENT);
        throw new SafetensorsException(
            path,
            PREFIX,
            "the header",
            "'{'",
            String.format(Locale.ROOT, "byte 0x%02x", header[0]),
            null);
      }
      HeaderParser parsed = HeaderParser.parse(path, header, size - PREFIX - length);
      SafetensorsFile file = new SafetensorsFile(path, PREFIX + length, parsed);
      file.verify(channel, header);
      return file;
    }
  }

  private static ByteBuffer buffer(Path path, FileChannel channel, long from, int length)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    fill(path, channel, from, buffer);
    return buffer;
  }

  /** Fills the buffer's remaining room, and makes it ready to be read. */
  private static void fill(Path path, FileChannel channel, long from, ByteBuffer buffer)
      throws IOException {
    while (buffer.hasRemaining()) {
      int read = channel.read(buffer, from + buffer.position());
      if (read < 0) {
        throw new EOFException(path + ": became shorter while it was read");
      }
    }
    buffer.flip();
  }

  /**
   * Our own files must have a checksum: without it a changed key would go unnoticed. Where another
   * program has saved tensors again, with our texts among its own, it is of a file that is gone.
   */
  private void verify(FileChannel channel, byte[] header) throws IOException {
    String expected = metadata.get(CHECKSUM);
    if (metadata.keySet().stream().noneMatch(key -> key.startsWith(OURS))
        || !SafetensorsWriter.wrote(header, metadata, entries.values())) {
      return;
    }
    String text = new String(header, StandardCharsets.ISO_8859_1);
    String found = "none";
    int place = expected == null ? -1 : text.indexOf("\"" + expected + "\"") + 1;
    if (place > 0 && expected.length() == EmbeddedChecksum.ZEROS.length()) {
      byte[] unsigned = header.clone();
      byte[] zeros = EmbeddedChecksum.ZEROS.getBytes(StandardCharsets.ISO_8859_1);
      System.arraycopy(zeros, 0, unsigned, place, zeros.length);
      MessageDigest digest = startOf(unsigned);
      ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
      for (long at = dataStart; at < channel.size(); at += buffer.limit()) {
        buffer.clear().limit((int) Math.min(BUFFER, channel.size() - at));
        fill(path, channel, at, buffer);
        digest.update(buffer.duplicate());
      }
      found = HexFormat.of().formatHex(digest.digest());
    }
    if (!found.equals(expected)) {
      throw new SafetensorsException(
          path, 0, "SHA-256", expected == null ? "one under " + CHECKSUM : expected, found, null);
    }
    verified = true;
  }

  /** The digest of a file's length and header. */
  static MessageDigest startOf(byte[] header) {
    MessageDigest digest = Sha256.start();
    digest.update(prefix(header));
    digest.update(header);
    return digest;
  }

  /** The header's length, as a file begins with it. */
  static byte[] prefix(byte[] header) {
    return ByteBuffer.allocate(PREFIX)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(header.length)
        .array();
  }

  /** Whether it is as this program wrote it; others write no checksum. */
  public boolean isVerified() {
    return verified;
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** The texts under {@code __metadata__}, by key. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /** All tensors in the order of their data. */
  public List<TensorEntry> entries() {
    return List.copyOf(entries.values());
  }

  /** The tensor of this name, or null. */
  public TensorEntry entry(String name) {
    return entries.get(name);
  }

  /** Where a tensor's values begin in the file, in bytes. */
  long offset(TensorEntry entry) {
    return dataStart + entry.begin();
  }

  /**
   * Reads one tensor.
   *
   * @param entry one of this file's
   * @return its values, row-major; doubles rounded to the nearest float
   * @throws SafetensorsException if they are of a type that is not read, not finite, or more than a
   *     Java array holds
   */
  public float[] floats(TensorEntry entry) throws IOException {
    float[] values = new float[(int) requireReadable(entry)];
    try (FileChannel channel = FileChannel.open(path)) {
      new Decoder(channel, entry).accept(FloatBuffer.wrap(values));
    }
    return values;
  }

  /**
   * Reads one tensor into an array of one axis, outside the heap.
   *
   * @param entry one of this file's, with at least one value
   * @throws SafetensorsException as {@link #floats}
   */
  INDArray array(TensorEntry entry) throws IOException {
    long length = requireReadable(entry);
    try (FileChannel channel = FileChannel.open(path)) {
      return ArrayParts.create(new Decoder(channel, entry), length);
    }
  }

  /**
   * Whether a tensor's values are those of an array, to the bit.
   *
   * @param expected as many in row-major order
   * @throws SafetensorsException as {@link #floats}
   */
  boolean holds(TensorEntry entry, INDArray expected) throws IOException {
    boolean[] same = {requireReadable(entry) == expected.length()};
    try (FileChannel channel = FileChannel.open(path)) {
      Decoder decoder = new Decoder(channel, entry);
      ArrayParts.read(
          expected,
          part -> {
            float[] found = new float[same[0] ? part.remaining() : 0];
            decoder.accept(FloatBuffer.wrap(found));
            for (float value : found) {
              same[0] &= Float.floatToRawIntBits(value) == Float.floatToRawIntBits(part.get());
            }
          });
    }
    return same[0];
  }

  private long requireReadable(TensorEntry entry) throws SafetensorsException {
    if (!entry.type().isReadable()) {
      throw new SafetensorsException(
          path,
          offset(entry),
          String.format(
              Locale.ROOT,
              "'%s' holds %s, and only F64, F32, F16 and BF16 can be read; convert it first",
              entry.name(),
              entry.type()));
    }
    if (entry.elements() > Integer.MAX_VALUE - 8) {
      throw new SafetensorsException(
          path,
          offset(entry),
          String.format(
              Locale.ROOT, "'%s' has %d values, too many", entry.name(), entry.elements()));
    }
    return entry.elements();
  }

  /** Gives a tensor's values from the first on. */
  private final class Decoder implements ArrayParts.Part<IOException> {
    private final ByteBuffer buffer =
        ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN).limit(0);
    private final FileChannel channel;
    private final TensorEntry entry;
    private long at;
    private long count;

    Decoder(FileChannel channel, TensorEntry entry) {
      this.channel = channel;
      this.entry = entry;
      at = offset(entry);
    }

    @Override
    public void accept(FloatBuffer values) throws IOException {
      for (; values.hasRemaining(); count++) {
        if (!buffer.hasRemaining()) {
          buffer.clear().limit((int) Math.min(BUFFER, dataStart + entry.end() - at));
          fill(path, channel, at, buffer);
          at += buffer.limit();
        }
        float value = entry.type().next(buffer);
        if (!Float.isFinite(value)) {
          throw new SafetensorsException(
              path,
              offset(entry) + count * entry.type().bits() / Byte.SIZE,
              String.format(
                  Locale.ROOT,
                  "value %d of '%s' is %s as a float, which no network can work with",
                  count,
                  entry.name(),
                  value));
        }
        values.put(value);
      }
    }
  }
}
