package org.samegan.io.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.security.MessageDigest;

/**
 * Pixels in a memory-mapped file, outside the heap. One mapping holds less than 2 GiB, so there are
 * several, each of whole images.
 */
final class MappedPixels {
  /** The usual size of a mapping, in bytes. */
  static final long MAPPING_BYTES = 1L << 30;

  private final MappedByteBuffer[] mappings;
  private final int imagesPerMapping;
  private final int imageBytes;

  private MappedPixels(MappedByteBuffer[] mappings, int imagesPerMapping, int imageBytes) {
    this.mappings = mappings;
    this.imagesPerMapping = imagesPerMapping;
    this.imageBytes = imageBytes;
  }

  static MappedPixels map(FileChannel channel, PackHeader header, long mappingBytes)
      throws IOException {
    int imageBytes = header.shape().elements();
    int perMapping = (int) Math.min(header.count(), Math.max(1, mappingBytes / imageBytes));
    MappedByteBuffer[] mappings = new MappedByteBuffer[(header.count() - 1) / perMapping + 1];
    for (int i = 0; i < mappings.length; i++) {
      long first = (long) i * perMapping;
      long images = Math.min(perMapping, header.count() - first);
      mappings[i] =
          channel.map(
              MapMode.READ_ONLY, PackHeader.PIXELS_AT + first * imageBytes, images * imageBytes);
    }
    return new MappedPixels(mappings, perMapping, imageBytes);
  }

  int mappings() {
    return mappings.length;
  }

  /** Writes one image's values, looked up in a table of 256. */
  void copyTo(int index, float[] values, FloatBuffer destination) {
    ByteBuffer mapping = mappings[index / imagesPerMapping];
    int start = index % imagesPerMapping * imageBytes;
    for (int i = start; i < start + imageBytes; i++) {
      destination.put(values[mapping.get(i) & 0xff]);
    }
  }

  /** Adds all pixels to a digest, in order. */
  void update(MessageDigest digest) {
    for (ByteBuffer mapping : mappings) {
      digest.update(mapping.duplicate());
    }
  }
}
