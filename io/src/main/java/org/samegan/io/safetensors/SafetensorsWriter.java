package org.samegan.io.safetensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.samegan.core.Shape;
import org.samegan.core.execution.ArrayParts;
import org.samegan.io.file.EmbeddedChecksum;
import org.samegan.io.file.WholeFile;
import org.samegan.io.json.Json;

/** Writes safetensors files: the same tensors always give the same bytes. */
public final class SafetensorsWriter {
  private static final int ALIGNMENT = 8;
  private static final int BUFFER = 1 << 16;

  private SafetensorsWriter() {}

  /**
   * A tensor to write.
   *
   * @param name unique in the file
   * @param shape its extents
   * @param values gives its values, row-major; asked more than once, so that not all tensors need
   *     to be in memory
   */
  public record Tensor(String name, Shape shape, Values values) {
    /** One whose values are in an array on the heap. */
    public Tensor(String name, Shape shape, Supplier<float[]> values) {
      this(name, shape, taker -> taker.accept(FloatBuffer.wrap(values.get())));
    }
  }

  /** Values in row-major order. */
  @FunctionalInterface
  public interface Values {
    /** Passes all of them on, in one part or many. */
    void passTo(ArrayParts.Part<IOException> taker) throws IOException;
  }

  private interface Bytes {
    void accept(ByteBuffer bytes) throws IOException;
  }

  /**
   * Writes a file that is whole or absent, with its checksum among the metadata.
   *
   * @param metadata texts by key, in order
   * @param tensors in the order of the data
   * @throws IllegalArgumentException if two tensors have the same name
   * @throws IOException if it can't be written; a file that was there is unchanged then
   */
  public static void write(Path file, Map<String, String> metadata, List<Tensor> tensors)
      throws IOException {
    write(file, metadata, tensors, written -> {});
  }

  /**
   * The same, for a file that gets its name only if a check of what is on disk passes.
   *
   * @throws IOException the check's own, or if the file can't be written
   */
  static void write(
      Path file, Map<String, String> metadata, List<Tensor> tensors, WholeFile.Check check)
      throws IOException {
    byte[] unsigned = header(metadata, tensors, EmbeddedChecksum.ZEROS);
    MessageDigest digest = SafetensorsFile.startOf(unsigned);
    forEachPart(tensors, digest::update);
    byte[] header = header(metadata, tensors, HexFormat.of().formatHex(digest.digest()));
    WholeFile.write(
        file,
        channel -> {
          writeFully(channel, ByteBuffer.wrap(SafetensorsFile.prefix(header)));
          writeFully(channel, ByteBuffer.wrap(header));
          forEachPart(tensors, bytes -> writeFully(channel, bytes));
        },
        check);
  }

  private static byte[] header(
      Map<String, String> metadata, List<Tensor> tensors, String checksum) {
    Map<String, Object> header = new LinkedHashMap<>();
    Map<String, String> texts = new LinkedHashMap<>(metadata);
    texts.put(SafetensorsFile.CHECKSUM, checksum);
    header.put("__metadata__", texts);
    long at = 0;
    for (Tensor tensor : tensors) {
      long end = at + (long) Float.BYTES * tensor.shape().elements();
      Map<String, Object> entry = described(ElementType.F32, tensor.shape().dimensions(), at, end);
      if (header.put(tensor.name(), entry) != null) {
        throw new IllegalArgumentException("two tensors are called '" + tensor.name() + "'");
      }
      at = end;
    }
    StringBuilder text = new StringBuilder(Json.line(header));
    int length = text.toString().getBytes(StandardCharsets.UTF_8).length;
    // The data is aligned by spaces, which the format allows at the header's end.
    text.append(" ".repeat((ALIGNMENT - length % ALIGNMENT) % ALIGNMENT));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Whether a header is as this class writes it. Other programs order texts and tensors by rules of
   * their own; a byte that is damaged in ours leaves the order.
   */
  static boolean wrote(
      byte[] header, Map<String, String> metadata, Collection<TensorEntry> entries) {
    List<String> keys = new ArrayList<>(metadata.keySet());
    keys.retainAll(WeightsFile.KEYS);
    List<String> ordered = new ArrayList<>(WeightsFile.KEYS);
    ordered.retainAll(keys);
    Map<String, Object> written = new LinkedHashMap<>();
    written.put("__metadata__", metadata);
    for (TensorEntry entry : entries) {
      written.put(entry.name(), described(entry.type(), entry.shape(), entry.begin(), entry.end()));
    }
    byte[] again = Json.line(written).getBytes(StandardCharsets.UTF_8);
    return keys.equals(ordered)
        && again.length <= header.length
        && Arrays.equals(again, Arrays.copyOf(header, again.length));
  }

  private static Map<String, Object> described(
      ElementType type, List<?> shape, long begin, long end) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("dtype", type.name());
    entry.put("shape", shape);
    entry.put("data_offsets", List.of(begin, end));
    return entry;
  }

  private static void forEachPart(List<Tensor> tensors, Bytes consumer) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
    for (Tensor tensor : tensors) {
      long[] found = new long[1];
      tensor
          .values()
          .passTo(
              values -> {
                found[0] += values.remaining();
                while (values.hasRemaining()) {
                  int count = Math.min(BUFFER / Float.BYTES, values.remaining());
                  buffer.clear();
                  buffer.asFloatBuffer().put(values.slice(values.position(), count));
                  values.position(values.position() + count);
                  consumer.accept(buffer.limit(count * Float.BYTES));
                }
              });
      if (found[0] != tensor.shape().elements()) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "'%s' of %s needs %d values, found %d",
                tensor.name(),
                tensor.shape(),
                tensor.shape().elements(),
                found[0]));
      }
    }
  }

  private static void writeFully(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
