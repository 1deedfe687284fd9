package org.samegan.io.data;

import java.nio.ByteBuffer;
import org.samegan.io.image.ByteImage;

/** Brings a decoded image to the channels and size that were asked for. */
final class ImageConversion {
  private ImageConversion() {}

  static ByteImage apply(ByteImage image, ImageOptions options) {
    ByteImage result = image;
    if (options.channels() == 1 && image.channels() == 3) {
      result = toGray(image);
    } else if (options.channels() == 3 && image.channels() == 1) {
      result = toColour(image);
    }
    if (options.size() == 0) {
      return result;
    }
    return Resampler.resize(Resampler.cropToSquare(result), options.size(), options.size());
  }

  /** Luma as in ITU-R BT.601: 0.299 red + 0.587 green + 0.114 blue, rounded. */
  private static ByteImage toGray(ByteImage image) {
    ByteBuffer source = image.buffer();
    byte[] gray = new byte[image.height() * image.width()];
    for (int i = 0; i < gray.length; i++) {
      int red = source.get() & 0xff;
      int green = source.get() & 0xff;
      int blue = source.get() & 0xff;
      gray[i] = (byte) ((299 * red + 587 * green + 114 * blue + 500) / 1000);
    }
    return ByteImage.of(image.height(), image.width(), 1, gray);
  }

  private static ByteImage toColour(ByteImage image) {
    ByteBuffer source = image.buffer();
    ByteBuffer colour = ByteBuffer.allocate(3 * source.remaining());
    while (source.hasRemaining()) {
      byte gray = source.get();
      colour.put(gray).put(gray).put(gray);
    }
    return ByteImage.of(image.height(), image.width(), 3, colour.array());
  }
}
