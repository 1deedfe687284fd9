package org.samegan.evaluation.comparison;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.samegan.core.setting.NearestName;

/** The numbers that a comparison has, under the one name that each has everywhere. */
public enum Metric {
  /** {@link org.samegan.evaluation.distance.FrechetDistance}. */
  FRECHET_DISTANCE("fd", "Fréchet distance", Better.LOWER),
  /** {@link org.samegan.evaluation.distance.FrechetExtrapolation}. */
  FRECHET_EXTRAPOLATION("fd-infinity", "FD of infinitely many", Better.LOWER),
  /** {@link org.samegan.evaluation.distance.KernelDistance}. */
  KERNEL_DISTANCE("kd", "kernel distance", Better.LOWER),
  /** {@link org.samegan.evaluation.distance.Mind}. */
  MIND("mind", "MIND", Better.LOWER),
  /** {@link org.samegan.evaluation.neighbours.ManifoldScores#precision}. */
  PRECISION("precision", "precision", Better.HIGHER),
  /** {@link org.samegan.evaluation.neighbours.ManifoldScores#recall}. */
  RECALL("recall", "recall", Better.HIGHER),
  /** {@link org.samegan.evaluation.neighbours.ManifoldScores#density}. */
  DENSITY("density", "density", Better.HIGHER),
  /** {@link org.samegan.evaluation.neighbours.ManifoldScores#coverage}. */
  COVERAGE("coverage", "coverage", Better.HIGHER),
  /** {@link org.samegan.evaluation.neighbours.NearDuplicates}. */
  DUPLICATES("duplicates", "near-duplicates", Better.LOWER),
  /** {@link org.samegan.evaluation.copying.Authenticity}. */
  AUTHENTICITY("auth-percent", "AuthPct", Better.NEITHER),
  /** {@link org.samegan.evaluation.copying.DataCopying}. */
  DATA_COPYING("c-t", "C_T, copying", Better.NEITHER),
  /** {@link org.samegan.evaluation.classes.ClassifierScore}. */
  CLASSIFIER_SCORE("classifier-score", "classifier score", Better.HIGHER),
  /** {@link org.samegan.evaluation.classes.ClassHistogram#modes}. */
  MODES("modes", "classes that occur", Better.HIGHER),
  /** {@link org.samegan.evaluation.classes.ClassHistogram#divergenceFrom}. */
  CLASS_DIVERGENCE("class-divergence", "divergence of classes", Better.LOWER),
  /** The least {@link org.samegan.evaluation.classes.ClassSpread} of all classes. */
  SPREAD("spread", "least spread of a class", Better.HIGHER),
  /** The share of images of the class that was asked for, by the classifier's opinion. */
  LABEL_ACCURACY("label-accuracy", "right labels", Better.HIGHER);

  /** Which way is better. */
  public enum Better {
    /** As for distances. */
    LOWER,
    /** As for shares of what is good. */
    HIGHER,
    /** What is best lies between. */
    NEITHER
  }

  /** Those that need a classifier's opinion. */
  private static final List<Metric> OF_CLASSES =
      List.of(CLASSIFIER_SCORE, MODES, CLASS_DIVERGENCE, SPREAD, LABEL_ACCURACY);

  private final String key;
  private final String title;
  private final Better better;

  Metric(String key, String title, Better better) {
    this.key = key;
    this.title = title;
    this.better = better;
  }

  /** Its name in files and options. */
  public String key() {
    return key;
  }

  /** Its name for people. */
  public String title() {
    return title;
  }

  /** Which way is better. */
  public Better better() {
    return better;
  }

  /** Whether it needs a classifier's opinion of the images. */
  public boolean needsClasses() {
    return OF_CLASSES.contains(this);
  }

  /** Whether a value is better than another. */
  public boolean isBetter(double value, double than) {
    return switch (better) {
      case LOWER -> value < than;
      case HIGHER -> value > than;
      case NEITHER -> false;
    };
  }

  /**
   * The metric of a key.
   *
   * @throws IllegalArgumentException if there is none, with the nearest and all that there are
   */
  public static Metric named(String key) {
    List<String> keys = Arrays.stream(values()).map(Metric::key).toList();
    int index = keys.indexOf(key);
    if (index < 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "there is no metric '%s'; did you mean '%s'? There are %s",
              key,
              NearestName.to(key, keys),
              keys.stream().collect(Collectors.joining(", "))));
    }
    return values()[index];
  }
}
