package org.samegan.runs.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.samegan.core.backend.Backend;
import org.samegan.core.data.Dataset;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunOptions;
import org.samegan.runs.device.ComputeDevice;

/** The experiment's answers, with image makers of which the right answer is known. */
class AugmentExperimentTest {
  private static final int TEST = 240;

  @TempDir private static Path directory;
  private static Backend backend;
  private static Path data;

  @BeforeAll
  static void makeData() throws IOException {
    System.setProperty("samegan.cache", directory.resolve("cache").toString());
    data = ToyImages.in(directory.resolve("data"), 180, TEST);
    RunConfig config = RunConfig.DEFAULTS.with(RunOptions.THREADS, 1L);
    backend = ComputeDevice.select(config, notice -> {}).start().backend();
  }

  private static AugmentSettings settings(List<Double> taus, List<Arm> arms) {
    RunConfig config =
        RunConfig.DEFAULTS
            .with(RunOptions.DATA, data.toString())
            .with(RunOptions.STEPS, 1L)
            .with(RunOptions.THREADS, 1L);
    return new AugmentSettings(
        config, null, null, 8, 3, 20, 60, taus, List.of(0.5), arms, false);
  }

  private static AugmentReport run(String name, AugmentSettings settings, GeneratorTraining training)
      throws IOException {
    return AugmentExperiment.run(
            settings,
            directory.resolve(name),
            backend,
            resolved -> training,
            new AugmentListener() {},
            () -> false)
        .orElseThrow();
  }

  /** Real images of another class than they are asked to be. */
  private static GeneratorTraining permuted() {
    return (subset, images, place, pace) ->
        new FakeMaker(i -> ToyImages.image((i + 1) % ToyImages.CLASSES, "fresh", i));
  }

  /** The subset's own images. */
  private static GeneratorTraining copying() {
    return (subset, images, place, pace) ->
        new FakeMaker(i -> PixelBytes.of(images, copied(images, i)));
  }

  private static int copied(Dataset images, int i) {
    int[] own =
        IntStream.range(0, images.size())
            .filter(place -> images.label(place) == i % ToyImages.CLASSES)
            .toArray();
    return own[i / ToyImages.CLASSES % own.length];
  }

  /** Images that nobody has seen: a perfect generator. */
  private static GeneratorTraining perfect() {
    return (subset, images, place, pace) ->
        new FakeMaker(i -> ToyImages.image(i % ToyImages.CLASSES, "fresh", i));
  }

