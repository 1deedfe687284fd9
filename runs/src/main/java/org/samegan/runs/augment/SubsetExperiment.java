package org.samegan.runs.augment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.samegan.core.classifier.TrainedClassifier;
import org.samegan.core.data.Dataset;
import org.samegan.core.random.RandomStream;
import org.samegan.evaluation.classes.Assessment;
import org.samegan.evaluation.classes.ClassProbabilities;

/**
 * One repetition: a generator is trained on a subset, all that is open is chosen by it, and every
 * arm's classifier starts from the same initial weights.
 *
 * @param settings the experiment's, with what the data decides
 * @param subset which labelled images
 * @param real the same in [0, 1]
 * @param test test images in [0, 1]; they are looked at by finished classifiers alone
 * @param run how classifiers are trained
 * @param files where results go
 */
record SubsetExperiment(
    AugmentSettings settings,
    LabelledSubset subset,
    Dataset real,
    Dataset test,
    ClassifierRun run,
    UnitFiles files) {
  private static final String CHOICE = "choice.json";

  /** So many times the steps of {@link Arm#REAL} have the other arms. */
  private static final int LONGER = 2;

  /**
   * What a subset has come to.
   *
   * @param counts its images of each class, by label
   * @param makers of which one was chosen
   */
  record Outcome(
      LabelledSubset subset,
      List<Integer> counts,
      ImageMakers makers,
      Choice choice,
      Map<Arm, ArmResult> arms) {
    /** Where the chosen generator is. */
    String chosen() {
      return makers.place(choice.checkpoint());
    }
  }

  /** Steps of an arm's classifier. */
  long steps(Arm arm) {
    return (arm == Arm.REAL ? 1L : LONGER) * settings.classifierSteps();
  }

  /** Tells the pace what is to be done, and what is done already. */
  void plan(Pace pace, long generatorSteps) {
    pace.plan(Pace.Work.GENERATOR, generatorSteps);
    long choosing = Choosing.steps(settings, Choosing.folds(real));
    pace.plan(Pace.Work.CLASSIFIER, choosing);
    if (files.has(name(CHOICE))) {
      pace.skip(Pace.Work.CLASSIFIER, choosing);
    }
    for (Arm arm : settings.arms()) {
      pace.plan(Pace.Work.CLASSIFIER, steps(arm));
      if (files.has(name(arm.fileName()))) {
        pace.skip(Pace.Work.CLASSIFIER, steps(arm));
      }
    }
  }

  private String name(String file) {
    return subset.name() + "/" + file;
  }

  /**
   * Computes what hasn't been computed yet.
   *
   * @param directory the subset's
   * @throws Stopped if the experiment is to stop
   */
  Outcome run(GeneratorTraining training, Path directory) throws IOException {
    Files.createDirectories(directory);
    long seed = RandomStream.of(settings.seed(), "augment/classifier", subset.number()).nextLong();
    ImageMakers makers = training.train(subset, real, directory, run.pace());
    String part =
        String.format(Locale.ROOT, "subset %d of %d, ", subset.number(), settings.subsets());
    Choice choice =
        files.result(
            name(CHOICE),
            Choice.class,
            () -> new Choosing(run, settings, real, seed, part).choose(makers));
    Map<Arm, ArmResult> results = new EnumMap<>(Arm.class);
    SyntheticImages synthetic = null;
    for (Arm arm : settings.arms()) {
      if (synthetic == null && arm.takesSynthetic() && !files.has(name(arm.fileName()))) {
        synthetic = synthetic(makers, choice);
      }
      SyntheticImages images = synthetic;
      results.put(
          arm,
          files.result(
              name(arm.fileName()),
              ArmResult.class,
              () -> result(arm, choice, images, part + "arm " + arm.id(), seed)));
    }
    return new Outcome(subset, AugmentData.byClass(real), makers, choice, results);
  }

  /** The synthetic images that the filter took. */
  SyntheticImages synthetic(ImageMakers makers, Choice choice) throws IOException {
    try (ImageMaker maker = makers.open(choice.checkpoint())) {
      return SyntheticImages.of(
          maker, choice.taken(), real.classes(), Choosing.wanted(settings, real));
    }
  }

  private ArmResult result(
      Arm arm, Choice choice, SyntheticImages synthetic, String part, long seed) {
    Dataset images =
        !arm.takesSynthetic()
            ? real
            : arm.takesReal()
                ? Mixture.of(real, synthetic, choice.share(), ClassifierRun.BATCH)
                : synthetic;
    int distinct =
        (arm.takesReal() ? real.size() : 0)
            + (arm.takesSynthetic() ? synthetic.images().size() : 0);
    try (TrainedClassifier trained = run.train(part, images, arm.isAugmented(), steps(arm), seed)) {
      ClassProbabilities said = ClassifierRun.opinions(trained, test).probabilities();
      Assessment assessment = Assessment.of(said, ClassifierRun.labels(test));
      List<Integer> answers = new ArrayList<>();
      Arrays.stream(said.labels()).forEach(answers::add);
      return new ArmResult(
          arm, steps(arm), distinct, assessment.accuracy(), assessment.classes(), answers);
    }
  }
}
