package org.samegan.runs.augment;

import java.util.List;
import java.util.function.IntFunction;
import org.samegan.core.Shape;

/**
 * Makes images by a function of their number.
 *
 * @param image pixels of image i, which is asked to be of class i modulo 3
 */
record FakeMaker(IntFunction<byte[]> image) implements ImageMaker, ImageMakers {
  @Override
  public Shape shape() {
    return Shape.of(ToyImages.SIZE, ToyImages.SIZE, 1);
  }

  @Override
  public byte[] make(int first, int count) {
    int elements = shape().elements();
    byte[] pixels = new byte[count * elements];
    for (int i = 0; i < count; i++) {
      System.arraycopy(image.apply(first + i), 0, pixels, i * elements, elements);
    }
    return pixels;
  }

  @Override
  public List<Long> steps() {
    return List.of(1L);
  }

  @Override
  public ImageMaker open(long step) {
    return this;
  }

  @Override
  public String place(long step) {
    return "nowhere";
  }

  @Override
  public void close() {}
}
