package org.samegan.core.augmentation;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.samegan.core.Shape;
import org.samegan.core.graph.Columns;

/**
 * Moves of whole rows and columns as products {@code R x C} with an image's own matrices of zeros
 * and ones. There is no cheaper form: every image moves in another way, and the gradient of a
 * product is a product again.
 */
final class Products {
  private Products() {}

  /** R, then C, both row-major. */
  static Shape drawn(Shape image) {
    int height = image.get(0);
    int width = image.get(1);
    return Shape.of(height * height + width * width);
  }

  /**
   * Writes the matrices of one image.
   *
   * @param rows for each row of the result, that of the image; 0 comes from beyond its border
   * @param columns the same of columns
   */
  static void write(Shape image, float[] draw, IntUnaryOperator rows, IntUnaryOperator columns) {
    int height = image.get(0);
    int width = image.get(1);
    Arrays.fill(draw, 0);
    for (int i = 0; i < height; i++) {
      int from = rows.applyAsInt(i);
      if (from >= 0 && from < height) {
        draw[i * height + from] = 1;
      }
    }
    for (int j = 0; j < width; j++) {
      int from = columns.applyAsInt(j);
      if (from >= 0 && from < width) {
        draw[height * height + from * width + j] = 1;
      }
    }
  }

  static SDVariable emit(SDVariable images, Shape image, int batch, SDVariable draws) {
    SameDiff graph = images.getSameDiff();
    long height = image.get(0);
    long width = image.get(1);
    int channels = image.channels();
    int square = (int) (height * height);
    SDVariable rows = graph.reshape(Columns.of(draws, 0, square), batch, height, height);
    SDVariable columns =
        graph.reshape(Columns.of(draws, square, (int) (width * width)), batch, width, width);
    SDVariable moved = rows.mmul(graph.reshape(images, batch, height, width * channels));
    if (channels == 1) {
      return graph.reshape(moved.mmul(columns), image.batch(batch));
    }
    SDVariable split = graph.reshape(moved, image.batch(batch));
    SDVariable[] planes = new SDVariable[channels];
    for (int c = 0; c < channels; c++) {
      long[] begin = {0, 0, 0, c};
      long[] end = {0, 0, 0, c + 1};
      long[] strides = {1, 1, 1, 1};
      SDVariable plane = graph.stridedSlice(split, begin, end, strides, 0b0111, 0b0111, 0, 0, 0);
      SDVariable product = graph.reshape(plane, batch, height, width).mmul(columns);
      planes[c] = graph.reshape(product, batch, height, width, 1);
    }
    return graph.concat(3, planes);
  }
}
