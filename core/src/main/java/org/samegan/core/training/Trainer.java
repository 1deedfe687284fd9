package org.samegan.core.training;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.backend.Backend;
import org.samegan.core.data.Augmentation;
import org.samegan.core.data.Dataset;
import org.samegan.core.device.CpuBinary;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.Latent;

/**
 * Trains a GAN by alternation: k discriminator steps, each on a new batch of real examples and new
 * latents, then one generator step on new latents (Goodfellow et al. 2014, algorithm 1). A step
 * changes one network only; the other's every bit stays.
 *
 * <p>A run is a function of the GAN, the data, the {@link Sharding} of the batch and the seed: the
 * same four give the same bits on the same kind of machine with the same number of threads, however
 * often the run is saved and restored in between.
 *
 * <pre>{@code
 * try (Trainer trainer = new Trainer(gan, data, 64, 42)) {
 *   trainer.train(1000, (report, t) -> System.err.println(report));
 * }
 * }</pre>
 */
public final class Trainer implements AutoCloseable {
  static {
    CpuBinary.select();
  }

  private final Gan gan;
  private final Dataset data;
  private final Batches batches;
  private final Sharding sharding;
  private final AlternatingSteps steps;
  private final TrainedNetworks networks;
  private final StepFeedback feedback;
  private final CompiledStep discriminatorStep;
  private final CompiledStep generatorStep;
  private final HeldOutMeans unseen;
  private Dataset heldOut;
  private Progress progress = Progress.START;
  private boolean halfWay;
  private boolean closed;

  /**
   * Starts a run with initial weights drawn from the seed.
   *
   * @param gan what to train
   * @param data the real examples, of the generator's output shape; with labels of as many classes
   *     as the latent's label, if it has one
   * @param batch examples in a step, from 1 to the data's size
   * @param seed of all randomness in the run
   * @throws IllegalArgumentException if the data don't fit the GAN or the batch
   */
  public Trainer(Gan gan, Dataset data, int batch, long seed) {
    this(gan, data, batch, seed, Backend.nd4j());
  }

  /**
   * The same on a device of one's choice. Its bits differ from those of another backend or device,
   * and saved states go from one to the other.
   *
   * @param backend what computes; it stays the caller's
   */
  public Trainer(Gan gan, Dataset data, int batch, long seed, Backend backend) {
    this(gan, data, Sharding.none(batch), seed, backend);
  }

  /**
   * The same with batches that are cut into shards, which the run's bits depend on.
   *
   * @param sharding examples in a step, from 1 to the data's size, and how they are cut
   */
  public Trainer(Gan gan, Dataset data, Sharding sharding, long seed, Backend backend) {
    if (gan.recipe().needsRunLength()) {
      throw new IllegalArgumentException(
          "the recipe has a schedule over a share of the run, whose length a trainer doesn't know;"
              + " say it with gan.withRecipe(gan.recipe().over(steps))");
    }
    batches = batches(gan, data, sharding.batch(), seed, "data/order");
    this.gan = gan;
    this.data = data;
    this.sharding = sharding;
    steps = AlternatingSteps.of(gan, sharding, seed, backend);
    networks = steps.networks();
    discriminatorStep = steps.discriminator();
    generatorStep = steps.generator();
    feedback = new StepFeedback(gan.recipe(), sharding.batch());
    unseen = new HeldOutMeans(gan, sharding, seed, discriminatorStep);
  }

  static Batches batches(Gan gan, Dataset data, int batch, long seed, String stream) {
    gan.requireForm(data.form());
    return new Batches(data, batch, classes(gan), Augmentation.NONE, seed, stream);
  }

  /** Those of the latent's label, which real examples have too. */
  private static int classes(Gan gan) {
    return gan.latent().label().map(Latent.Label::size).orElse(0);
  }

  /**
   * Checks what the constructor checks, and compiles nothing. Labels are read, examples are not.
   *
   * @throws IllegalArgumentException if the data don't fit the GAN or the batch
   */
  public static void requireFit(Gan gan, Dataset data, int batch) {
    gan.requireForm(data.form());
    Batches.requireFit(data, batch, classes(gan));
  }

  /**
   * Takes over a saved state; the next step is the one after it.
   *
   * @throws IllegalArgumentException if an array is missing, left over, or of another shape;
   *     nothing is changed then
   */
  public void restore(TrainingState state) {
    requireOpen();
    networks.restore(state, feedback.tensors());
    progress = state.progress();
    halfWay = false;
  }

  /**
   * Starts from weights that were trained elsewhere in place of those drawn from the seed, which
   * what is not given keeps. Optimizers have seen nothing; where the recipe averages the
   * generator's weights, the average starts from these too.
   *
   * @param weights values of variables of the networks by path, such as {@code
   *     generator/0_dense/weight}
   * @throws IllegalArgumentException if there is no such variable, or it has another shape; nothing
   *     is changed then
   * @throws IllegalStateException if the run has steps already
   */
  public void startFrom(Map<String, INDArray> weights) {
    requireOpen();
    if (!progress.equals(Progress.START)) {
      throw new IllegalStateException(
          "the trainer has trained " + progress.step() + " steps; give weights to a new one");
    }
    networks.startFrom(weights);
  }

  /**
   * The state now. Its arrays may be the trainer's own, as they are on the CPU: the next step
   * changes them then, and closing the trainer gives their memory back.
   *
   * @throws IllegalStateException if the trainer has been closed
   */
  public TrainingState state() {
    requireOpen();
    Map<String, INDArray> arrays = networks.arrays();
    feedback.tensors().forEach((path, tensor) -> arrays.put(path, tensor.array()));
    return new TrainingState(progress, arrays);
  }

