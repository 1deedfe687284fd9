package org.samegan.runs;

import java.util.List;

/**
 * What can go wrong with training, as far as numbers show it: what was seen, what it usually comes
 * from, and two things to try.
 */
public enum Alarm {
  /** The generator draws the same again and again, or ever less of what there is. */
  COLLAPSE(
      "collapse",
      "the generator has lost variety",
      "the generator learns faster than the discriminator can tell, or its gradient says the same"
          + " for all images",
      "go back to the checkpoint before (delete the later ones) and resume with a smaller"
          + " --set generator.learning-rate=RATE, such as a fifth of it",
      "train a Wasserstein variant (wgan-gp), or one with spectral normalisation (sngan)"),
  /** The discriminator tells real from generated without fail. */
  DISCRIMINATOR_WON(
      "discriminator-won",
      "the discriminator is certain of every image",
      "it is stronger than the generator, whose gradient vanishes then",
      "resume with a smaller --set discriminator.learning-rate=RATE",
      "train a variant whose gradient doesn't vanish (wgan-gp, r3gan)"),
  /** The discriminator knows its training images by heart. */
  OVERFITTING(
      "overfitting",
      "the discriminator thinks less of real images that it was not trained on",
      "there are too few training images for so many steps",
      "more images, or fewer steps: --keep-best fd --patience 5",
      "a smaller network"),
  /** A gradient penalty grows without bounds. */
  PENALTY(
      "penalty",
      "the gradient penalty has grown tenfold",
      "the critic's slope runs away from what the penalty asks for",
      "resume with a smaller --set discriminator.learning-rate=RATE",
      "a larger --set penalty.weight");

  private final String key;
  private final String seen;
  private final String cause;
  private final String firstRemedy;
  private final String secondRemedy;

  Alarm(String key, String seen, String cause, String firstRemedy, String secondRemedy) {
    this.key = key;
    this.seen = seen;
    this.cause = cause;
    this.firstRemedy = firstRemedy;
    this.secondRemedy = secondRemedy;
  }

  /** Its name in files. */
  public String key() {
    return key;
  }

  /** What {@code metrics.jsonl} has 1 under after a step at which it was raised. */
  public String number() {
    return "alarm-" + key;
  }

  /** What was seen, in words. */
  public String seen() {
    return seen;
  }

  /** What it usually comes from. */
  public String cause() {
    return cause;
  }

  /** Two things to try. */
  public List<String> remedies() {
    return List.of(firstRemedy, secondRemedy);
  }
}
