package org.samegan.io.run;

import java.util.List;
import java.util.Optional;
import org.samegan.core.schedule.Schedule;
import org.samegan.core.setting.Setting;

/** All that a run can be asked but for the variant's own settings. */
public final class RunOptions {
  /** More threads are a mistake. */
  public static final int MAXIMUM_THREADS = 4096;

  /** What to train. */
  public static final RunOption<String> VARIANT =
      new RunOption<>(
          new Setting.Text(
              "variant",
              null,
              "What to train: a variant's name, or a file with a model: JSON as in a run.json, with"
                  + " networks and recipe of one's own, or exported safetensors"),
          "V",
          RunOption.Use.FIXED);

  /** Where the data is. */
  public static final RunOption<String> DATA =
      new RunOption<>(
          new Setting.Text(
              "data",
              null,
              "IDX files, raw or gzip, a folder of PNG or JPEG images, or points of the plane:"
                  + " toy:8gaussians, toy:25gaussians or toy:swissroll"),
          "PATH",
          RunOption.Use.PLACE);

  /** How many of the data's examples are used. */
  public static final RunOption<Long> EXAMPLES =
      new RunOption<>(
          new Setting.Whole(
              "examples",
              null,
              1,
              Integer.MAX_VALUE,
              "Learn from N of the data's examples only, as many of each class as there can be,"
                  + " drawn by the seed; default: all"),
          "N",
          RunOption.Use.FIXED);

  /** Where more examples are, without labels. */
  public static final RunOption<String> UNLABELLED =
      new RunOption<>(
          new Setting.Text(
              "unlabelled",
              null,
              "More images, without labels, for a variant that learns from a few labels: ssinfogan;"
                  + " labels that they have are not looked at; default: none"),
          "PATH",
          RunOption.Use.PLACE);

  /** How many of the data's labels are kept. */
  public static final RunOption<Long> LABELS =
      new RunOption<>(
          new Setting.Whole(
              "labels",
              null,
              1,
              Integer.MAX_VALUE,
              "Keep the labels of N images of the data, as many of each class as there can be, drawn"
                  + " by the seed; the others are used without; default: all"),
          "N",
          RunOption.Use.FIXED);

  /** Where examples are that the discriminator does not learn from. */
  public static final RunOption<String> HELD_OUT =
      new RunOption<>(
          new Setting.Text(
              "held-out",
              null,
              "Examples on which a Wasserstein variant's distance is measured too; default: the test"
                  + " split of IDX files, other points of a toy distribution, none for a folder"),
          "PATH",
          RunOption.Use.PLACE);

  /** The images' height and width. */
  public static final RunOption<Long> IMAGE_SIZE =
      new RunOption<>(
          new Setting.Whole(
              "image-size",
              null,
              1,
              4096,
              "Crop and resample images to SxS pixels; default: the data's own size"),
          "S",
          RunOption.Use.FIXED);

  /** The images' channels. */
  public static final RunOption<Long> CHANNELS =
      new RunOption<>(
          new Setting.WholeChoice(
              "channels", null, List.of(1L, 3L), "1 for gray, 3 for RGB; default: as in the data"),
          "C",
          RunOption.Use.FIXED);

  /** The run's length in passes over the data. */
  public static final RunOption<Long> EPOCHS =
      new RunOption<>(
          new Setting.Whole(
              "epochs", 25, 1, Long.MAX_VALUE, "Length of the whole run in passes over the data"),
          "N",
          RunOption.Use.CONDUCT);

  /** The run's length in generator steps. */
  public static final RunOption<Long> STEPS =
      new RunOption<>(
          new Setting.Whole(
              "steps",
              null,
              1,
              Long.MAX_VALUE,
              "Length of the whole run in generator steps, in place of epochs"),
          "N",
          RunOption.Use.CONDUCT);

  /** Examples in a step. */
  public static final RunOption<Long> BATCH =
      new RunOption<>(
          new Setting.Whole("batch", 64, 1, Integer.MAX_VALUE, "Examples in a step"),
          "B",
          RunOption.Use.FIXED);

  /** The parts that a batch is cut into. */
  public static final RunOption<Long> SHARDS =
      new RunOption<>(
          new Setting.Whole(
              "shards",
              null,
              1,
              Integer.MAX_VALUE,
              "Cut every batch into S equal shards, which are computed one after the other and"
                  + " averaged: it takes less memory; batch normalisation goes by each shard's own"
                  + " statistics; default: 1"),
          "S",
          RunOption.Use.FIXED);

