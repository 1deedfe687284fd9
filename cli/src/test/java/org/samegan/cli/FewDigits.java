package org.samegan.cli;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** The first of MNIST's digits, so that little has to be looked at. */
final class FewDigits {
  static final int TRAIN = 400;
  static final int TEST = 100;

  private static final Path MNIST = Path.of("..", "testdata", "mnist");
  private static final int PIXELS = 28 * 28;

  private FewDigits() {}

  /** A directory of images and labels, those to train on and those to test by. */
  static Path in(Path directory) throws IOException {
    Path data = Files.createDirectory(directory.resolve("digits"));
    for (boolean train : new boolean[] {true, false}) {
      int count = train ? TRAIN : TEST;
      String images = (train ? "train" : "t10k") + "-images-idx3-ubyte";
      String labels = (train ? "train" : "t10k") + "-labels-idx1-ubyte";
      ByteBuffer file = ByteBuffer.allocate(16 + count * PIXELS);
      file.putInt(0x803).putInt(count).putInt(28).putInt(28).put(read(images, 16, count * PIXELS));
      Files.write(data.resolve(images), file.array());
      ByteBuffer classes = ByteBuffer.allocate(8 + count);
      classes.putInt(0x801).putInt(count).put(read(labels, 8, count));
      Files.write(data.resolve(labels), classes.array());
    }
    return data;
  }

  /** The pixels of the images that are trained on, in [0, 1]. */
  static float[] pixels() throws IOException {
    byte[] bytes = read("train-images-idx3-ubyte", 16, TRAIN * PIXELS);
    float[] pixels = new float[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      pixels[i] = (bytes[i] & 0xff) / 255f;
    }
    return pixels;
  }

  private static byte[] read(String name, int skipped, int count) throws IOException {
    try (DataInputStream in =
        new DataInputStream(
            new GZIPInputStream(Files.newInputStream(MNIST.resolve(name + ".gz"))))) {
      in.skipNBytes(skipped);
      byte[] bytes = new byte[count];
      in.readFully(bytes);
      return bytes;
    }
  }
}
