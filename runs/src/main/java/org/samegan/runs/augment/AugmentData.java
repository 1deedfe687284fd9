package org.samegan.runs.augment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.samegan.core.data.Dataset;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.data.PixelRange;
import org.samegan.core.data.Subset;
import org.samegan.core.random.RandomStream;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunOptions;
import org.samegan.models.ConvClassifier;
import org.samegan.runs.data.DataPlace;
import org.samegan.runs.data.Examples;
import org.samegan.runs.data.FoundExamples;

/**
 * The images of an experiment, found to fit: none that tests is known to anything that learns.
 *
 * @param labelled all labelled images in [0, 1]
 * @param fingerprint of all labelled images, as a run's record has it
 * @param usable which of them may be learnt from, all but those that are held out to test
 * @param test test images in [0, 1]
 * @param testFingerprint of the test images
 * @param unlabelled further images, if there are any
 */
record AugmentData(
    Dataset labelled,
    String fingerprint,
    List<Integer> usable,
    Dataset test,
    String testFingerprint,
    Optional<Examples> unlabelled) {
  /** The share of each class that the option test split holds out. */
  private static final double HELD_OUT = 0.2;

  /**
   * Finds and checks the images, which is quick beside any training.
   *
   * @param notices is told what users should know
   * @throws IllegalArgumentException if they don't fit, in a sentence
   * @throws IOException if something can't be read
   */
  static AugmentData open(AugmentSettings settings, Consumer<String> notices) throws IOException {
    RunConfig config = settings.run();
    DataPlace place = DataPlace.of(config.get(RunOptions.DATA));
    place.requireFitting(config);
    FoundExamples found = place.find(config);
    ExampleForm form = found.form();
    ConvClassifier.ofFew(form);
    Optional<FoundExamples> others = test(settings, place);
    others.ifPresent(test -> FormChecks.requireTest(form, test.form()));
    Optional<FoundExamples> pool = Optional.empty();
    if (settings.unlabelled() != null) {
      FoundExamples more = DataPlace.of(settings.unlabelled()).find(config);
      FormChecks.requireUnlabelled(form, more.form(), settings.unlabelled());
      pool = Optional.of(more);
    }
    Examples examples = found.open(notices);
    Dataset labelled = examples.inRange().apply(PixelRange.UNIT);
    Optional<Examples> unlabelled = Optional.empty();
    if (pool.isPresent()) {
      unlabelled = Optional.of(pool.get().open(notices));
    }
    if (others.isEmpty()) {
      return split(labelled, examples, unlabelled, settings, notices);
    }
    Examples testing = others.get().open(notices);
    Dataset test = testing.inRange().apply(PixelRange.UNIT);
    requireTestOfEachClass(test, labelled);
    AugmentData data =
        new AugmentData(
            labelled,
            examples.fingerprint(),
            IntStream.range(0, labelled.size()).boxed().toList(),
            test,
            testing.fingerprint(),
            unlabelled);
    return data.checked(settings);
  }

  /** Keeps a list of its own. */
  AugmentData {
    usable = List.copyOf(usable);
  }

  /** Empty where a part of the labelled images is to be held out. */
  private static Optional<FoundExamples> test(AugmentSettings settings, DataPlace place)
      throws IOException {
    String test = settings.test();
    if (AugmentSettings.SPLIT.equals(test)) {
      return Optional.empty();
    }
    Optional<FoundExamples> found =
        test == null
            ? place.findHeldOut(settings.run(), false)
            : DataPlace.of(test).findHeldOut(settings.run(), true);
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "there are no test images: none belong to %s; name some with the option test, or hold"
                  + " out a fifth of the labelled ones with the option test %s",
              place.absolute(),
              AugmentSettings.SPLIT));
    }
    return found;
  }

  private static void requireTestOfEachClass(Dataset test, Dataset labelled) {
    int[] counts = counts(test, IntStream.range(0, test.size()).boxed().toList());
    List<String> names = labelled.classes().allNames();
    FormChecks.requireSameClasses(
        names,
        IntStream.range(0, counts.length).filter(i -> counts[i] > 0).mapToObj(names::get).toList());
  }

  /** A part of each class tests, and what equals an image of it is learnt by nobody. */
  private static AugmentData split(
      Dataset labelled,
      Examples examples,
      Optional<Examples> unlabelled,
      AugmentSettings settings,
      Consumer<String> notices) {
    List<Integer> all = IntStream.range(0, labelled.size()).boxed().toList();
    int[] counts = counts(labelled, all);
    requireAtLeast(counts, 3, labelled, "to hold one out and choose by the others");
    int[] held = new int[counts.length];
    List<Integer> testing = new ArrayList<>();
    List<Integer> rest = new ArrayList<>();
    for (int i : RandomStream.of(settings.seed(), "augment/test", 0).permutation(labelled.size())) {
      int label = labelled.label(i);
      boolean tests = held[label] < Math.max(1, Math.round(HELD_OUT * counts[label]));
      held[label] += tests ? 1 : 0;
      (tests ? testing : rest).add(i);
    }
    testing.sort(null);
    rest.sort(null);
    Dataset test = new Subset(labelled, testing.stream().mapToInt(i -> i).toArray());
    PixelBytes known = new PixelBytes(test);
    int before = rest.size();
    rest.removeIf(i -> known.find(labelled, i).isPresent());
    if (rest.size() < before) {
      notices.accept(
          String.format(
              Locale.ROOT,
              "%,d images are left out, as they equal one that is held out to test by",
              before - rest.size()));
    }
    AugmentData data =
        new AugmentData(
            labelled, examples.fingerprint(), rest, test, PixelBytes.fingerprint(test), unlabelled);
    return data.checked(settings);
  }

  private AugmentData checked(AugmentSettings settings) {
    int[] counts = counts(labelled, usable);
    requireAtLeast(counts, 2, labelled, "to choose by cross-validation");
    if (settings.perClass() != null) {
      requireAtLeast(
          counts, settings.perClass(), labelled, "for the option per-class; ask for fewer");
    }
    if (settings.balance() && Arrays.stream(counts).distinct().count() == 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the option balance: every class has %,d images already; leave it out",
              counts[0]));
    }
    PixelBytes known = new PixelBytes(test);
    requireUnknown(known, labelled, usable, "labelled images");
    if (unlabelled.isPresent()) {
      Dataset more = unlabelled.get().inRange().apply(PixelRange.UNIT);
      requireUnknown(
          known, more, IntStream.range(0, more.size()).boxed().toList(), "images without labels");
    }
    return this;
  }

  private static void requireAtLeast(int[] counts, int least, Dataset images, String reason) {
    for (int label = 0; label < counts.length; label++) {
      if (counts[label] < least) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "the class '%s' has %d images to learn from, but at least %d are needed %s; add"
                    + " images or leave the class out",
                images.classes().name(label),
                counts[label],
                least,
                reason));
      }
    }
  }

  private static void requireUnknown(
      PixelBytes test, Dataset images, List<Integer> places, String what) {
    int found = 0;
    String first = "";
    for (int i : places) {
      OptionalInt same = test.find(images, i);
      if (same.isPresent() && found++ == 0) {
        first = String.format(Locale.ROOT, "number %d is test image %d", i, same.getAsInt());
      }
    }
    if (found > 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%,d of the %,d %s are test images too (%s, counted from 0): what has been learnt by"
                  + " heart would be taken for knowledge; remove them from either",
              found,
              places.size(),
              what,
              first));
    }
  }

  /** How many images of each class there are among some. */
  static int[] counts(Dataset images, List<Integer> places) {
    int[] counts = new int[images.classes().count()];
    for (int i : places) {
      counts[images.label(i)]++;
    }
    return counts;
  }

  /** How many images of each class there are, by label. */
  static List<Integer> byClass(Dataset images) {
    List<Integer> all = IntStream.range(0, images.size()).boxed().toList();
    return Arrays.stream(counts(images, all)).boxed().toList();
  }
}