  /** The examples in such a part; a run's record has the number of parts. */
  public static final RunOption<Long> MICRO_BATCH =
      new RunOption<>(
          new Setting.Whole(
              "micro-batch", null, 1, Integer.MAX_VALUE, "Examples in a shard, instead of shards"),
          "B",
          RunOption.Use.FIXED);

  /** The seed of all randomness. */
  public static final RunOption<Long> SEED =
      new RunOption<>(
          new Setting.Whole("seed", 42, Long.MIN_VALUE, Long.MAX_VALUE, "Seed of all randomness"),
          "S",
          RunOption.Use.FIXED);

  /** Discriminator steps for each generator step. */
  public static final RunOption<Long> D_STEPS =
      new RunOption<>(
          new Setting.Whole(
              "d-steps",
              null,
              1,
              Integer.MAX_VALUE,
              "Discriminator steps for each generator step; default: the variant's"),
          "K",
          RunOption.Use.FIXED);

  /** The decay of the average of the generator's weights. */
  public static final RunOption<Schedule> EMA =
      new RunOption<>(
          Setting.Scheduled.fraction(
              "ema",
              null,
              "Average the generator's weights over the steps, and draw from the average and export"
                  + " it; 0 for no average, as 0.999 for one; default: none, or what a model file"
                  + " says"),
          "DECAY",
          RunOption.Use.RECIPE);

  /** What is done to the images that the discriminator is shown. */
  public static final RunOption<String> AUGMENT =
      new RunOption<>(
          new Setting.Text(
              "augment",
              null,
              "Show the discriminator images, real and generated, that are changed at random:"
                  + " translation, cutout, brightness, saturation, contrast, color for these three,"
                  + " mirror, several with commas between them; ada or ada:NAMES for a probability"
                  + " that follows overfitting; auto for translation,cutout below 30,000 images;"
                  + " none; default: none, or what a model file says"),
          "NAMES",
          RunOption.Use.RECIPE);

  /** The weight of the LeCam penalty. */
  public static final RunOption<Double> LECAM =
      new RunOption<>(
          new Setting.Real(
              "lecam",
              null,
              0,
              true,
              Double.POSITIVE_INFINITY,
              "Penalise a discriminator that is too sure, as 0.3 for little data; default: no"
                  + " penalty, 0, or what a model file says"),
          "WEIGHT",
          RunOption.Use.RECIPE);

  /** When labels come in. */
  public static final RunOption<String> TRANSITION =
      new RunOption<>(
          new Setting.Text(
              "transition",
              null,
              "Train without labels until the share A of the run, and bring them in until the share B,"
                  + " as 0.2:0.4 for little data; default: labels from the start, none, or what a model"
                  + " file says"),
          "A:B",
          RunOption.Use.RECIPE);

  /** Steps between checkpoints. */
  public static final RunOption<Long> CHECKPOINT_EVERY =
      new RunOption<>(
          new Setting.Whole(
              "checkpoint-every",
              0,
              0,
              Long.MAX_VALUE,
              "Steps between checkpoints, 0 for an epoch"),
          "STEPS",
          RunOption.Use.CONDUCT);

  /** How many checkpoints are kept. */
  public static final RunOption<Long> KEEP =
      new RunOption<>(
          new Setting.Whole(
              "keep", 3, 0, Integer.MAX_VALUE, "How many checkpoints to keep, 0 for all"),
          "K",
          RunOption.Use.CONDUCT);

  /** Steps between pictures of samples. */
  public static final RunOption<Long> SAMPLE_EVERY =
      new RunOption<>(
          new Setting.Whole(
              "sample-every",
              0,
              0,
              Long.MAX_VALUE,
              "Steps between grids of samples, 0 for an epoch"),
          "STEPS",
          RunOption.Use.CONDUCT);

  /** Steps between evaluations of the generator. */
  public static final RunOption<Long> EVALUATE_EVERY =
      new RunOption<>(
          new Setting.Whole(
              "evaluate-every",
              0,
              0,
              Long.MAX_VALUE,
              "Steps between evaluations of the generator on 2,000 images, 0 for none: Fréchet"
                  + " distance, MIND, coverage, near-duplicates"),
          "STEPS",
          RunOption.Use.CONDUCT);

  /** By which metric the best checkpoint is kept. */
  public static final RunOption<String> KEEP_BEST =
      new RunOption<>(
          new Setting.Choice(
              "keep-best",
              null,
              List.of("fd", "mind", "coverage"),
              "Keep the checkpoint that was best by this metric when it was evaluated, besides the"
                  + " latest ones: it is RUN@best; default: none"),
          "fd|mind|coverage",
          RunOption.Use.CONDUCT);

