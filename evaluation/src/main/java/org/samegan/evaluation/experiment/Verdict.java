package org.samegan.evaluation.experiment;

import java.util.Locale;

/** What a difference between two ways to train shows, at a confidence of 95 %. */
public enum Verdict {
  /** The first is better. */
  HELPS,
  /** It may be better or worse: this experiment doesn't show it. */
  NO_EVIDENCE,
  /** The first is worse. */
  HURTS;

  private static final double SIGNIFICANT = 0.05;

  /** As people say it, such as {@code no evidence}. */
  public String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** By which side of 0 the interval lies on. */
  static Verdict of(MeanInterval difference) {
    return difference.low() > 0 ? HELPS : difference.high() < 0 ? HURTS : NO_EVIDENCE;
  }

  /** By which classifier is right more often, if that is significant. */
  static Verdict of(McNemar test) {
    if (test.probability() >= SIGNIFICANT) {
      return NO_EVIDENCE;
    }
    return test.onlyFirst() > test.onlySecond() ? HELPS : HURTS;
  }
}
