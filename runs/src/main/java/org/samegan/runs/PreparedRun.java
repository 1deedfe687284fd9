package org.samegan.runs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.samegan.core.backend.Backend;
import org.samegan.core.gan.Gan;
import org.samegan.core.profile.Profile;
import org.samegan.core.profile.ProfilingBackend;
import org.samegan.core.training.Trainer;
import org.samegan.io.checkpoint.Software;
import org.samegan.io.checkpoint.StorableSize;
import org.samegan.io.file.UnusableFileException;
import org.samegan.io.run.Run;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunLock;
import org.samegan.io.run.RunOptions;
import org.samegan.io.run.RunRecord;
import org.samegan.runs.data.DataPlace;
import org.samegan.runs.data.Examples;
import org.samegan.runs.data.FoundExamples;
import org.samegan.runs.data.HeldOutExamples;
import org.samegan.runs.data.TrainingExamples;
import org.samegan.runs.device.ComputeDevice;
import org.samegan.runs.device.Computing;
import org.samegan.runs.evaluation.FeatureNetwork;
import org.samegan.runs.weights.Transfer;
import org.samegan.runs.weights.WeightSource;

/**
 * A run that could be made: everything that a configuration asks for has been found and fits. What
 * is cheap to check is checked before anything is read.
 *
 * @param record what {@code run.json} is to say
 * @param examples what the run learns from
 * @param heldOut what its distance, or its overfitting, is measured on too, if it is
 * @param transfer what it takes of weights that were trained before, if it starts from some
 * @param device where it is to be trained
 * @param notices is told what users should know
 */
