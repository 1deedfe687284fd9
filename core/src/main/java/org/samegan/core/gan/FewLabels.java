package org.samegan.core.gan;

import java.util.Locale;
import java.util.Objects;
import org.samegan.core.SinglePrecision;
import org.samegan.core.data.RandomAffine;

/**
 * How recognition learns labels that only some of the real examples have (Spurr et al. 2017,
 * arXiv:1707.04487): each discriminator step is given, beside its batch of any real examples, as
 * many labelled ones, and adds the cross-entropy of their labels to its loss. Every labelled
 * example is seen as often as any other, however few there are.
 *
 * @param weight of that cross-entropy, more than 0
 * @param augmentation of the labelled examples, each time anew: the fewer there are, the sooner
 *     they are learnt by heart
 */
public record FewLabels(double weight, RandomAffine augmentation) {
  /** Checks the weight. */
  public FewLabels {
    Objects.requireNonNull(augmentation, "augmentation");
    if (weight <= 0 || !SinglePrecision.keeps(weight)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the weight of the labels must be more than 0, finite and not rounded to 0 as a"
                  + " 32-bit float, found %s",
              weight));
    }
  }
}
