package org.samegan.io.safetensors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Safetensors files by hand, sound or not. */
final class RawFile {
  private RawFile() {}

  /** A file of this header and this data, its length as it is. */
  static Path write(Path file, String header, byte[] data) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    return write(file, text.length, text, data);
  }

  /** A file that claims a header of this length. */
  static Path write(Path file, long length, byte[] header, byte[] data) {
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + header.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(length).put(header).put(data);
    try {
      return Files.write(file, bytes.array());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
