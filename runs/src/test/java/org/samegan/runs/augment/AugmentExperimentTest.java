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
import java.util.function.IntFunction;
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
  private static final List<Arm> PAIR = List.of(Arm.REAL_LONGER, Arm.REAL_SYNTHETIC);
  private static final List<Arm> FOUR =
      List.of(Arm.REAL, Arm.REAL_LONGER, Arm.REAL_SYNTHETIC, Arm.SYNTHETIC);

  @TempDir private static Path directory;
  private static Backend backend;
  private static Path data;
  private static AugmentReport ofPerfect;

  /** With images that nobody has seen: a perfect generator. */
  @BeforeAll
  static void runWithAPerfectGenerator() throws IOException {
    System.setProperty("samegan.cache", directory.resolve("cache").toString());
    data = ToyImages.in(directory.resolve("data"), 180, TEST);
    RunConfig config = RunConfig.DEFAULTS.with(RunOptions.THREADS, 1L);
    backend = ComputeDevice.select(config, notice -> {}).start().backend();
    ofPerfect = run("perfect", settings(3, FOUR), perfect());
  }

  private static AugmentSettings settings(int subsets, List<Arm> arms) {
    return settings(8, subsets, 20, List.of(0.0), arms);
  }

  private static AugmentSettings settings(
      int perClass, int subsets, int steps, List<Double> taus, List<Arm> arms) {
    RunConfig config =
        RunConfig.DEFAULTS
            .with(RunOptions.DATA, data.toString())
            .with(RunOptions.STEPS, 1L)
            .with(RunOptions.THREADS, 1L);
    return new AugmentSettings(
        config, null, null, perClass, subsets, steps, 60, taus, List.of(0.5), arms, false);
  }

  private static AugmentReport run(
      String name, AugmentSettings settings, GeneratorTraining training) throws IOException {
    return AugmentExperiment.run(
            settings,
            directory.resolve(name),
            backend,
            resolved -> training,
            new AugmentListener() {},
            () -> false)
        .orElseThrow();
  }

  private static GeneratorTraining perfect() {
    return making(i -> ToyImages.image(i % ToyImages.CLASSES, "fresh", i));
  }

  private static GeneratorTraining making(IntFunction<byte[]> image) {
    return (subset, images, place, pace) -> new FakeMaker(image);
  }

  private static AugmentReport.Difference difference(AugmentReport report, Arm first) {
    return report.differences().stream()
        .filter(difference -> difference.first() == first)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void imagesOfOtherClassesHurt() throws IOException {
    List<Arm> arms = List.of(Arm.REAL_CLASSICAL, Arm.REAL_CLASSICAL_SYNTHETIC);
    AugmentReport report =
        run(
            "permuted",
            settings(3, arms),
            making(i -> ToyImages.image((i + 1) % ToyImages.CLASSES, "fresh", i)));

    assertThat(report.verdict()).isEqualTo("hurts");
    AugmentReport.Difference decisive = difference(report, Arm.REAL_CLASSICAL_SYNTHETIC);
    assertThat(decisive.verdict()).isEqualTo("hurts");
    assertThat(decisive.accuracy().high()).isLessThan(0);
    assertThat(decisive.onlySecond()).isGreaterThan(decisive.onlyFirst());
  }

  @Test
  void copiesOfTheRealImagesAreNoHarm() throws IOException {
    GeneratorTraining copying =
        (subset, images, place, pace) ->
            new FakeMaker(i -> PixelBytes.of(images, copied(images, i)));
    AugmentReport report = run("copies", settings(3, PAIR), copying);

    assertThat(report.verdict()).isNotEqualTo("hurts");
    for (int subset = 0; subset < 3; subset++) {
      assertThat(report.subsets().get(subset).arms().get(0))
          .as("an arm knows nothing of the others, nor of images that it doesn't take")
          .isEqualTo(ofPerfect.subsets().get(subset).arms().get(1));
    }
  }

  private static int copied(Dataset images, int i) {
    int[] own =
        IntStream.range(0, images.size())
            .filter(place -> images.label(place) == i % ToyImages.CLASSES)
            .toArray();
    return own[i / ToyImages.CLASSES % own.length];
  }

  @Test
  void whatAPerfectGeneratorMakesHelps() {
    assertThat(ofPerfect.verdict()).isEqualTo("helps");
    assertThat(difference(ofPerfect, Arm.REAL_SYNTHETIC).accuracy().low()).isGreaterThan(0);
  }

  @Test
  void theReportIsMadeOfWhatEachSubsetCameTo() {
    assertThat(ofPerfect.subsets()).hasSize(3);
    Set<List<Integer>> drawn = new HashSet<>();
    for (AugmentReport.SubsetSummary subset : ofPerfect.subsets()) {
      assertThat(subset.images()).containsExactly(8, 8, 8);
      assertThat(subset.indices()).hasSize(24).isSorted().doesNotHaveDuplicates();
      drawn.add(subset.indices());
      assertThat(subset.taken()).isEqualTo(180);
      assertThat(subset.arms()).hasSize(4);
      for (AugmentReport.ArmOfSubset arm : subset.arms()) {
        double mean = arm.recall().stream().mapToDouble(value -> value).sum() / 3;
        assertThat(arm.accuracy()).as("of balanced classes").isCloseTo(mean, within(1e-12));
      }
    }
    assertThat(drawn).hasSize(3);
    AugmentReport.ArmSummary real = ofPerfect.arms().get(0);
    assertThat(real.steps()).isEqualTo(20);
    assertThat(ofPerfect.arms().get(1).steps()).isEqualTo(40);
    double mean =
        ofPerfect.subsets().stream().mapToDouble(subset -> subset.arms().get(0).accuracy()).sum()
            / 3;
    assertThat(real.accuracy().mean()).isCloseTo(mean, within(1e-12));
    assertThat(real.accuracy().low()).isLessThan(mean);
    AugmentReport.Difference against = difference(ofPerfect, Arm.SYNTHETIC);
    assertThat(against.accuracy().mean())
        .isCloseTo(ofPerfect.arms().get(3).accuracy().mean() - mean, within(1e-12));
    assertThat((against.onlyFirst() - against.onlySecond()) / (3.0 * TEST))
        .as("both count the same images")
        .isCloseTo(against.accuracy().mean(), within(1e-12));
  }

  /** Half of what is made is of another class; the filter knows, and is chosen. */
  @Test
  void theFilterIsChosenWhereItPays() throws IOException {
    AugmentReport report =
        run(
            "filtered",
            settings(40, 1, 60, List.of(0.0, 0.6), PAIR),
            making(i -> ToyImages.image((i + i / 3 % 2) % ToyImages.CLASSES, "mixed", i)));

    AugmentReport.SubsetSummary subset = report.subsets().get(0);
    assertThat(subset.mixtures()).hasSize(2);
    assertThat(subset.tau()).isEqualTo(0.6);
    assertThat(subset.mixtures().get(1).loss()).isLessThan(subset.mixtures().get(0).loss());
    assertThat(subset.looked()).isGreaterThan(subset.taken());
    assertThat(report.arms().get(0).accuracy().low()).as("one subset has no interval").isNull();
  }

  @Test
  void aThresholdThatNothingPassesIsASentence() {
    AugmentSettings settings = settings(8, 1, 2, List.of(0.999), PAIR);
    assertThatThrownBy(() -> run("blank", settings, making(i -> new byte[64])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at tau 0.999 the filter leaves the class '")
        .hasMessageContaining("give a lower option tau");
  }

  /** Stopped again and again, and cut off between two files. */
  @Test
  void whatWasStoppedEndsInTheSameFiles() throws IOException {
    AugmentSettings settings = settings(2, PAIR);
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
                  () -> asked[0]++ > 50)
              .isPresent();
    }
    assertThat(starts).isGreaterThan(3);
    assertSame(stopped, directory.resolve("whole"));

    Files.delete(stopped.resolve(AugmentReport.FILE));
    Files.delete(stopped.resolve("subset-02").resolve(Arm.REAL_SYNTHETIC.fileName()));
    run("stopped", settings, perfect());
    assertSame(stopped, directory.resolve("whole"));

    AugmentSettings others = settings(8, 2, 20, List.of(0.5), PAIR);
    assertThatThrownBy(() -> run("stopped", others, perfect()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "holds an experiment with other settings: tau was [0.0] and is [0.5]");
  }

  private static void assertSame(Path found, Path expected) throws IOException {
    for (String file :
        List.of(AugmentReport.FILE, ReportPage.FILE, "synthetic/" + SyntheticFolder.METADATA)) {
      assertThat(found.resolve(file)).hasSameBinaryContentAs(expected.resolve(file));
    }
  }

  @Test
  void whatIsNoExperimentIsLeftAlone() throws IOException {
    Path foreign = Files.createDirectories(directory.resolve("foreign"));
    Files.writeString(foreign.resolve("thesis.txt"), "mine");

    assertThatThrownBy(() -> run("foreign", settings(1, PAIR), perfect()))
        .isInstanceOf(IOException.class);
    assertThat(foreign).isDirectoryContaining("glob:**thesis.txt");
  }
}
