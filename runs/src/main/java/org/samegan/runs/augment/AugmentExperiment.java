package org.samegan.runs.augment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.samegan.core.backend.Backend;
import org.samegan.core.classifier.Classifier;
import org.samegan.core.data.Dataset;
import org.samegan.core.data.ExampleForm;
import org.samegan.io.checkpoint.CheckpointDirectory;
import org.samegan.io.file.WholeFile;
import org.samegan.io.json.Json;
import org.samegan.io.run.RunLock;
import org.samegan.io.run.RunOptions;
import org.samegan.models.ConvClassifier;
import org.samegan.runs.PreparedRun;

/**
 * Makes labelled synthetic images, and finds out whether they help: on each of several subsets of
 * some labelled images a generator is trained, what it makes is filtered, and classifiers of the
 * same initial weights are trained on real images, with and without classical augmentation, with
 * and without synthetic images, and tested by real images that nothing else has looked at.
 *
 * <pre>{@code
 * AugmentSettings settings = AugmentSettings.of(RunConfig.DEFAULTS.with(RunOptions.DATA, "digits"));
 * Optional<AugmentReport> report =
 *     AugmentExperiment.run(
 *         settings, Path.of("augmented"), Backend.nd4j(), new AugmentListener() {}, () -> false);
 * }</pre>
 *
 * <p>It is a function of settings and data, to the byte. Started again with the same settings in
 * the same directory it goes on where it was ended, in whatever way.
 */
public final class AugmentExperiment {
  private final AugmentSettings settings;
  private final AugmentData data;
  private final Path directory;
  private final Backend backend;
  private final GeneratorTraining training;
  private final Pace pace;
  private final UnitFiles files;

  private AugmentExperiment(
      AugmentSettings settings,
      AugmentData data,
      Path directory,
      Backend backend,
      GeneratorTraining training,
      Pace pace)
      throws IOException {
    this.settings = settings;
    this.data = data;
    this.directory = directory;
    this.backend = backend;
    this.training = training;
    this.pace = pace;
    Map<String, Object> all = new LinkedHashMap<>(settings.toMap());
    all.put("data-fingerprint", data.fingerprint());
    all.put("test-fingerprint", data.testFingerprint());
    all.put(
        "unlabelled-fingerprint", data.unlabelled().map(more -> more.fingerprint()).orElse(null));
    files = UnitFiles.in(directory, all);
  }

  /**
   * Runs an experiment, or goes on with it.
   *
   * @param directory its place: new, empty, or of the same experiment
   * @param backend what computes classifiers and images; it stays the caller's
   * @param stop asked before every step
   * @return empty if it was asked to stop
   * @throws IllegalArgumentException if settings and data don't fit, before anything is trained
   * @throws IOException if something can't be read or written
   */
  public static Optional<AugmentReport> run(
      AugmentSettings settings,
      Path directory,
      Backend backend,
      AugmentListener listener,
      BooleanSupplier stop)
      throws IOException {
    PreparedRun.requireSound(settings.run());
    return run(
        settings,
        directory,
        backend,
        resolved -> new GeneratorRuns(resolved, backend),
        listener,
        stop);
  }

  /** Gives what trains generators, once the data has decided all settings. */
  @FunctionalInterface
  interface Trainings {
    /** Gives it. */
    GeneratorTraining of(AugmentSettings settings);
  }

  /** The same with another way to come to images. */
  static Optional<AugmentReport> run(
      AugmentSettings asked,
      Path directory,
      Backend backend,
      Trainings trainings,
      AugmentListener listener,
      BooleanSupplier stop)
      throws IOException {
    requireOwn(directory);
    AugmentData data = AugmentData.open(asked, listener::noticed);
    LabelledSubset first = LabelledSubset.draw(data, asked.perClass(), 1, asked.seed());
    ExampleForm form = data.labelled().form();
    AugmentSettings settings = asked.over(form, first.places().size());
    Files.createDirectories(directory);
    AugmentExperiment experiment =
        new AugmentExperiment(
            settings, data, directory, backend, trainings.of(settings), new Pace(listener, stop));
    try (RunLock lock = RunLock.acquire(directory, listener::noticed)) {
      CheckpointDirectory.sweep(lock.run());
      return experiment.all();
    } catch (Stopped e) {
      return Optional.empty();
    }
  }

  /** What is no experiment's directory is left alone. */
  private static void requireOwn(Path directory) throws IOException {
    if (!Files.exists(directory.resolve(UnitFiles.SETTINGS))) {
      PreparedRun.requireRoom(directory);
    }
  }

  private Optional<AugmentReport> all() throws IOException {
    Classifier classifier = ConvClassifier.ofFew(data.labelled().form());
    ClassifierRun run = new ClassifierRun(classifier, backend, pace);
    List<SubsetExperiment> experiments = new ArrayList<>();
    for (int number = 1; number <= settings.subsets(); number++) {
      LabelledSubset subset =
          LabelledSubset.draw(data, settings.perClass(), number, settings.seed());
      Dataset real = subset.of(data.labelled());
      experiments.add(new SubsetExperiment(settings, subset, real, data.test(), run, files));
    }
    long steps = settings.run().get(RunOptions.STEPS);
    experiments.forEach(experiment -> experiment.plan(pace, steps));
    List<SubsetExperiment.Outcome> outcomes = new ArrayList<>();
    for (SubsetExperiment experiment : experiments) {
      outcomes.add(experiment.run(training, directory.resolve(experiment.subset().name())));
    }
    return Optional.of(report(experiments.get(0), outcomes));
  }

  /** The written set is the one that the first subset's arms were trained on. */
  private AugmentReport report(SubsetExperiment first, List<SubsetExperiment.Outcome> outcomes)
      throws IOException {
    SubsetExperiment.Outcome outcome = outcomes.get(0);
    SyntheticImages synthetic = first.synthetic(outcome.makers(), outcome.choice());
    Path folder = directory.resolve(SyntheticFolder.NAME);
    if (!Files.exists(folder)) {
      SyntheticFolder.write(folder, synthetic, settings.seed());
    }
    AugmentReport report =
        AugmentReport.of(
            settings,
            data,
            outcomes,
            ClassifierRun.labels(data.test()),
            new AugmentReport.Synthetic(
                SyntheticFolder.NAME, outcome.chosen(), settings.seed(), synthetic.byClass()));
    WholeFile.write(directory.resolve(AugmentReport.FILE), Json.write(report));
    WholeFile.write(
        directory.resolve(ReportPage.FILE),
        new ReportPage(report, new ExampleSheets(first.real(), synthetic))
            .html()
            .getBytes(StandardCharsets.UTF_8));
    return report;
  }
}
