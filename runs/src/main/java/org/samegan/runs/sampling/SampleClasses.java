package org.samegan.runs.sampling;

import java.nio.file.Path;
import java.util.Locale;
import org.samegan.core.data.Classes;
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

  /** None without labels. */
  private final Classes classes;

  private final Integer chosen;

  private SampleClasses(Classes classes, Integer chosen) {
    this.classes = classes;
    this.chosen = chosen;
  }

  /**
   * One class, or all in turn.
   *
   * @param label the class, as {@link SampleRequest} says; null for all
   * @throws IllegalArgumentException if the generator takes no labels, or has no such class
   */
  static SampleClasses of(Latent latent, String label) {
    Classes classes = latent.label().map(Latent.Label::classes).orElse(Classes.NONE);
    if (label == null) {
      return new SampleClasses(classes, null);
    }
    if (classes.count() == 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the option label %s: this model learnt no labels, so no class can be chosen; train one"
                  + " that does, such as cgan or acgan, or leave it out",
              label));
    }
    int chosen = classes.label(label);
    if (chosen < 0 && classes.names().stream().noneMatch(SampleClasses::isNumber)) {
      // Names that are no numbers leave numbers free to mean labels.
      chosen = Classes.of(classes.count()).label(label);
    }
    if (chosen < 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the option label must be one of this model's %s; found %s",
              classes.names().isEmpty()
                  ? "classes, 0 to " + (classes.count() - 1)
                  : classes.description(),
              label));
    }
    return new SampleClasses(classes, chosen);
  }

  private static boolean isNumber(String name) {
    return name.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** The latents of samples, each of its class. */
  LatentSource latents(Latent latent, long seed) {
    Latents drawn = Latents.drawn(latent, seed);
    return classes.count() == 0 ? drawn : drawn.withLabels(this::classOf);
  }

  private int classOf(int sample) {
    return chosen == null ? sample % classes.count() : chosen;
  }

  /**
   * Where a sample goes in a directory: into its class's folder, if there are classes. Where they
   * have no names, folders are numbers of one width, so that every order is that of the classes.
   */
  Path directory(Path parent, int sample) {
    if (classes.count() == 0) {
      return parent;
    }
    String name = classes.name(classOf(sample));
    int width = classes.names().isEmpty() ? String.valueOf(classes.count() - 1).length() : 0;
    return parent.resolve("0".repeat(Math.max(0, width - name.length())) + name);
  }

  /**
   * How many columns a grid has: as many as rows, or, of classes in turn that are not too many for
   * that, so many that each column shows one class.
   */
  int columns(int count) {
    if (classes.count() == 0 || chosen != null || classes.count() > WIDEST) {
      return (int) Math.ceil(Math.sqrt(count));
    }
    return Math.min(count, classes.count() * Math.max(1, EDGE / classes.count()));
  }
}
