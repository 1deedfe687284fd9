package org.samegan.core.gan;

import java.util.Locale;
import java.util.Objects;
import org.samegan.core.SinglePrecision;
import org.samegan.core.data.RandomAffine;
import org.samegan.core.schedule.Schedule;
import org.samegan.core.schedule.Span;

/**
 * How recognition learns labels that only some of the real examples have (Spurr et al. 2017,
 * arXiv:1707.04487): each discriminator step is given, beside its batch of any real examples, as
 * many labelled ones, and adds the cross-entropy of their labels to its loss. Every labelled
 * example is seen as often as any other, however few there are.
 *
 * @param weight of that cross-entropy, more than 0
 * @param lead over how many generator steps what generated examples teach recognition of the label
 *     grows from nothing to its full weight, along a straight line; at least 0. Before recognition
 *     knows the classes, it would learn from them whatever the generator confuses
 * @param augmentation of the labelled examples, each time anew: the fewer there are, the sooner
 *     they are learnt by heart
 */
public record FewLabels(double weight, long lead, RandomAffine augmentation) {
  /** Checks weight and lead. */
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
    if (lead < 0) {
      throw new IllegalArgumentException(
          "the lead of the labels must be 0 steps or more, found " + lead);
    }
  }

  /**
   * The share of its weight that the label of generated examples has in the discriminator's loss.
   */
  public Schedule shareOfGenerated() {
    return lead == 0 ? Schedule.constant(1) : new Schedule.Linear(0, 1, new Span.Steps(lead));
  }
}
