package org.samegan.runs.augment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.samegan.core.data.Classes;
import org.samegan.core.data.Dataset;
import org.samegan.core.data.PixelRange;
import org.samegan.evaluation.classes.ClassProbabilities;
import org.samegan.runs.data.GeneratedPixels;

/**
 * Takes those of an image maker's images of which a classifier that was trained on real ones says,
 * with a probability of at least tau, that they are what they were asked to be.
 *
 * @param opinion the classifier's, of images in [0, 1]
 * @param tau in [0, 1); 0 takes every image
 */
record Filter(Function<Dataset, ClassProbabilities> opinion, double tau) {
  /** So many times as many as are wanted are looked at before a class is left with fewer. */
  static final int LOOKS = 10;

  private static final int PORTION = 1000;

  /** That no image of some class passes. */
  static final class EmptyClassException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    EmptyClassException(String message) {
      super(message);
    }
  }

  /**
   * Takes images, the first of each class that pass.
   *
   * @param wanted how many of each class, at least 0
   * @throws EmptyClassException if none of a class passes of which some are wanted
   */
  SyntheticImages take(ImageMaker maker, Classes classes, int[] wanted) {
    int[] missing = wanted.clone();
    int most = Arrays.stream(wanted).max().orElse(0);
    long limit = (long) most * LOOKS * wanted.length;
    List<SyntheticImages.Image> taken = new ArrayList<>();
    int elements = maker.shape().elements();
    int looked = 0;
    while (looked < limit && Arrays.stream(missing).anyMatch(count -> count > 0)) {
      int some = (int) Math.min(PORTION, limit - looked);
      byte[] pixels = maker.make(looked, some);
      // A classifier looks at two images at least.
      ClassProbabilities said =
          tau == 0
              ? null
              : opinion.apply(new GeneratedPixels(pixels, maker.shape(), classes, PixelRange.UNIT));
      for (int i = 0; i < some; i++) {
        int label = (looked + i) % wanted.length;
        if (missing[label] > 0 && (tau == 0 || said.at(i, label) >= tau)) {
          missing[label]--;
          byte[] own = Arrays.copyOfRange(pixels, i * elements, (i + 1) * elements);
          taken.add(new SyntheticImages.Image(looked + i, label, own));
        }
      }
      looked += some;
    }
    for (int label = 0; label < wanted.length; label++) {
      if (wanted[label] > 0 && missing[label] == wanted[label]) {
        throw new EmptyClassException(
            String.format(
                Locale.ROOT,
                "at tau %s the filter leaves the class '%s' empty: a classifier of the real images"
                    + " agrees with none of %,d images that were generated of it; give a lower"
                    + " option tau, or train the generator longer with the option steps",
                tau,
                classes.name(label),
                looked / wanted.length));
      }
    }
    return new SyntheticImages(taken, maker.shape(), classes, wanted);
  }
}
