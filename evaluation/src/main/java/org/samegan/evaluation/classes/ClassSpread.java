package org.samegan.evaluation.classes;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.samegan.evaluation.Features;
import org.samegan.evaluation.algebra.Moments;

/**
 * Whether images of a class differ as much as real ones do: collapse within classes, which a
 * histogram doesn't see.
 *
 * <p>ratio = sqrt(tr S_generated / tr S_real), S the covariance of the features of one class's
 * images. 1 for equal distributions, 0 if all images of the class are the same; above 1 if they
 * vary more, wrongly labelled ones included. SameGAN's own measure. Its relative error is about
 * 1/sqrt(2n) or less for n images of the class.
 *
 * @param label the class
 * @param real how many real images of it there are
 * @param generated how many generated ones
 * @param ratio absent where either has fewer than 2 images of the class, or the real ones are all
 *     the same
 */
public record ClassSpread(int label, int real, int generated, OptionalDouble ratio) {
  /**
   * The spread of every class.
   *
   * @param realLabels a label for each row of {@code real}
   * @param generatedLabels a label for each row of {@code generated}: what was asked for, or what a
   *     classifier says
   * @param classes labels are from 0 to {@code classes - 1}
   */
  public static List<ClassSpread> of(
      Features real, int[] realLabels, Features generated, int[] generatedLabels, int classes) {
    real.requireComparable(generated);
    requireLabels(real, realLabels);
    requireLabels(generated, generatedLabels);
    return IntStream.range(0, classes)
        .mapToObj(
            label ->
                of(label, real, rows(realLabels, label), generated, rows(generatedLabels, label)))
        .toList();
  }

  private static ClassSpread of(
      int label, Features real, int[] realRows, Features generated, int[] generatedRows) {
    OptionalDouble ratio = OptionalDouble.empty();
    if (realRows.length > 1 && generatedRows.length > 1) {
      double ofReal = Moments.of(real.select(realRows)).trace();
      if (ofReal > 0) {
        double ofGenerated = Moments.of(generated.select(generatedRows)).trace();
        ratio = OptionalDouble.of(Math.sqrt(ofGenerated / ofReal));
      }
    }
    return new ClassSpread(label, realRows.length, generatedRows.length, ratio);
  }

  private static int[] rows(int[] labels, int label) {
    return IntStream.range(0, labels.length).filter(i -> labels[i] == label).toArray();
  }

  private static void requireLabels(Features features, int[] labels) {
    if (labels.length != features.count()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "expected a label for each of %d images, found %d",
              features.count(),
              labels.length));
    }
  }
}
