package org.samegan.runs.augment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.samegan.core.classifier.TrainedClassifier;
import org.samegan.core.data.Classes;
import org.samegan.core.data.Dataset;
import org.samegan.core.data.Subset;
import org.samegan.core.random.RandomStream;
import org.samegan.evaluation.Features;
import org.samegan.evaluation.classes.Assessment;
import org.samegan.evaluation.distance.KernelDistance;

/**
 * Chooses what an experiment leaves open by a subset's labelled images alone: first the checkpoint
 * whose images are nearest to them, by the kernel distance of a classifier's features; then the
 * filter's threshold and the share of synthetic images by cross-validation. Classifiers of a fold,
 * the filter's too, see nothing of the images that are left out of it. The generator has seen all
 * of them: the cross-validation compares thresholds and shares with each other, and would flatter
 * synthetic images if it compared them with none. Nothing does.
 *
 * @param run how classifiers are trained
 * @param settings the experiment's, with what the data decides
 * @param real the subset's images in [0, 1]
 * @param seed of all that is drawn
 * @param part what comes before the names of parts
 */
record Choosing(ClassifierRun run, AugmentSettings settings, Dataset real, long seed, String part) {
  /** Generated images of a class that a checkpoint is measured by. */
  private static final int MEASURED = 100;

  private static final int FOLDS = 3;
  private static final int MOST_FOLD_STEPS = 500;

  /** Of the images that arms are given, cross-validation has a quarter. */
  private static final int COUNT_DIVISOR = 4;

  /** So many steps as {@link #choose} takes. */
  static long steps(AugmentSettings settings, int folds) {
    int mixtures = mixtures(settings);
    long each = settings.classifierSteps();
    return each + (mixtures < 2 ? 0 : folds * (1L + mixtures) * foldSteps(settings));
  }

  private static long foldSteps(AugmentSettings settings) {
    return Math.max(1, Math.min(MOST_FOLD_STEPS, settings.classifierSteps() / 2));
  }

  private static int mixtures(AugmentSettings settings) {
    return settings.taus().size() * (settings.balance() ? 1 : settings.shares().size());
  }

  /** How many folds there are: no class has fewer images. */
  static int folds(Dataset images) {
    int fewest = Arrays.stream(counts(images)).min().orElse(0);
    return Math.min(FOLDS, fewest);
  }

  private static int[] counts(Dataset images) {
    return AugmentData.counts(images, IntStream.range(0, images.size()).boxed().toList());
  }

  /** Images wanted of each class: as many as were asked for, or up to the largest class. */
  static int[] wanted(AugmentSettings settings, Dataset real) {
    int[] counts = counts(real);
    int most = Arrays.stream(counts).max().orElse(0);
    return settings.balance()
        ? Arrays.stream(counts).map(count -> most - count).toArray()
        : Arrays.stream(counts).map(count -> settings.count()).toArray();
  }

  /** Chooses, and takes the images that the arms are given. */
  Choice choose(ImageMakers makers) throws IOException {
    Classes classes = real.classes();
    try (TrainedClassifier judge =
        run.train(part + "filter", real, true, settings.classifierSteps(), judgeSeed(0))) {
      List<Choice.CheckpointScore> checkpoints = checkpoints(makers, judge);
      long checkpoint =
          checkpoints.stream()
              .min(Comparator.comparingDouble(Choice.CheckpointScore::distance))
              .orElseThrow()
              .step();
      try (ImageMaker maker = makers.open(checkpoint)) {
        List<Choice.MixtureScore> mixtures =
            mixtures(settings) < 2 ? List.of() : crossValidated(maker);
        Choice.MixtureScore best =
            mixtures.stream()
                .filter(score -> score.loss() != null)
                .min(Comparator.comparingDouble(Choice.MixtureScore::loss))
                .orElseGet(
                    () ->
                        new Choice.MixtureScore(settings.taus().get(0), shares().get(0), 0.0, 0.0));
        Filter filter =
            new Filter(images -> ClassifierRun.opinions(judge, images).probabilities(), best.tau());
        SyntheticImages taken = filter.take(maker, classes, wanted(settings, real));
        List<Integer> indices = taken.images().stream().map(SyntheticImages.Image::index).toList();
        return new Choice(
            checkpoint,
            best.tau(),
            best.share(),
            indices.get(indices.size() - 1) + 1L,
            indices,
            checkpoints,
            mixtures);
      }
    }
  }

  /** The shares to choose from; filling classes up leaves no choice. */
  private List<Double> shares() {
    if (!settings.balance()) {
      return settings.shares();
    }
    double filled = Arrays.stream(wanted(settings, real)).sum();
    return List.of(filled / (filled + real.size()));
  }