public record PreparedRun(
    RunRecord record,
    Examples examples,
    Optional<Examples> heldOut,
    Optional<Transfer> transfer,
    ComputeDevice device,
    Consumer<String> notices) {
  /**
   * Checks a configuration as far as that is possible without looking at the data.
   *
   * @throws IllegalArgumentException if it names no variant or no data, for an unknown variant or
   *     setting, a value that is not allowed, an image size that the variant has no architecture
   *     for, or data that the variant or the options don't fit
   * @throws IOException if the variant is a file that can't be read
   */
  public static void requireSound(RunConfig config) throws IOException {
    RunPlan.of(config);
  }

  /** Whether a configuration's variant is the path of a file that describes a model. */
  public static boolean isModelFile(String variant) {
    return ModelFile.isNamedBy(variant);
  }

  /**
   * Whether the variant that a configuration names, with its settings, makes the networks of a
   * model. That of another version may not.
   */
  public static boolean makes(RunConfig config, Gan model) {
    return RunPlan.makes(config, model);
  }

  /**
   * Prepares a run.
   *
   * @param notices is told what users should know: what is left out, how far reading images is
   * @throws IllegalArgumentException if configuration and data don't fit, down to a class without
   *     examples, or the GAN is too large to be saved
   * @throws IOException if something can't be read
   */
  public static PreparedRun of(RunConfig config, Consumer<String> notices) throws IOException {
    return of(RunPlan.of(config), Optional.empty(), notices);
  }

  /**
   * The same of a run that starts from weights that were trained before.
   *
   * @param source of the weights
   * @param asItIs whether the model is the one that the weights are of, as the configuration's
   *     variant can't make it; otherwise the variant makes one for the data
   * @throws IllegalArgumentException also if the weights don't fit, with shapes
   */
  public static PreparedRun of(
      RunConfig config, WeightSource source, boolean asItIs, Consumer<String> notices)
      throws IOException {
    source.requireKind(config);
    RunPlan plan =
        asItIs
            ? RunPlan.of(config, new ModelFile(source.description(), source.model().orElseThrow()))
            : RunPlan.of(config);
    return of(plan, Optional.of(source), notices);
  }

  private static PreparedRun of(
      RunPlan plan, Optional<WeightSource> source, Consumer<String> notices) throws IOException {
    RunConfig config = plan.config();
    ComputeDevice device = ComputeDevice.select(config, notices);
    FoundExamples found = TrainingExamples.find(config, plan.data());
    plan.variant().requireSupport(found.form());
    Gan gan = plan.gan(found.form());
    gan.requireForm(found.form());
    TrainingExamples.requireFit(config, gan);
    StorableSize.require(gan);
    Optional<Transfer> transfer =
        source.isEmpty() ? Optional.empty() : Optional.of(source.get().into(gan));
    if (config.get(RunOptions.EVALUATE_EVERY) > 0) {
      FeatureNetwork.requireFit(config.get(RunOptions.FEATURES), found.form().shape());
    }
    HeldOutExamples foundHeldOut = HeldOutExamples.find(config, plan.data(), gan, notices);
    // Packing can take minutes and many gigabytes: all that the form shows has been checked by now.
    Examples examples = found.open(notices);
    requireBatch(config, examples, plan.data());
    Trainer.requireFit(gan, examples.dataset(gan), config.count(RunOptions.BATCH));
    Optional<Examples> heldOut = foundHeldOut.open(notices);
    AugmentationChoice.requireHeldOut(gan, heldOut.isPresent());
    Gan trained = plan.gan(found.form(), examples.count());
    plan.augmentation()
        .notice(trained.recipe().littleData().augmentation(), found.form(), examples.count())
        .ifPresent(notices);
    long steps = Timetable.of(config, gan, examples.count()).lastStep();
    RunRecord record =
        new RunRecord(
            config,
            trained.withRecipe(trained.recipe().over(steps)),
            examples.record(heldOut),
            Software.current());
    return new PreparedRun(record, examples, heldOut, transfer, device, notices);
  }

  private static void requireBatch(RunConfig config, Examples examples, DataPlace data) {
    if (config.count(RunOptions.BATCH) > examples.count()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the option batch %d is more than the %d %s there are; use a smaller batch or more"
                  + " data",
              config.count(RunOptions.BATCH),
              examples.count(),
              data.kind().plural()));
    }
  }

  /**
   * Makes sure that a run could be made in a directory, which is made last.
   *
   * @throws IOException if there is something already, or it can't be made
   */
  public static void requireRoom(Path directory) throws IOException {
    Run.requireAbsent(directory);
    requireWritableParent(directory);
  }

  /**
   * Makes sure that a directory could be made.
   *
   * @throws UnusableFileException if what it would lie in can't be written to
   */
  public static void requireWritableParent(Path directory) throws UnusableFileException {
    Path ancestor = directory.toAbsolutePath().normalize().getParent();
    while (ancestor != null && !Files.exists(ancestor)) {
      ancestor = ancestor.getParent();
    }
    if (ancestor == null || !Files.isDirectory(ancestor) || !Files.isWritable(ancestor)) {
      throw new UnusableFileException(
          directory,
          String.format(
              Locale.ROOT,
              "can't be made, since %s is not a directory that can be written to; choose another"
                  + " place",
              ancestor),
          null);
    }
  }

  /**
   * Makes the run, ready to be trained.
   *
   * @param directory its place, which must not exist
   * @throws IOException if it can't be made
   */
  public TrainingRun create(Path directory) throws IOException {
    return create(directory, Optional.empty());
  }

  /**
   * The same, with where the time of its steps goes.
   *
   * @param profile is told of every step; a trace of some is written to {@code profile.json} in the
   *     run's directory when training ends. The run is the same, to the bit
   */
  public TrainingRun create(Path directory, Optional<Profile> profile) throws IOException {
    Computing computing = device.start();
    Trainer trainer = trainer(ProfilingBackend.of(computing.backend(), profile));
    try {
      Run run = made(directory, record.on(computing.machine()), trainer);
      RunLock lock = RunLock.acquire(run.directory(), notices);
      return TrainingRun.of(run, lock, trainer, computing.backend(), examples, heldOut)
          .profiled(profile);
    } catch (IOException | RuntimeException e) {
      trainer.close();
      throw e;
    }
  }

  /**
   * Makes the run, and trains nothing: it can be resumed.
   *
   * @param directory its place, which must not exist
   * @throws IOException if it can't be made
   */
  public Run createUntrained(Path directory) throws IOException {
    // The device first: what is wrong with ND4J is said in a sentence before weights become arrays.
    try (Trainer trainer = trainer(device.start().backend())) {
      return made(directory, record, trainer);
    }
  }

  /** A run from trained weights is whole or absent: it has them in a checkpoint of its own. */
  private Run made(Path directory, RunRecord made, Trainer trainer) throws IOException {
    return transfer.isEmpty()
        ? Run.create(directory, made)
        : Run.create(directory, made.from(transfer.get().start(trainer)), trainer.state());
  }

  private Trainer trainer(Backend backend) {
    RunConfig config = record.config();
    Trainer trainer =
        new Trainer(
            record.model(),
            examples.dataset(record.model()),
            config.sharding(),
            config.get(RunOptions.SEED),
            backend);
    heldOut.ifPresent(unseen -> trainer.holdOut(unseen.dataset(record.model())));
    return trainer;
  }
}
