package org.samegan.runs.data;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.data.ExampleKind;
import org.samegan.io.data.Split;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunOption;
import org.samegan.io.run.RunOptions;
import org.samegan.io.toy.ToyData;

/**
 * Points of the plane, which are made as they are asked for.
 *
 * @param toy the points
 */
record ToyPlace(ToyData toy) implements DataPlace, FoundExamples {
  static final String PREFIX = "toy:";

  static ToyPlace named(String place) {
    return new ToyPlace(ToyData.named(place.substring(PREFIX.length())));
  }

  @Override
  public ExampleKind kind() {
    return ExampleKind.POINTS;
  }

  @Override
  public String absolute() {
    return PREFIX + toy.distribution().id();
  }

  @Override
  public void requireFitting(RunConfig config) {
    for (RunOption<?> option : new RunOption<?>[] {RunOptions.IMAGE_SIZE, RunOptions.CHANNELS}) {
      if (config.get(option) != null) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "the option %s: %s holds points of the plane, which have no pixels; leave it out",
                option.key(),
                absolute()));
      }
    }
  }

  @Override
  public ToyPlace find(RunConfig config) {
    return this;
  }

  /** Other points of the same distribution. */
  @Override
  public Optional<FoundExamples> findHeldOut(RunConfig config, boolean named) {
    return Optional.of(new ToyPlace(toy.withSplit(Split.TEST)));
  }

  @Override
  public Optional<ToyData> points() {
    return Optional.of(toy);
  }

  @Override
  public ExampleForm form() {
    return toy.form();
  }

  @Override
  public Examples open(Consumer<String> notices) {
    return new Examples(
        String.format(Locale.ROOT, "%,d points of %s", toy.size(), toy.distribution().id()),
        toy.size(),
        toy.form(),
        toy.fingerprint(),
        range -> toy);
  }
}
