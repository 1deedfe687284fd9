package org.samegan.runs.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.samegan.core.data.Dataset;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.data.PartlyLabelled;
import org.samegan.core.data.PixelRange;
import org.samegan.core.gan.Gan;
import org.samegan.io.file.Sha256;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunOption;
import org.samegan.io.run.RunOptions;

/**
 * What a run learns from where only some examples have labels: its data, of whose labels it may
 * keep a few only, and perhaps more examples from elsewhere, whose labels are not looked at.
 *
 * @param data with labels
 * @param labels how many of them are kept; null for all
 * @param seed chooses which
 * @param unlabelled more examples, if there are some
 */
public record TrainingExamples(
    FoundExamples data, Integer labels, long seed, Optional<FoundExamples> unlabelled)
    implements FoundExamples {
  /**
   * Finds what a configuration says to train on, labels or not.
   *
   * @param place where its data is now
   * @throws IllegalArgumentException if the examples without labels have not the same shape, or
   *     there are to be fewer labels than classes
   * @throws IOException if there are none
   */
  public static FoundExamples find(RunConfig config, DataPlace place) throws IOException {
    FoundExamples data = place.find(config);
    String elsewhere = config.get(RunOptions.UNLABELLED);
    Long labels = config.get(RunOptions.LABELS);
    if (elsewhere == null && labels == null) {
      return data;
    }
    if (labels != null && labels < data.form().classes().count()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the option labels %d is less than the %d classes of %s, each of which needs at least"
                  + " one label",
              labels,
              data.form().classes().count(),
              place.absolute()));
    }
    Optional<FoundExamples> unlabelled = Optional.empty();
    if (elsewhere != null) {
      DataPlace other = DataPlace.of(elsewhere);
      unlabelled = Optional.of(other.find(config));
      requireSameShape(place, data.form(), other, unlabelled.get().form());
    }
    return new TrainingExamples(
        data,
        labels == null ? null : config.count(RunOptions.LABELS),
        config.get(RunOptions.SEED),
        unlabelled);
  }

  private static void requireSameShape(
      DataPlace place, ExampleForm form, DataPlace other, ExampleForm found) {
    if (!found.shape().equals(form.shape())) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the option unlabelled: the examples of %s are %s, but those with labels of %s are %s;"
                  + " choose a size and channels for both with the options image-size and channels",
              other.absolute(),
              found.shape(),
              place.absolute(),
              form.shape()));
    }
  }

  /**
   * Makes sure that a configuration keeps back no labels from a model that needs all of them, or
   * none.
   *
   * @throws IllegalArgumentException if it does, with the option
   */
  public static void requireFit(RunConfig config, Gan gan) {
    for (RunOption<?> option : new RunOption<?>[] {RunOptions.UNLABELLED, RunOptions.LABELS}) {
      if (config.get(option) != null && gan.fewLabels().isEmpty()) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "the option %s: %s %s; leave it out, or train a variant that learns from a few"
                    + " labels and many images, ssinfogan",
                option.key(),
                gan.variant(),
                gan.latent().label().isPresent()
                    ? "needs the labels of all images"
                    : "looks at no labels"));
      }
    }
  }

  @Override
  public ExampleForm form() {
    return data.form();
  }

  @Override
  public Examples open(Consumer<String> notices) throws IOException {
    Examples own = data.open(notices);
    Examples some = labels == null ? own : keepingLabels(own);
    return unlabelled.isEmpty() ? some : with(some, unlabelled.get().open(notices));
  }

  private Examples keepingLabels(Examples own) {
    if (labels > own.count()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the option labels %,d is more than the %,d examples there are: %s",
              labels,
              own.count(),
              own.description()));
    }
    KeptLabels kept = KeptLabels.of(own.inRange().apply(PixelRange.UNIT), labels, seed);
    return new Examples(
        String.format(Locale.ROOT, "%s; %,d labels are kept", own.description(), labels),
        own.count(),
        own.form(),
        own.fingerprint(),
        range -> kept.in(own.inRange().apply(range)));
  }

  private static Examples with(Examples some, Examples others) {
    Function<PixelRange, Dataset> inRange =
        range -> new PartlyLabelled(some.inRange().apply(range), others.inRange().apply(range));
    return new Examples(
        some.description() + "; without labels " + others.description(),
        Math.addExact(some.count(), others.count()),
        some.form(),
        Sha256.hex((some.fingerprint() + others.fingerprint()).getBytes(StandardCharsets.US_ASCII)),
        inRange);
  }
}
