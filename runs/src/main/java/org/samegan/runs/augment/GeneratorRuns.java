package org.samegan.runs.augment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.LongStream;
import org.samegan.core.backend.Backend;
import org.samegan.core.data.Dataset;
import org.samegan.core.random.RandomStream;
import org.samegan.core.training.StepReport;
import org.samegan.io.checkpoint.CheckpointDirectory;
import org.samegan.io.inference.GeneratorLoader;
import org.samegan.io.run.Run;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunOptions;
import org.samegan.runs.Continuation;
import org.samegan.runs.PreparedRun;
import org.samegan.runs.ResumableRun;
import org.samegan.runs.RunListener;
import org.samegan.runs.TrainingRun;

/**
 * Generators that are ordinary runs, on a subset's images in a folder of their own: they are
 * resumed, sampled, evaluated and inspected as any run.
 *
 * @param settings the experiment's
 * @param backend what computes their images
 */
record GeneratorRuns(AugmentSettings settings, Backend backend) implements GeneratorTraining {
  /** The run's name in a subset's directory. */
  static final String RUN = "generator";

  private static final String IMAGES = "real";

  /** A run's checkpoints are as far apart as a fifth of it, and the last three may be chosen. */
  private static final int PARTS = 5;

  private static final int CANDIDATES = 3;

  @Override
  public ImageMakers train(LabelledSubset subset, Dataset images, Path directory, Pace pace)
      throws IOException {
    Path run = directory.resolve(RUN);
    RunConfig config = config(subset, images, directory);
    long steps = config.get(RunOptions.STEPS);
    int classes = images.classes().count();
    pace.begin(
        String.format(
            Locale.ROOT, "subset %d of %d, generator", subset.number(), settings.subsets()),
        Pace.Work.GENERATOR,
        steps);
    try (ResumableRun there = thereIs(run, pace).orElse(null)) {
      if (there != null && there.isFinished()) {
        pace.resume(steps);
      } else {
        try (TrainingRun training =
            there == null ? create(run, config, classes, pace) : there.start()) {
          train(training, pace);
        }
      }
    }
    return new Checkpoints(Run.open(run), subset.name(), steps, classes, settings.seed(), backend);
  }

  private static void train(TrainingRun training, Pace pace) throws IOException {
    pace.resume(training.step());
    training.watch(
        new RunListener() {
          @Override
          public void stepped(StepReport report, TrainingRun run) {
            pace.count();
          }
        });
    training.train(pace::isStopped);
    if (!training.isFinished()) {
      throw new Stopped();
    }
  }

  private static Optional<ResumableRun> thereIs(Path run, Pace pace) throws IOException {
    return Run.isRun(run)
        ? Optional.of(ResumableRun.open(run, Continuation.UNCHANGED, pace::notice))
        : Optional.empty();
  }

  private static TrainingRun create(Path run, RunConfig config, int classes, Pace pace)
      throws IOException {
    if (Files.exists(run)) {
      // A process died while it made the run, before there was anything to go on from.
      CheckpointDirectory.remove(run);
    }
    PreparedRun prepared = PreparedRun.of(config, pace::notice);
    GeneratedImages.latents(prepared.record().model().latent(), classes, 0);
    return prepared.create(run);
  }

  /** What the run is asked. */
  private RunConfig config(LabelledSubset subset, Dataset images, Path directory)
      throws IOException {
    RunConfig asked = settings.run();
    RunConfig config = asked;
    if (!settings.takesAll()) {
      Path folder = directory.resolve(IMAGES);
      LabelledSubset.write(folder, images);
      config = config.with(RunOptions.DATA, folder.toString());
    }
    long steps = asked.get(RunOptions.STEPS);
    return config
        .with(RunOptions.UNLABELLED, settings.unlabelled())
        .with(RunOptions.BATCH, Math.min(asked.get(RunOptions.BATCH), images.size()))
        .with(
            RunOptions.SEED,
            RandomStream.of(settings.seed(), "augment/generator", subset.number()).nextLong())
        .with(RunOptions.CHECKPOINT_EVERY, every(steps))
        .with(RunOptions.KEEP, 0L)
        .with(RunOptions.SAMPLE_EVERY, steps);
  }

  private static long every(long steps) {
    return Math.max(1, steps / PARTS);
  }

  /** A run's checkpoints. */
  private record Checkpoints(
      Run run, String subset, long last, int classes, long seed, Backend backend)
      implements ImageMakers {
    /** Those that an uninterrupted run has, whatever was saved where one was stopped. */
    @Override
    public List<Long> steps() {
      return LongStream.rangeClosed(1, last)
          .filter(step -> step == last || step % every(last) == 0)
          .boxed()
          .sorted(Comparator.reverseOrder())
          .limit(CANDIDATES)
          .sorted()
          .toList();
    }

    @Override
    public ImageMaker open(long step) throws IOException {
      Path checkpoint = run.directory().resolve("checkpoints").resolve(name(step));
      return new GeneratedImages(GeneratorLoader.load(checkpoint, backend), classes, seed);
    }

    @Override
    public String place(long step) {
      return String.join("/", subset, RUN, "checkpoints", name(step));
    }

    private static String name(long step) {
      return String.format(Locale.ROOT, "step-%08d", step);
    }
  }
}