  /**
   * Trains for a number of steps.
   *
   * @param steps generator steps, at least 0
   * @param listener told after each
   * @throws DivergenceException if a loss becomes NaN or infinite
   */
  public void train(long steps, TrainingListener listener) {
    for (long i = 0; i < steps; i++) {
      listener.stepped(step(), this);
    }
  }

  /**
   * Trains one step.
   *
   * @throws DivergenceException if a loss or gradient becomes NaN or infinite. The update that it
   *     would have gone into is not made, but the discriminator's before it in this step are, and
   *     {@link #progress} doesn't count them: the trainer is between two steps then, so restore a
   *     checkpoint before going on
   */
  public StepReport step() {
    requireOpen();
    if (feedback.asksForHeldOut() && heldOut == null) {
      throw new IllegalStateException(
          "an adaptive augmentation goes by held-out examples where scores are no logits: give the"
              + " trainer some with holdOut");
    }
    long step = progress.step();
    long number = progress.batches();
    double discriminatorNorm = 0;
    long lastNumber = number + gan.recipe().discriminatorSteps().before(step) - 1;
    float augmented = feedback.probability();
    // The generator's pairs, if it sees any, are with the batch that the discriminator saw last.
    Draw generatorDraw =
        gan.recipe().objective().generatorSeesReal()
            ? new Draw(step, batches, lastNumber, augmented)
            : Draw.ofNoise(step, augmented);
    while (number <= lastNumber) {
      feedback.feed(discriminatorStep.inputs());
      discriminatorStep.run(draw(number), step);
      if (number == lastNumber) {
        generatorStep.inputs().prepare(generatorDraw);
      } else {
        discriminatorStep.inputs().prepare(draw(number + 1));
      }
      discriminatorNorm = discriminatorStep.requireFinite(step);
      feedback.saw(discriminatorStep.numbers());
      number++;
      halfWay = true;
      discriminatorStep.update(number, step);
    }
    generatorStep.run(generatorDraw, step);
    boolean asked = feedback.asksAfterStep();
    discriminatorStep.inputs().prepare(draw(number));
    double generatorNorm = generatorStep.requireFinite(step);
    generatorStep.update(step + 1, step);
    halfWay = false;
    progress =
        new Progress(step + 1, number, number * sharding.batch(), number / batchesPerEpoch());
    Map<String, Number> numbers = steps.numbers(step, discriminatorNorm, generatorNorm);
    if (feedback.isAdaptive()) {
      numbers.put(StepReport.AUGMENTATION, augmented);
    }
    StepReport report = new StepReport(step + 1, (number - 1) / batchesPerEpoch() + 1, numbers);
    if (asked) {
      feedback.answer(overfitting(heldOut));
    }
    return report;
  }

  private Draw draw(long number) {
    return new Draw(number, batches, number, feedback.probability());
  }

  /**
   * What the discriminator's step computes of examples that it was not trained on: the means over
   * some batches of its numbers, such as {@link StepReport#REAL_SCORE}, all as in a step, so that
   * they can be compared with a step's. A discriminator that has learnt its training examples by
   * heart thinks less of these. Every call takes the same examples and latents, none of which a
   * step takes; nothing of the run is changed.
   *
   * @param heldOut examples of the data's shape
   * @param count how many batches of them to take the mean over, at least 1
   * @throws IllegalArgumentException if the examples don't fit the GAN, or are too few
   * @throws DivergenceException if one of the numbers is NaN or infinite
   */
  public Map<String, Double> evaluateDiscriminator(Dataset heldOut, int count) {
    requireOpen();
    feedback.feed(discriminatorStep.inputs());
    return unseen.of(heldOut, count, progress, feedback.probability());
  }

  /**
   * How much of the discriminator's judgement of its training examples is learnt by heart: r_v of
   * Karras et al. 2020, arXiv:2006.06676, eq. 1, 0 for nothing and 1 for all of it. Nothing of the
   * run is changed.
   *
   * @param examples of the data's shape that it is not trained on, at least a batch
   */
  public double overfitting(Dataset examples) {
    requireOpen();
    feedback.feed(discriminatorStep.inputs());
    return unseen.overfitting(data, examples, progress, feedback.probability());
  }

  /**
   * Gives the trainer examples that it is not to train on, which it needs where an adaptive
   * augmentation goes by them: they are a part of what the run is a function of.
   *
   * @param examples of the data's shape, at least a batch
   * @throws IllegalArgumentException if they don't fit the GAN or the batch
   */
  public void holdOut(Dataset examples) {
    requireFit(gan, examples, sharding.batch());
    heldOut = examples;
  }

  /** Whole batches in one pass over the data. */
  public long batchesPerEpoch() {
    return batches.perEpoch();
  }

  /** How far the run has come. */
  public Progress progress() {
    return progress;
  }

  /**
   * Whether the last step has failed when it had changed something already: the state is none to go
   * on from then.
   */
  public boolean isHalfWay() {
    return halfWay;
  }

  /** What is trained. */
  public Gan gan() {
    return gan;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException(
          "the trainer has been closed, and its arrays with it; take or save its state before");
    }
  }

  /** Gives all memory back, the networks' included; only {@link #progress} is left to ask for. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      steps.close();
      feedback.close();
    }
  }
}