  private static AugmentReport.Difference difference(AugmentReport report, Arm first) {
    return report.differences().stream()
        .filter(difference -> difference.first() == first)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void imagesOfOtherClassesHurt() throws IOException {
    AugmentReport report = run("permuted", settings(List.of(0.0), null), permuted());

    assertThat(report.verdict()).isEqualTo("hurts");
    AugmentReport.Difference decisive = difference(report, Arm.REAL_CLASSICAL_SYNTHETIC);
    assertThat(decisive.verdict()).isEqualTo("hurts");
    assertThat(decisive.accuracy().high()).isLessThan(0);
    assertThat(decisive.onlySecond()).isGreaterThan(decisive.onlyFirst());
    assertThat(difference(report, Arm.SYNTHETIC).verdict()).isEqualTo("hurts");
  }

  @Test
  void copiesOfTheRealImagesAreNoHarm() throws IOException {
    AugmentReport report = run("copies", settings(List.of(0.0), null), copying());

    assertThat(report.verdict()).isNotEqualTo("hurts");
    assertThat(difference(report, Arm.REAL_SYNTHETIC).verdict()).isNotEqualTo("hurts");
  }

  @Test
  void whatAPerfectGeneratorMakesHelps() throws IOException {
    AugmentReport report = run("perfect", settings(List.of(0.0), null), perfect());

    assertThat(report.verdict()).isEqualTo("helps");
    assertThat(difference(report, Arm.REAL_CLASSICAL_SYNTHETIC).accuracy().low())
        .isGreaterThan(0);
  }

  @Test
  void theReportIsMadeOfWhatEachSubsetCameTo() throws IOException {
    AugmentReport report = run("summary", settings(List.of(0.0), null), perfect());

    assertThat(report.subsets()).hasSize(3);
    Set<List<Integer>> drawn = new HashSet<>();
    for (AugmentReport.SubsetSummary subset : report.subsets()) {
      assertThat(subset.images()).containsExactly(8, 8, 8);
      assertThat(subset.indices()).hasSize(24).isSorted().doesNotHaveDuplicates();
      drawn.add(subset.indices());
      assertThat(subset.taken()).isEqualTo(180);
      assertThat(subset.arms()).hasSize(6);
      for (AugmentReport.ArmOfSubset arm : subset.arms()) {
        double mean = arm.recall().stream().mapToDouble(value -> value).sum() / 3;
        assertThat(arm.accuracy()).as("of balanced classes").isCloseTo(mean, within(1e-12));
      }
    }
    assertThat(drawn).hasSize(3);
    AugmentReport.ArmSummary real = report.arms().get(0);
    assertThat(real.steps()).isEqualTo(20);
    assertThat(report.arms().get(1).steps()).isEqualTo(40);
    double mean =
        report.subsets().stream().mapToDouble(subset -> subset.arms().get(0).accuracy()).sum() / 3;
    assertThat(real.accuracy().mean()).isCloseTo(mean, within(1e-12));
    assertThat(real.accuracy().low()).isLessThan(mean);
    AugmentReport.Difference against = difference(report, Arm.SYNTHETIC);
    assertThat(against.accuracy().mean())
        .isCloseTo(report.arms().get(5).accuracy().mean() - mean, within(1e-12));
    assertThat((against.onlyFirst() - against.onlySecond()) / (3.0 * TEST))
        .as("both count the same images")
        .isCloseTo(against.accuracy().mean(), within(1e-12));
  }

  /** An arm is a function of its images, the seed and the subset, whatever else is compared. */
  @Test
  void armsDontKnowOfEachOther() throws IOException {
    List<Arm> few = List.of(Arm.REAL_LONGER, Arm.REAL_SYNTHETIC);
    AugmentReport some = run("few", settings(List.of(0.0), few), perfect());
    AugmentReport all = run("all", settings(List.of(0.0), null), perfect());

    assertThat(some.subsets().get(2).arms())
        .containsExactly(all.subsets().get(2).arms().get(1), all.subsets().get(2).arms().get(3));
    assertThat(some.differences()).hasSize(1);
    assertThat(some.differences().get(0))
        .isEqualTo(difference(all, Arm.REAL_SYNTHETIC));
  }

  /** Half of what is made is of another class; the filter knows, and is chosen. */
  @Test
  void theFilterIsChosenWhereItPays() throws IOException {
    GeneratorTraining mixed =
        (subset, images, place, pace) ->
            new FakeMaker(
                i -> ToyImages.image((i + i / 3 % 2) % ToyImages.CLASSES, "mixed", i));
    List<Arm> arms = List.of(Arm.REAL_CLASSICAL, Arm.REAL_CLASSICAL_SYNTHETIC);
    AugmentSettings few = settings(List.of(0.0, 0.6), arms);
    AugmentSettings more =
        new AugmentSettings(
            few.run(), null, null, 40, 2, 60, 60, few.taus(), few.shares(), arms, false);
    AugmentReport report = run("filtered", more, mixed);

    for (AugmentReport.SubsetSummary subset : report.subsets()) {
      assertThat(subset.mixtures()).hasSize(2);
      assertThat(subset.tau()).isEqualTo(0.6);
      assertThat(subset.mixtures().get(1).loss()).isLessThan(subset.mixtures().get(0).loss());
      assertThat(subset.looked()).isGreaterThan(subset.taken());
    }
  }

  @Test
  void aThresholdThatNothingPassesIsASentence() {
    GeneratorTraining blank = (subset, images, place, pace) -> new FakeMaker(i -> new byte[64]);
    assertThatThrownBy(() -> run("blank", settings(List.of(0.999), null), blank))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at tau 0.999 the filter leaves the class '")
        .hasMessageContaining("give a lower option tau");
  }

  /** Stopped again and again, and cut off between two files. */
  @Test
  void whatWasStoppedEndsInTheSameFiles() throws IOException {
    AugmentSettings settings = settings(List.of(0.0, 0.5), null);
    run("whole", settings, perfect());
    Path stopped = directory.resolve("stopped");
    int starts = 0;
    boolean done = false;
    while (!done) {
      int[] asked = {0};
      starts++;
      done =
          AugmentExperiment.run(
                  settings,
                  stopped,
                  backend,
                  resolved -> perfect(),
                  new AugmentListener() {},
                  () -> asked[0]++ > 250)
              .isPresent();
    }
    assertThat(starts).isGreaterThan(3);
    assertSame(stopped, directory.resolve("whole"));

    Files.delete(stopped.resolve(AugmentReport.FILE));
    Files.delete(stopped.resolve("subset-02").resolve(Arm.REAL_SYNTHETIC.fileName()));
    run("stopped", settings, perfect());
    assertSame(stopped, directory.resolve("whole"));
  }

  private static void assertSame(Path found, Path expected) throws IOException {
    for (String file :
        List.of(AugmentReport.FILE, ReportPage.FILE, "synthetic/" + SyntheticFolder.METADATA)) {
      assertThat(found.resolve(file)).hasSameBinaryContentAs(expected.resolve(file));
    }
  }

  @Test
  void otherSettingsInTheSamePlaceAreRefused() throws IOException {
    List<Arm> few = List.of(Arm.REAL_LONGER, Arm.REAL_SYNTHETIC);
    run("fixed", settings(List.of(0.0), few), perfect());
    assertThatThrownBy(() -> run("fixed", settings(List.of(0.5), few), perfect()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("holds an experiment with other settings: tau was [0.0] and is [0.5]");
    Path foreign = Files.createDirectories(directory.resolve("foreign"));
    Files.writeString(foreign.resolve("thesis.txt"), "mine");
    assertThatThrownBy(() -> run("foreign", settings(List.of(0.5), few), perfect()))
        .isInstanceOf(IOException.class);
  }
}