  private long judgeSeed(int fold) {
    return RandomStream.of(seed, "augment/filter", fold).nextLong();
  }

  private List<Choice.CheckpointScore> checkpoints(ImageMakers makers, TrainedClassifier judge)
      throws IOException {
    List<Choice.CheckpointScore> scores = new ArrayList<>();
    if (makers.steps().size() == 1) {
      scores.add(new Choice.CheckpointScore(makers.steps().get(0), 0));
      return scores;
    }
    Features features = ClassifierRun.opinions(judge, real).features();
    int[] each = new int[real.classes().count()];
    Arrays.fill(each, MEASURED);
    for (long step : makers.steps()) {
      try (ImageMaker maker = makers.open(step)) {
        SyntheticImages images = new Filter(none -> null, 0).take(maker, real.classes(), each);
        double distance =
            KernelDistance.valueBetween(features, ClassifierRun.opinions(judge, images).features());
        scores.add(new Choice.CheckpointScore(step, distance));
      }
    }
    return scores;
  }

  /** What classifiers say of images that neither they nor their filter have seen. */
  private List<Choice.MixtureScore> crossValidated(ImageMaker maker) {
    int folds = folds(real);
    int[] fold = assigned(folds);
    long steps = foldSteps(settings);
    int[] wanted =
        Arrays.stream(wanted(settings, real))
            .map(count -> settings.balance() ? count : (count + COUNT_DIVISOR - 1) / COUNT_DIVISOR)
            .toArray();
    double[][] loss = new double[settings.taus().size()][shares().size()];
    double[][] right = new double[settings.taus().size()][shares().size()];
    boolean[] empty = new boolean[settings.taus().size()];
    for (int f = 0; f < folds; f++) {
      int left = f;
      Dataset learnt = some(fold, number -> number != left);
      Dataset checked = some(fold, number -> number == left);
      String name = String.format(Locale.ROOT, "%sfold %d of %d, ", part, f + 1, folds);
      try (TrainedClassifier judge =
          run.train(name + "filter", learnt, true, steps, judgeSeed(f + 1))) {
        for (int t = 0; t < settings.taus().size(); t++) {
          double tau = settings.taus().get(t);
          SyntheticImages synthetic;
          try {
            synthetic =
                new Filter(images -> ClassifierRun.opinions(judge, images).probabilities(), tau)
                    .take(maker, real.classes(), wanted);
          } catch (Filter.EmptyClassException e) {
            run.pace().notice(e.getMessage() + "; this tau is not chosen");
            empty[t] = true;
            run.pace().skip(Pace.Work.CLASSIFIER, steps * shares().size());
            continue;
          }
          for (int s = 0; s < shares().size(); s++) {
            double share = shares().get(s);
            Dataset mixed = Mixture.of(learnt, synthetic, share, ClassifierRun.BATCH);
            String mixture = String.format(Locale.ROOT, "%stau %s, share %.2f", name, tau, share);
            try (TrainedClassifier trained = run.train(mixture, mixed, true, steps, seed)) {
              Assessment assessment =
                  Assessment.of(
                      ClassifierRun.opinions(trained, checked).probabilities(),
                      ClassifierRun.labels(checked));
              loss[t][s] += assessment.loss() * checked.size() / real.size();
              right[t][s] += assessment.accuracy() * checked.size() / real.size();
            }
          }
        }
      }
    }
    return scores(loss, right, empty);
  }

  private List<Choice.MixtureScore> scores(double[][] loss, double[][] right, boolean[] empty) {
    List<Choice.MixtureScore> scores = new ArrayList<>();
    for (int t = 0; t < loss.length; t++) {
      for (int s = 0; s < loss[t].length; s++) {
        scores.add(
            new Choice.MixtureScore(
                settings.taus().get(t),
                shares().get(s),
                empty[t] ? null : Double.valueOf(loss[t][s]),
                empty[t] ? null : Double.valueOf(right[t][s])));
      }
    }
    return scores;
  }

  /** Which fold each image is left out of: the images of a class are dealt in turn. */
  private int[] assigned(int folds) {
    int[] fold = new int[real.size()];
    int[] dealt = new int[real.classes().count()];
    for (int i : RandomStream.of(seed, "augment/folds", 0).permutation(real.size())) {
      fold[i] = dealt[real.label(i)]++ % folds;
    }
    return fold;
  }

  private Dataset some(int[] fold, IntPredicate chosen) {
    return new Subset(
        real, IntStream.range(0, fold.length).filter(i -> chosen.test(fold[i])).toArray());
  }
}