  /** How many evaluations without a better one end training. */
  public static final RunOption<Long> PATIENCE =
      new RunOption<>(
          new Setting.Whole(
              "patience",
              null,
              1,
              Integer.MAX_VALUE,
              "Stop after N evaluations without a better one by keep-best; default: never"),
          "N",
          RunOption.Use.CONDUCT);

  /** What compares images in evaluations. */
  public static final RunOption<String> FEATURES =
      new RunOption<>(
          new Setting.Text(
              "features",
              null,
              "What compares images in evaluations: mnist, the file of a classifier or onnx:FILE, see"
                  + " 'samegan evaluate'; default: mnist for gray images"),
          "F",
          RunOption.Use.FIXED);

  /** Whether damaged images are left out. */
  public static final RunOption<Boolean> SKIP_BAD =
      new RunOption<>(
          new Setting.Flag("skip-bad", false, "Leave out images that can't be decoded"),
          "",
          RunOption.Use.FIXED);

  /** What to compute with. */
  public static final RunOption<String> BACKEND =
      new RunOption<>(
          new Setting.Choice(
              "backend",
              "auto",
              List.of("auto", "nd4j", "libtorch"),
              "What to compute with: auto for ND4J on the CPU and libtorch, PyTorch's library, on a"
                  + " GPU"),
          "auto|nd4j|libtorch",
          RunOption.Use.PLACE);

  /** Where to compute. */
  public static final RunOption<String> DEVICE =
      new RunOption<>(
          new Setting.Choice(
              "device",
              "auto",
              List.of("auto", "cpu", "gpu"),
              "Where to compute, auto for a GPU if there is a usable one, else the CPU"),
          "auto|cpu|gpu",
          RunOption.Use.PLACE);

  /** How exactly libtorch computes. */
  public static final RunOption<String> PRECISION =
      new RunOption<>(
          new Setting.Choice(
              "precision",
              "fp32",
              List.of("fp32", "tf32", "bf16"),
              "How libtorch computes convolutions and products: on a GPU tf32 rounds their operands"
                  + " to 10 bits after the point and is several times as fast; bf16 to 7 bits;"
                  + " weights stay in fp32; it decides bits"),
          "fp32|tf32|bf16",
          RunOption.Use.PLACE);

  /** Whether a GPU may time its algorithms. */
  public static final RunOption<Boolean> TIMED_KERNELS =
      new RunOption<>(
          new Setting.Flag(
              "timed-kernels",
              false,
              "Let a GPU's cuDNN time its algorithms and take the fastest: the bits then may differ"
                  + " from run to run"),
          "",
          RunOption.Use.PLACE);

  /** Whether a GPU is given its work call by call. */
  public static final RunOption<Boolean> NO_CUDA_GRAPHS =
      new RunOption<>(
          new Setting.Flag(
              "no-cuda-graphs",
              false,
              "Give a GPU every step's work call by call and not as a recording: slower, with the"
                  + " same bits"),
          "",
          RunOption.Use.PLACE);

  /** Threads to compute with. */
  public static final RunOption<Long> THREADS =
      new RunOption<>(
          new Setting.Whole(
              "threads",
              0,
              0,
              MAXIMUM_THREADS,
              "Threads to compute with, 0 for one for each core; it decides bits"),
          "T",
          RunOption.Use.PLACE);

  private static final List<RunOption<?>> ALL =
      List.of(
          VARIANT,
          DATA,
          EXAMPLES,
          UNLABELLED,
          LABELS,
          HELD_OUT,
          IMAGE_SIZE,
          CHANNELS,
          EPOCHS,
          STEPS,
          BATCH,
          SHARDS,
          MICRO_BATCH,
          SEED,
          D_STEPS,
          EMA,
          AUGMENT,
          LECAM,
          TRANSITION,
          CHECKPOINT_EVERY,
          KEEP,
          SAMPLE_EVERY,
          EVALUATE_EVERY,
          KEEP_BEST,
          PATIENCE,
          FEATURES,
          SKIP_BAD,
          BACKEND,
          DEVICE,
          PRECISION,
          TIMED_KERNELS,
          NO_CUDA_GRAPHS,
          THREADS);

  private RunOptions() {}

  /** Every option, in the order of the file format. */
  public static List<RunOption<?>> all() {
    return ALL;
  }

  /** Those that say where and how to compute, for what is computed apart from runs too. */
  public static List<RunOption<?>> ofDevices() {
    return List.of(BACKEND, DEVICE, PRECISION, TIMED_KERNELS, NO_CUDA_GRAPHS, THREADS);
  }

  /** The option of a key; empty if there is none. */
  public static Optional<RunOption<?>> named(String key) {
    return ALL.stream().filter(option -> option.key().equals(key)).findFirst();
  }
}
