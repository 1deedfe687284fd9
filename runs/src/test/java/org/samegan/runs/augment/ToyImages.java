package org.samegan.runs.augment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.samegan.core.random.RandomStream;

/** Labelled gray images of 8 x 8 pixels, a faint square at the class's place in much noise. */
final class ToyImages {
  static final int SIZE = 8;
  static final int CLASSES = 3;
  private static final int PIXELS = SIZE * SIZE;

  private ToyImages() {}

  /** An image of a class: the same for the same stream and index. */
  static byte[] image(int label, String stream, int index) {
    RandomStream draws = RandomStream.of(1, stream, index);
    byte[] pixels = new byte[PIXELS];
    for (int i = 0; i < PIXELS; i++) {
      int row = i / SIZE;
      int column = i % SIZE;
      boolean inside = row >= 3 && row < 5 && column >= 2 * label && column < 2 * label + 3;
      pixels[i] =
          (byte) Math.max(0, Math.min(255, 80 + (inside ? 60 : 0) + 60 * draws.nextGaussian()));
    }
    return pixels;
  }

  /** IDX files of training and test images, classes in turn. */
  static Path in(Path directory, int train, int test) throws IOException {
    Files.createDirectories(directory);
    write(directory, "train", train, CLASSES, SIZE);
    write(directory, "t10k", test, CLASSES, SIZE);
    return directory;
  }

  /** IDX files of a split; other streams have other images. */
  static void write(Path directory, String split, int count, int classes, int size)
      throws IOException {
    Files.createDirectories(directory);
    ByteBuffer images = ByteBuffer.allocate(16 + count * size * size);
    images.putInt(0x803).putInt(count).putInt(size).putInt(size);
    ByteBuffer labels = ByteBuffer.allocate(8 + count).putInt(0x801).putInt(count);
    for (int i = 0; i < count; i++) {
      byte[] pixels = size == SIZE ? image(i % classes, split, i) : new byte[size * size];
      images.put(pixels);
      labels.put((byte) (i % classes));
    }
    Files.write(directory.resolve(split + "-images-idx3-ubyte"), images.array());
    Files.write(directory.resolve(split + "-labels-idx1-ubyte"), labels.array());
  }
}
