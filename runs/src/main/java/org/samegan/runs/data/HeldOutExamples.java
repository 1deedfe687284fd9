package org.samegan.runs.data;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.gan.Gan;
import org.samegan.core.training.Trainer;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunOptions;

/**
 * Examples that a critic is not trained on, for a second estimate of its distance.
 *
 * @param config says whether they were asked for, and how many are measured at once
 * @param place where they are
 * @param gan what is trained
 * @param found the examples; empty if none are needed, or none were asked for and none that fit
 *     belong to the training data
 */
public record HeldOutExamples(
    RunConfig config, DataPlace place, Gan gan, Optional<FoundExamples> found) {
  /**
   * Finds what a configuration holds out, and checks its form.
   *
   * @param config says where it is, or leaves it to the data
   * @param data where the training data is now
   * @param gan what is trained; one that estimates no distance needs no held-out data
   * @param notices is told why what belongs to the data can't be used
   * @throws IllegalArgumentException if it was asked for but isn't needed, or hasn't the form of
   *     the training data
   */
  public static HeldOutExamples find(
      RunConfig config, DataPlace data, Gan gan, Consumer<String> notices) throws IOException {
    String named = config.get(RunOptions.HELD_OUT);
    DataPlace place = named == null ? data : DataPlace.of(named);
    HeldOutExamples none = new HeldOutExamples(config, place, gan, Optional.empty());
    boolean evaluates = config.get(RunOptions.EVALUATE_EVERY) > 0;
    if (!evaluates && !gan.recipe().objective().estimatesDistance()) {
      if (named != null) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "the option held-out: the losses of %s estimate no distance that could be measured"
                    + " on held-out data; leave it out, choose a Wasserstein variant, or evaluate"
                    + " with the option evaluate-every",
                gan.variant()));
      }
      return none;
    }
    Optional<FoundExamples> found = place.findHeldOut(config, named != null);
    return found.isPresent() && none.passes(() -> none.requireForm(found.get().form()), notices)
        ? new HeldOutExamples(config, place, gan, found)
        : none;
  }

  /**
   * The examples, if any are held out.
   *
   * @param notices is told why what belongs to the data can't be used
   * @return empty too if they don't fit and were not asked for
   * @throws IllegalArgumentException if they were asked for, but are less than a batch or lack a
   *     class
   */
  public Optional<Examples> open(Consumer<String> notices) throws IOException {
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Examples examples = found.get().open(notices);
    return passes(() -> requireFit(examples), notices) ? Optional.of(examples) : Optional.empty();
  }

  /** What nobody asked for is no reason to stop. */
  private boolean passes(Runnable check, Consumer<String> notices) {
    try {
      check.run();
      return true;
    } catch (IllegalArgumentException e) {
      if (config.get(RunOptions.HELD_OUT) != null) {
        throw e;
      }
      notices.accept("the distance is measured on no held-out data: " + e.getMessage());
      return false;
    }
  }

  private void requireForm(ExampleForm form) {
    if (!form.shape().equals(gan.exampleShape())) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the held-out examples of %s are %s, but the training data's are %s; choose a size"
                  + " and channels for both with the options image-size and channels, or other"
                  + " held-out data with the option held-out",
              place.absolute(),
              form.shape(),
              gan.exampleShape()));
    }
    try {
      gan.requireForm(form);
    } catch (IllegalArgumentException e) {
      throw unfit(e);
    }
  }

  private void requireFit(Examples examples) {
    int batch = config.count(RunOptions.BATCH);
    if (examples.count() < batch) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the option batch %d is more than the %d held-out examples of %s; use a smaller"
                  + " batch, or more held-out data with the option held-out",
              batch,
              examples.count(),
              place.absolute()));
    }
    try {
      Trainer.requireFit(gan, examples.dataset(gan), batch);
    } catch (IllegalArgumentException e) {
      throw unfit(e);
    }
  }

  private IllegalArgumentException unfit(IllegalArgumentException cause) {
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT, "the held-out data of %s: %s", place.absolute(), cause.getMessage()),
        cause);
  }
}
