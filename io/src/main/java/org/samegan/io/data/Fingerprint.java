package org.samegan.io.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.samegan.core.Shape;
import org.samegan.io.file.Sha256;

/**
 * The identity of a dataset by its content: a SHA-256 over count, shape, pixels and labels. File
 * names, times, compression and class names are no part of it.
 */
final class Fingerprint {
  private static final byte[] DOMAIN = "SameGAN images 1".getBytes(StandardCharsets.US_ASCII);

  private Fingerprint() {}

  /**
   * The fingerprint, 64 hexadecimal digits.
   *
   * @param pixels the digest of all pixels, which are too many to be held at once
   * @param labels the labels as big-endian int32, none if unlabelled
   */
  static String of(int count, Shape shape, MessageDigest pixels, byte[] labels) {
    MessageDigest digest = Sha256.start();
    digest.update(DOMAIN);
    ByteBuffer extents = ByteBuffer.allocate(4 * Integer.BYTES);
    extents.putInt(count).putInt(shape.get(0)).putInt(shape.get(1)).putInt(shape.get(2));
    digest.update(extents.array());
    digest.update(pixels.digest());
    digest.update(labels);
    return HexFormat.of().formatHex(digest.digest());
  }
}
