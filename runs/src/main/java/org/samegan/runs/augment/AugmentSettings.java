package org.samegan.runs.augment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.schedule.Schedule;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunOption;
import org.samegan.io.run.RunOptions;
import org.samegan.runs.data.DataPlace;

/**
 * What an experiment is asked. What is null is decided by the data, see {@link #over}.
 *
 * @param run what the generators' runs are asked: data, variant, its settings, image size,
 *     channels, steps, batch, average, seed and device
 * @param unlabelled where further images are, whose labels nobody knows; null for none
 * @param test where test images are, or {@value #SPLIT} to hold out a fifth of the labelled ones;
 *     null for those that belong to the data
 * @param perClass labelled images of each class in a subset; null for all there are
 * @param subsets how many subsets are tried; 1 without perClass, as all would be the same
 * @param classifierSteps steps of the arm R; the others have twice as many
 * @param count synthetic images of each class
 * @param taus thresholds of the filter, of which one is chosen, each in [0, 1)
 * @param shares of synthetic images in a batch, of which one is chosen, each in (0, 1)
 * @param arms what is compared; null for all
 * @param balance whether every class is filled up to the largest with synthetic images, in place of
 *     count and shares
 */
public record AugmentSettings(
    RunConfig run,
    String unlabelled,
    String test,
    Integer perClass,
    int subsets,
    Integer classifierSteps,
    Integer count,
    List<Double> taus,
    List<Double> shares,
    List<Arm> arms,
    boolean balance) {
  /** What asks for a part of the labelled images to test by. */
  public static final String SPLIT = "split";

  /** Thresholds of the filter, unless said otherwise. */
  public static final List<Double> TAUS = List.of(0.0, 0.9);

  /** Shares of synthetic images, unless said otherwise. */
  public static final List<Double> SHARES = List.of(0.25, 0.5);

  /** The variant, unless said otherwise. */
  public static final String VARIANT = "cgan";

  /** The variant where there are images without labels, unless said otherwise. */
  public static final String VARIANT_OF_UNLABELLED = "ssinfogan";

  /** Steps of the generator, unless said otherwise. */
  public static final long STEPS = 2000;

  /** The decay of the generators' average, unless said otherwise. */
  public static final double EMA = 0.999;

  /** Settings that short runs of {@value #VARIANT} are best with, unless said otherwise. */
  public static final Map<String, Object> SETTINGS =
      Map.of("generator.learning-rate", "1e-3", "discriminator.learning-rate", "5e-4");

  /** How generators' discriminators are kept from learning their images by heart. */
  public static final String AUGMENT = "auto";

  /** What the generators' runs declare and an experiment can be asked too. */
  public static final List<RunOption<?>> RUN_OPTIONS =
      List.of(
          RunOptions.DATA,
          RunOptions.VARIANT,
          RunOptions.IMAGE_SIZE,
          RunOptions.CHANNELS,
          RunOptions.SKIP_BAD,
          RunOptions.STEPS,
          RunOptions.BATCH,
          RunOptions.EMA,
          RunOptions.AUGMENT,
          RunOptions.SEED);

  private static final int FEWEST_STEPS = 500;
  private static final int MOST_COUNT = 1000;
  private static final int FEWEST_COUNT = 50;
  private static final long MEMORY = 128L << 20;
  private static final int EPOCHS = 2;

  /** Checks what can be checked without the data, and fills in what doesn't depend on it. */
  public AugmentSettings {
    if (run.get(RunOptions.DATA) == null) {
      throw new IllegalArgumentException("the option data is missing: name labelled images");
    }
    if (run.get(RunOptions.VARIANT) == null) {
      run = run.with(RunOptions.VARIANT, unlabelled == null ? VARIANT : VARIANT_OF_UNLABELLED);
    }
    if (unlabelled != null && !run.get(RunOptions.VARIANT).equals(VARIANT_OF_UNLABELLED)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the option unlabelled: %s learns from labelled images alone; choose the option variant"
                  + " %s, or leave it out",
              run.get(RunOptions.VARIANT),
              VARIANT_OF_UNLABELLED));
    }
    if (run.get(RunOptions.STEPS) == null) {
      run = run.with(RunOptions.STEPS, STEPS);
    }
    if (run.get(RunOptions.AUGMENT) == null) {
      run = run.with(RunOptions.AUGMENT, AUGMENT);
    }
    if (run.get(RunOptions.EMA) == null) {
      run = run.with(RunOptions.EMA, Schedule.constant(EMA));
    }
    if (run.get(RunOptions.VARIANT).equals(VARIANT)) {
      Map<String, Object> settings = new LinkedHashMap<>(SETTINGS);
      settings.putAll(run.settings());
      run = run.withSettings(settings);
    }
    require(perClass == null || perClass >= 2, "per-class", "at least 2", perClass);
    require(subsets >= 1, "subsets", "at least 1", subsets);
    require(
        classifierSteps == null || classifierSteps >= 1,
        "classifier-steps",
        "at least 1",
        classifierSteps);
    require(count == null || count >= 1, "count", "at least 1", count);
    if (perClass == null && subsets > 1) {
      throw new IllegalArgumentException(
          "the option subsets: subsets are drawn with the option per-class; without it there is one,"
              + " of all images");
    }
    taus = taus == null ? TAUS : List.copyOf(taus);
    for (double tau : taus) {
      require(tau >= 0 && tau < 1, "tau", "in [0, 1): no probability is more than 1", tau);
    }
    if (balance && (perClass != null || shares != null || count != null)) {
      throw new IllegalArgumentException(
          "the option balance decides by the data how many synthetic images each class gets; leave"
              + " out the options per-class, share and count");
    }
    shares = shares == null ? SHARES : List.copyOf(shares);
    for (double share : shares) {
      require(share > 0 && share < 1, "share", "in (0, 1)", share);
    }
    if (taus.isEmpty() || shares.isEmpty()) {
      throw new IllegalArgumentException("the options tau and share need a value each");
    }
    arms = arms(arms, balance);
  }

  private static void require(boolean fits, String option, String expected, Number found) {
    if (!fits) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "the option %s must be %s, found %s", option, expected, found));
    }
  }

  private static List<Arm> arms(List<Arm> asked, boolean balance) {
    List<Arm> all = new ArrayList<>(List.of(Arm.values()));
    if (asked != null) {
      all.retainAll(asked);
    }
    if (balance) {
      if (asked != null && asked.contains(Arm.SYNTHETIC)) {
        throw new IllegalArgumentException(
            "the option arms: with the option balance the largest class has no synthetic images, so"
                + " there is no arm G");
      }
      all.remove(Arm.SYNTHETIC);
    }
    boolean decides =
        Contrast.ALL.stream()
            .anyMatch(contrast -> contrast.decisive() && contrast.isAmong(Set.copyOf(all)));
    if (!decides) {
      throw new IllegalArgumentException(
          "the option arms: without R+A and R+A+G, or R' and R+G, there is nothing to decide by;"
              + " add one of these pairs");
    }
    return List.copyOf(all);
  }

  /** All defaults on some data. */
  public static AugmentSettings of(RunConfig run) {
    return new AugmentSettings(run, null, null, null, 1, null, null, null, null, null, false);
  }

  /** Whether the labelled images, as they are, are the one subset. */
  boolean takesAll() {
    return perClass == null && !SPLIT.equals(test);
  }

  /** The seed of all randomness. */
  long seed() {
    return run.get(RunOptions.SEED);
  }

  /**
   * With what the data decides: two passes over a subset's images, but at least {@value
   * #FEWEST_STEPS} classifier steps; {@value #MOST_COUNT} synthetic images a class, or as many as
   * fit 128 MiB; the form of the images.
   *
   * @param form of the labelled images
   * @param images of a subset
   */
  AugmentSettings over(ExampleForm form, int images) {
    int steps = Math.max(FEWEST_STEPS, EPOCHS * (images / ClassifierRun.BATCH));
    long fit = MEMORY / ((long) form.shape().elements() * form.classes().count());
    int synthetic = (int) Math.max(FEWEST_COUNT, Math.min(MOST_COUNT, fit));
    return new AugmentSettings(
        run,
        unlabelled,
        test,
        perClass,
        subsets,
        classifierSteps == null ? Integer.valueOf(steps) : classifierSteps,
        count == null && !balance ? Integer.valueOf(synthetic) : count,
        taus,
        balance ? null : shares,
        arms,
        balance);
  }

  /** As JSON has it: by the options' names, without what says where to compute. */
  Map<String, Object> toMap() {
    Map<String, Object> all = new LinkedHashMap<>();
    Map<String, Object> ofRun = run.toMap();
    for (RunOption<?> option : RUN_OPTIONS) {
      all.put(option.key(), ofRun.get(option.key()));
    }
    all.put(RunOptions.DATA.key(), absolute(run.get(RunOptions.DATA)));
    all.put("settings", run.settings());
    all.put("unlabelled", absolute(unlabelled));
    all.put("test", SPLIT.equals(test) ? test : absolute(test));
    all.put("per-class", perClass);
    all.put("subsets", subsets);
    all.put("classifier-steps", classifierSteps);
    all.put("count", count);
    all.put("tau", taus);
    all.put("share", balance ? List.of() : shares);
    all.put("arms", arms);
    all.put("balance", balance);
    return all;
  }

  private static String absolute(String place) {
    return place == null ? null : DataPlace.of(place).absolute();
  }
}
