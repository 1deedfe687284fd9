package org.samegan.runs.sampling;

import java.nio.file.Path;
import java.util.Locale;
import org.samegan.core.gan.Latent;
import org.samegan.core.gan.LatentSource;
import org.samegan.core.gan.Latents;

/**
 * Which class each sample is of: all of one, or of the classes in turn, so that every class has as
 * many samples and a sample's class doesn't depend on how many there are. Samples of a model
 * without labels have none.
 */
final class SampleClasses {
  private static final int EDGE = 10;
  private static final int WIDEST = 32;

  /** 0 without labels. */
  private final int classes;

  private final Integer chosen;

  private SampleClasses(int classes, Integer chosen) {
    this.classes = classes;
    this.chosen = chosen;
  }

  /**
   * One class, or all in turn.
   *
   * @param label the class, from 0; null for all
   * @throws IllegalArgumentException if the generator takes no labels, or has no such class
   */
  static SampleClasses of(Latent latent, Integer label) {
    int classes = latent.label().map(Latent.Label::classes).orElse(0);
    if (label != null && classes == 0) {
      throw new IllegalArgumentException(
          String.format(
              "the option label %d: this model learnt no labels, so no class can be chosen; train one"
                  + " that does, such as cgan or acgan, or leave it out",
              label));
    }
    if (label != null && (label < 0 || label >= classes)) {
      throw new IllegalArgumentException(
          String.format(
              "the option label must be one of this model's classes, 0 to %d, found %d",
              classes - 1, label));
    }
    return new SampleClasses(classes, label);
  }

  /** The latents of samples, each of its class. */
  LatentSource latents(Latent latent, long seed) {
    Latents drawn = Latents.drawn(latent, seed);
    return classes == 0 ? drawn : drawn.withLabels(this::classOf);
  }

  private int classOf(int sample) {
    return chosen == null ? sample % classes : chosen;
  }

  /**
   * Where a sample goes in a directory: into its class's folder, if there are classes. Folders are
   * numbers of one width, so that their order as data is that of the classes.
   */
  Path directory(Path parent, int sample) {
    if (classes == 0) {
      return parent;
    }
    int width = String.valueOf(classes - 1).length();
    return parent.resolve(String.format(Locale.ROOT, "%0" + width + "d", classOf(sample)));
  }

  /**
   * How many columns a grid has: as many as rows, or, of classes in turn that are not too many for
   * that, so many that each column shows one class.
   */
  int columns(int count) {
    if (classes == 0 || chosen != null || classes > WIDEST) {
      return (int) Math.ceil(Math.sqrt(count));
    }
    return Math.min(count, classes * Math.max(1, EDGE / classes));
  }
}
