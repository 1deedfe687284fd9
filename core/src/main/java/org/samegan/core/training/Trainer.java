package org.samegan.core.training;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.data.Dataset;
import org.samegan.core.device.CpuBinary;
import org.samegan.core.objective.Constraint;
import org.samegan.core.random.RandomStream;

/**
 * Trains a GAN by alternation: k discriminator steps, each on a new batch of real examples and new
 * latents, then one generator step on new latents (Goodfellow et al. 2014, algorithm 1). A step
 * changes one network only; the other's every bit stays.
 *
 * <p>A run is a function of the GAN, the data, the batch size and the seed: the same four give the
 * same bits on the same kind of machine with the same number of threads, however often the run is
 * saved and restored in between.
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
  private final int batch;
  private final long seed;
  private final TrainedNetwork generator;
  private final TrainedNetwork discriminator;
  private final CompiledStep discriminatorStep;
  private final CompiledStep generatorStep;
  private Progress progress = Progress.START;
  private int[] order = new int[0];
  private long orderedEpoch = -1;

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
    if (!data.exampleShape().equals(gan.exampleShape())) {
      throw new IllegalArgumentException(
          String.format(
              "the networks work on examples of %s but the data holds %s",
              gan.exampleShape(), data.exampleShape()));
    }
    if (batch < 1 || batch > data.size()) {
      throw new IllegalArgumentException(
          String.format(
              "the batch must hold from 1 to %d examples, as many as there are in the data,"
                  + " found %d; use a smaller batch or more data",
              data.size(), batch));
    }
    gan.latent().label().ifPresent(label -> requireLabels(data, label));
    this.gan = gan;
    this.data = data;
    this.batch = batch;
    this.seed = seed;
    generator =
        new TrainedNetwork(
            Gan.GENERATOR,
            gan.generatorVariables(),
            gan.recipe().generatorOptimizer(),
            new Constraint.None(),
            seed);
    discriminator =
        new TrainedNetwork(
            Gan.DISCRIMINATOR,
            gan.discriminatorVariables(),
            gan.recipe().discriminatorOptimizer(),
            gan.recipe().constraint(),
            seed);
    discriminatorStep =
        new CompiledStep(
            StepGraph.emitDiscriminatorStep(gan, batch, DataType.FLOAT),
            batch,
            seed,
            discriminator,
            generator);
    generatorStep =
        new CompiledStep(
            StepGraph.emitGeneratorStep(gan, batch, DataType.FLOAT),
            batch,
            seed,
            generator,
            discriminator);
  }

  private static void requireLabels(Dataset data, Latent.Label label) {
    if (data.classes() == 0) {
      throw new IllegalArgumentException(
          "the model learns from labels, but the data has none; use images in folders, one a class,"
              + " or IDX images with their labels' file beside them, or a model without labels");
    }
    if (data.classes() != label.classes()) {
      throw new IllegalArgumentException(
          String.format(
              "the model's label has %d classes but the data has %d; make the model for the data's"
                  + " classes",
              label.classes(), data.classes()));
    }
    boolean[] found = new boolean[label.classes()];
    for (int i = 0; i < data.size(); i++) {
      found[data.label(i)] = true;
    }
    for (int i = 0; i < found.length; i++) {
      if (!found[i]) {
        throw new IllegalArgumentException(
            String.format(
                "the data has no example of class %d ('%s'), so the model can't learn it; add"
                    + " examples, or number the classes without it",
                i, data.className(i)));
      }
    }
  }

  /**
   * Takes over a saved state; the next step is the one after it.
   *
   * @throws IllegalArgumentException if an array is missing, left over, or of another shape;
   *     nothing is changed then
   */
  public void restore(TrainingState state) {
    Map<String, INDArray> own = arrays();
    if (!own.keySet().equals(state.arrays().keySet())) {
      throw new IllegalArgumentException(
          String.format(
              "the state is of another model: expected the arrays %s, found %s",
              own.keySet(), state.arrays().keySet()));
    }
    own.forEach(
        (path, array) -> {
          INDArray saved = state.arrays().get(path);
          if (!Arrays.equals(saved.shape(), array.shape())) {
            throw new IllegalArgumentException(
                String.format(
                    "the state is of another model: '%s' should have the shape %s, found %s",
                    path, Arrays.toString(array.shape()), Arrays.toString(saved.shape())));
          }
        });
    own.forEach((path, array) -> array.assign(state.arrays().get(path)));
    progress = state.progress();
  }

  /** The state now. Its arrays are the trainer's own: the next step changes them. */
  public TrainingState state() {
    return new TrainingState(progress, arrays());
  }

  private Map<String, INDArray> arrays() {
    Map<String, INDArray> arrays = new LinkedHashMap<>(generator.arrays());
    arrays.putAll(discriminator.arrays());
    return arrays;
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
   * @throws DivergenceException if a loss or gradient becomes NaN or infinite; the network that it
   *     happened to is not changed then
   */
  public StepReport step() {
    long step = progress.step();
    long batches = progress.batches();
    for (int k = 0; k < gan.recipe().discriminatorSteps(); k++) {
      readBatch(batches, discriminatorStep);
      discriminatorStep.run(batches);
      requireFinite(step, "the discriminator's", discriminatorStep);
      batches++;
      discriminatorStep.update(batches);
    }
    if (gan.recipe().objective().generatorSeesReal()) {
      // The pairs are with the batch that the discriminator has just seen.
      readBatch(batches - 1, generatorStep);
    }
    generatorStep.run(step);
    requireFinite(step, "the generator's", generatorStep);
    generatorStep.update(step + 1);
    progress = new Progress(step + 1, batches, batches * batch, batches / batchesPerEpoch());
    return new StepReport(
        step + 1,
        (batches - 1) / batchesPerEpoch() + 1,
        discriminatorStep.metric(StepGraph.LOSS),
        generatorStep.metric(StepGraph.LOSS),
        discriminatorStep.metric(StepGraph.REAL_SCORE),
        discriminatorStep.metric(StepGraph.FAKE_SCORE));
  }

  private static void requireFinite(long step, String what, CompiledStep compiled) {
    double loss = compiled.metric(StepGraph.LOSS);
    if (!Double.isFinite(loss)) {
      throw new DivergenceException(step + 1, what + " loss", loss);
    }
    double gradient = compiled.gradientSum();
    if (!Double.isFinite(gradient)) {
      throw new DivergenceException(step + 1, "the sum of " + what + " gradients", gradient);
    }
  }

  /** Every epoch has its own order; what doesn't fill the last batch is left out of the epoch. */
  private void readBatch(long number, CompiledStep step) {
    long epoch = number / batchesPerEpoch();
    if (epoch != orderedEpoch) {
      order = RandomStream.of(seed, "data/order", epoch).permutation(data.size());
      orderedEpoch = epoch;
    }
    int first = (int) (number % batchesPerEpoch()) * batch;
    FloatBuffer real = step.real();
    for (int i = first; i < first + batch; i++) {
      data.copyTo(order[i], real);
    }
    if (step.takesLabels()) {
      Latent.Label label = gan.latent().label().orElseThrow();
      FloatBuffer labels = step.labels();
      for (int i = first; i < first + batch; i++) {
        label.write(data.label(order[i]), labels);
      }
    }
  }

  /** Whole batches in one pass over the data. */
  public long batchesPerEpoch() {
    return data.size() / batch;
  }

  /** How far the run has come. */
  public Progress progress() {
    return progress;
  }

  /** What is trained. */
  public Gan gan() {
    return gan;
  }

  /** Gives back the memory of the compiled steps. */
  @Override
  public void close() {
    discriminatorStep.close();
    generatorStep.close();
  }
}
