package org.samegan.runs.augment;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.samegan.evaluation.experiment.McNemar;
import org.samegan.evaluation.experiment.MeanInterval;
import org.samegan.evaluation.experiment.PairedDifference;
import org.samegan.evaluation.experiment.Verdict;
import org.samegan.io.checkpoint.Software;
import org.samegan.io.json.NullAllowed;

/**
 * What an experiment has come to, as {@code augment.json} has it: the same for the same settings,
 * data and software, to the byte.
 *
 * @param format the version of the file's format
 * @param software that computed it
 * @param settings what was asked, with what the data decided
 * @param data the images
 * @param verdict what is to be thought of the synthetic images: {@code helps}, {@code no evidence}
 *     or {@code hurts}
 * @param arms what the classifiers came to, over all subsets
 * @param differences between arms, over all subsets
 * @param subsets what was chosen and found on each
 * @param synthetic the written set
 */
public record AugmentReport(
    int format,
    Software software,
    Map<String, Object> settings,
    Data data,
    String verdict,
    List<ArmSummary> arms,
    List<Difference> differences,
    List<SubsetSummary> subsets,
    Synthetic synthetic) {
  /** The version of the format that is written. */
  public static final int FORMAT = 1;

  /** Its name in an experiment's directory. */
  public static final String FILE = "augment.json";

  /**
   * The images.
   *
   * @param classes what they are called, by label
   * @param labelled how many labelled images may be learnt from
   * @param fingerprint of all labelled images
   * @param test how many test images there are
   * @param testFingerprint of the test images
   * @param unlabelled how many further images there are
   * @param unlabelledFingerprint of those; null if there are none
   */
  public record Data(
      List<String> classes,
      int labelled,
      String fingerprint,
      int test,
      String testFingerprint,
      int unlabelled,
      @NullAllowed String unlabelledFingerprint) {}

  /**
   * A mean over subsets, with the interval that holds its expectation with a confidence of 95 %.
   *
   * @param low null of one subset alone
   * @param high null likewise
   */
  public record Mean(double mean, @NullAllowed Double low, @NullAllowed Double high) {
    static Mean of(MeanInterval interval) {
      return new Mean(
          interval.mean(),
          interval.isBounded() ? interval.low() : null,
          interval.isBounded() ? interval.high() : null);
    }
  }

  /**
   * What an arm's classifiers came to.
   *
   * @param arm such as {@code R+A}
   * @param description in words
   * @param steps of each classifier
   * @param accuracy the share of test images that they are right about
   * @param meanRecall the mean of the classes' recall
   * @param recall of each class, the mean over subsets
   */
  public record ArmSummary(
      Arm arm,
      String description,
      long steps,
      Mean accuracy,
      Mean meanRecall,
      List<Double> recall) {}

  /**
   * How much better one arm is than another, on the same subsets.
   *
   * @param decisive whether the verdict is made of it
   * @param accuracy the difference of accuracies
   * @param meanRecall the difference of mean recall
   * @param onlyFirst test images, over all subsets, that the first arm alone is right about
   * @param onlySecond those that the second alone is right about
   * @param probability of so uneven counts by chance, McNemar's exact test
   * @param verdict by the interval, or of one subset by McNemar's test
   */
  public record Difference(
      Arm first,
      Arm second,
      String question,
      boolean decisive,
      Mean accuracy,
      Mean meanRecall,
      long onlyFirst,
      long onlySecond,
      double probability,
      String verdict) {}

  /**
   * One subset.
   *
   * @param images of each class, by label
   * @param indices which of the labelled images; null where it is all of them
   * @param checkpoint the generator's step
   * @param tau the filter's threshold
   * @param share of synthetic images in a batch
   * @param looked how many generated images were looked at
   * @param taken how many passed the filter
   * @param checkpoints what there was to choose from
   * @param mixtures what there was to choose from
   * @param arms what the classifiers came to
   */
  public record SubsetSummary(
      int number,
      List<Integer> images,
      @NullAllowed List<Integer> indices,
      String generator,
      long checkpoint,
      double tau,
      double share,
      long looked,
      int taken,
      List<Choice.CheckpointScore> checkpoints,
      List<Choice.MixtureScore> mixtures,
      List<ArmOfSubset> arms) {}

  /** What an arm came to on one subset. */
  public record ArmOfSubset(Arm arm, int images, double accuracy, List<Double> recall) {}

  /**
   * The written set of synthetic images.
   *
   * @param directory beside the report
   * @param generator that made them
   * @param seed of their latents
   * @param images of each class, by label
   */
  public record Synthetic(String directory, String generator, long seed, List<Integer> images) {}

  /** Puts results together. */
  static AugmentReport of(
      AugmentSettings settings,
      AugmentData data,
      List<SubsetExperiment.Outcome> outcomes,
      int[] labels,
      Synthetic synthetic) {
    List<Difference> differences =
        Contrast.ALL.stream()
            .filter(contrast -> contrast.isAmong(Set.copyOf(settings.arms())))
            .map(contrast -> difference(contrast, outcomes, labels))
            .toList();

    return new AugmentReport(
        FORMAT,
        Software.current(),
        settings.toMap(),
        new Data(
            data.labelled().classes().allNames(),
            data.usable().size(),
            data.fingerprint(),
            data.test().size(),
            data.testFingerprint(),
            data.unlabelled().map(more -> more.count()).orElse(0),
            data.unlabelled().map(more -> more.fingerprint()).orElse(null)),
        verdict(differences).words(),
        settings.arms().stream().map(arm -> summary(arm, outcomes)).toList(),
        differences,
        outcomes.stream().map(outcome -> summary(outcome, settings.takesAll())).toList(),
        synthetic);
  }

  /**
   * What all decisive differences show together: they hurt if any does, and help if the first does,
   * which is the one beside classical augmentation where there is that: help that classical
   * augmentation gives as well is none.
   */
  static Verdict verdict(List<Difference> differences) {
    List<String> decisive =
        differences.stream().filter(Difference::decisive).map(Difference::verdict).toList();
    if (decisive.contains(Verdict.HURTS.words())) {
      return Verdict.HURTS;
    }
    return decisive.get(0).equals(Verdict.HELPS.words()) ? Verdict.HELPS : Verdict.NO_EVIDENCE;
  }

  private static Difference difference(
      Contrast contrast, List<SubsetExperiment.Outcome> outcomes, int[] labels) {
    List<ArmResult> first = results(contrast.first(), outcomes);
    List<ArmResult> second = results(contrast.second(), outcomes);
    McNemar test = new McNemar(0, 0);
    for (int i = 0; i < first.size(); i++) {
      test = test.plus(McNemar.of(first.get(i).said(), second.get(i).said(), labels));
    }
    PairedDifference accuracy =
        PairedDifference.of(
            values(first, ArmResult::accuracy), values(second, ArmResult::accuracy), test);
    MeanInterval recall =
        MeanInterval.of(
            PairedDifference.differences(
                values(first, ArmResult::meanRecall), values(second, ArmResult::meanRecall)));
    return new Difference(
        contrast.first(),
        contrast.second(),
        contrast.question(),
        contrast.decisive(),
        Mean.of(accuracy.accuracy()),
        Mean.of(recall),
        test.onlyFirst(),
        test.onlySecond(),
        test.probability(),
        accuracy.verdict().words());
  }

  private static List<ArmResult> results(Arm arm, List<SubsetExperiment.Outcome> outcomes) {
    return outcomes.stream().map(outcome -> outcome.arms().get(arm)).toList();
  }

  private static double[] values(List<ArmResult> results, ToDoubleFunction<ArmResult> value) {
    return results.stream().mapToDouble(value).toArray();
  }

  private static ArmSummary summary(Arm arm, List<SubsetExperiment.Outcome> outcomes) {
    List<ArmResult> results = results(arm, outcomes);
    List<Double> recall = new ArrayList<>();
    for (int label = 0; label < results.get(0).recall().size(); label++) {
      int of = label;
      recall.add(MeanInterval.of(values(results, result -> result.recall().get(of))).mean());
    }
    return new ArmSummary(
        arm,
        arm.description(),
        results.get(0).steps(),
        Mean.of(MeanInterval.of(values(results, ArmResult::accuracy))),
        Mean.of(MeanInterval.of(values(results, ArmResult::meanRecall))),
        recall);
  }

  private static SubsetSummary summary(SubsetExperiment.Outcome outcome, boolean all) {
    Choice choice = outcome.choice();
    return new SubsetSummary(
        outcome.subset().number(),
        outcome.counts(),
        all ? null : outcome.subset().places(),
        outcome.chosen(),
        choice.checkpoint(),
        choice.tau(),
        choice.share(),
        choice.looked(),
        choice.taken().size(),
        choice.checkpoints(),
        choice.mixtures(),
        new EnumMap<>(outcome.arms())
            .values().stream()
                .map(
                    result ->
                        new ArmOfSubset(
                            result.arm(), result.images(), result.accuracy(), result.recall()))
                .toList());
  }
}
