package org.samegan.runs.augment;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.OptionalInt;
import org.samegan.core.data.Dataset;
import org.samegan.core.data.PixelRange;
import org.samegan.io.file.Sha256;

/** Images known by their pixels, so that the same one is found again wherever it is. */
final class PixelBytes {
  private final Map<ByteBuffer, Integer> places = new HashMap<>();

  /** Knows some images. */
  PixelBytes(Dataset images) {
    for (int i = 0; i < images.size(); i++) {
      places.putIfAbsent(key(images, i), i);
    }
  }

  /** Which of the known images another is; empty if it is none. */
  OptionalInt find(Dataset images, int index) {
    Integer place = places.get(key(images, index));
    return place == null ? OptionalInt.empty() : OptionalInt.of(place);
  }

  private static ByteBuffer key(Dataset images, int index) {
    return ByteBuffer.wrap(Sha256.digest(of(images, index)));
  }

  /**
   * One image's pixels.
   *
   * @param images in [0, 1]
   */
  static byte[] of(Dataset images, int index) {
    FloatBuffer values = FloatBuffer.allocate(images.exampleShape().elements());
    images.copyTo(index, values);
    byte[] pixels = new byte[values.capacity()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) PixelRange.UNIT.toByte(values.get(i));
    }
    return pixels;
  }

  /** The SHA-256 of images and their labels in order, as 64 hexadecimal digits. */
  static String fingerprint(Dataset images) {
    MessageDigest digest = Sha256.start();
    for (int i = 0; i < images.size(); i++) {
      digest.update(of(images, i));
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(images.label(i)).flip());
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
