package org.samegan.core.gan;

import java.util.Locale;

/**
 * How many discriminator steps come before each generator step: a function of the generator step's
 * index, so that a resumed run goes on with the same numbers.
 *
 * @param usual before each generator step but the warm-up's, at least 1
 * @param warmup which generator steps have another number; null for none
 */
public record DiscriminatorSteps(int usual, Warmup warmup) {
  /**
   * Another number of discriminator steps before the first generator steps, and now and then later,
   * so that a critic is near its optimum when the generator first learns from it.
   *
   * @param steps discriminator steps, at least 1
   * @param first how many generator steps from the start have this many, at least 0
   * @param every so do all later generator steps whose index, from 0, is a multiple of this; at
   *     least 1
   */
  public record Warmup(int steps, int first, int every) {
    /** 100 for the first 25 and every 500th, as in the code of Arjovsky et al. 2017. */
    public static final Warmup WGAN = new Warmup(100, 25, 500);

    /** Checks the numbers. */
    public Warmup {
      if (steps < 1 || first < 0 || every < 1) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "a warm-up needs at least 1 discriminator step, at least 0 first generator steps and"
                    + " an interval of at least 1, found %d, %d and %d",
                steps,
                first,
                every));
      }
    }

    private boolean holdsAt(long step) {
      return step < first || step % every == 0;
    }

    /** How many of the first generator steps it holds at. */
    private long countIn(long generatorSteps) {
      return generatorSteps <= first
          ? generatorSteps
          : first + multiplesBelow(generatorSteps) - multiplesBelow(first);
    }

    private long multiplesBelow(long bound) {
      return bound == 0 ? 0 : (bound - 1) / every + 1;
    }
  }

  /** Checks the number. */
  public DiscriminatorSteps {
    if (usual < 1) {
      throw new IllegalArgumentException(
          "there must be at least 1 discriminator step for each generator step, found " + usual);
    }
  }

  /** The same number before every generator step. */
  public static DiscriminatorSteps of(int steps) {
    return new DiscriminatorSteps(steps, null);
  }

  /** With another usual number. */
  public DiscriminatorSteps withUsual(int steps) {
    return new DiscriminatorSteps(steps, warmup);
  }

  /** With a warm-up. */
  public DiscriminatorSteps withWarmup(Warmup other) {
    return new DiscriminatorSteps(usual, other);
  }

  /**
   * The number before a generator step.
   *
   * @param step the generator step's index, from 0
   */
  public int before(long step) {
    return warmup != null && warmup.holdsAt(step) ? warmup.steps() : usual;
  }

  /**
   * The number before all of the first generator steps together.
   *
   * @param generatorSteps how many generator steps, at least 0
   */
  public long total(long generatorSteps) {
    long total = usual * generatorSteps;
    return warmup == null
        ? total
        : total + (warmup.steps() - usual) * warmup.countIn(generatorSteps);
  }

  /**
   * The least number of generator steps that have at least so many discriminator steps in total.
   *
   * @param discriminatorSteps from 0 to 2^60
   */
  public long generatorSteps(long discriminatorSteps) {
    long high = 1;
    while (total(high) < discriminatorSteps) {
      high *= 2;
    }
    long low = 0;
    while (low < high) {
      long middle = (low + high) / 2;
      if (total(middle) < discriminatorSteps) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
