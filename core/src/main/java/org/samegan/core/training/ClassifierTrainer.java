package org.samegan.core.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.backend.Backend;
import org.samegan.core.classifier.Classifier;
import org.samegan.core.data.Augmentation;
import org.samegan.core.data.Dataset;
import org.samegan.core.device.CpuBinary;
import org.samegan.core.gradient.Gradients;
import org.samegan.core.graph.HeldArrays;
import org.samegan.core.layer.NetworkEmission;
import org.samegan.core.layer.NetworkEmission.NoiseInput;
import org.samegan.core.objective.Constraint;
import org.samegan.core.objective.CrossEntropy;
import org.samegan.core.optimizer.MovingAverage;
import org.samegan.core.optimizer.Optimizer;

/**
 * Trains a classifier on labelled examples: each step moves it by the gradient of the mean
 * cross-entropy over a batch. What it learns is a function of the classifier, the data, the batch,
 * the optimizer and the seed, to the bit on the same kind of machine with the same number of
 * threads.
 *
 * <pre>{@code
 * try (ClassifierTrainer trainer =
 *     new ClassifierTrainer(classifier, new Adam(1e-3, 0.9, 0.999), data, 128, 42)) {
 *   for (int i = 0; i < 1000; i++) {
 *     System.err.println(trainer.step().get(ClassifierTrainer.LOSS));
 *   }
 * }
 * }</pre>
 */
public final class ClassifierTrainer implements AutoCloseable {
  static {
    CpuBinary.select();
  }

  /** What a step minimises: the mean cross-entropy of its batch, in nats. */
  public static final String LOSS = "loss";

  /** The Euclidean norm of all gradients together. */
  public static final String GRADIENT_NORM = "gradient-norm";

  /** The learning rate of the step's update. */
  public static final String LEARNING_RATE = "learning-rate";

  private static final String STEP = "classifier_step/";

  private final Batches batches;
  private final TrainedNetwork network;
  private final CompiledStep step;
  private long steps;

  /** Without augmentation and average, on ND4J. */
  public ClassifierTrainer(
      Classifier classifier, Optimizer optimizer, Dataset data, int batch, long seed) {
    this(
        classifier,
        optimizer,
        MovingAverage.NONE,
        Augmentation.NONE,
        data,
        batch,
        seed,
        Backend.nd4j());
  }

  /**
   * Starts with initial weights drawn from the seed.
   *
   * @param average of the weights, which {@link #values} are then
   * @param augmentation of every example each time that it is seen
   * @param data examples of the classifier's input shape, with labels of its classes
   * @param batch examples in a step, from 1 to the data's size
   * @param backend what computes; it stays the caller's
   * @throws IllegalArgumentException if the data don't fit the classifier or the batch
   */
  public ClassifierTrainer(
      Classifier classifier,
      Optimizer optimizer,
      MovingAverage average,
      Augmentation augmentation,
      Dataset data,
      int batch,
      long seed,
      Backend backend) {
    if (!data.exampleShape().equals(classifier.network().input())
        || data.classes().count() != classifier.classes().count()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the classifier takes examples of %s in %d classes, but the data has examples of %s"
                  + " in %d; make it for the data's form",
              classifier.network().input(),
              classifier.classes().count(),
              data.exampleShape(),
              data.classes().count()));
    }
    batches =
        new Batches(
            data, batch, classifier.classes().count(), augmentation, seed, "classifier/order");
    // First, since what can't be emitted is refused: nothing is left to close then.
    StepGraph graph = emitStep(classifier, batch);
    network =
        new TrainedNetwork(
            backend,
            Classifier.NAME,
            classifier.variables(),
            optimizer,
            new Constraint.None(),
            average,
            seed);
    step = new CompiledStep(backend, graph, Sharding.none(batch), seed, network);
  }

  private static StepGraph emitStep(Classifier classifier, int batch) {
    SameDiff graph = HeldArrays.newGraph();
    List<NoiseInput> noises = new ArrayList<>();
    NetworkEmission emission =
        NetworkEmission.forTraining(
            graph, Classifier.NAME, classifier.network(), batch, DataType.FLOAT, noises);
    SDVariable examples =
        graph.placeHolder(
            StepGraph.REAL, DataType.FLOAT, classifier.network().input().batch(batch));
    SDVariable labels =
        graph.placeHolder(StepGraph.LABELS, DataType.FLOAT, batch, classifier.classes().count());
    SDVariable loss = CrossEntropy.emit(labels, emission.emit(STEP + "examples", examples));
    Map<String, String> gradients = new LinkedHashMap<>();
    List<SDVariable> derivatives = Gradients.of(loss, List.copyOf(emission.parameters().values()));
    for (String path : emission.parameters().keySet()) {
      gradients.put(path, derivatives.get(gradients.size()).name());
    }
    Map<String, String> statistics = new LinkedHashMap<>();
    emission.emitStatistics().forEach((path, next) -> statistics.put(path, next.name()));
    return new StepGraph(
        graph,
        List.copyOf(noises),
        Map.of(),
        Set.of(),
        LOSS,
        Map.of(LOSS, loss.name()),
        gradients,
        statistics);
  }

  /**
   * Trains one step.
   *
   * @throws DivergenceException if the loss or the gradient becomes NaN or infinite; the weights
   *     are those before the step then
   */
  public StepReport step() {
    step.run(new Draw(steps, batches, steps), steps);
    double norm = step.requireFinite(steps);
    Map<String, Number> numbers = new LinkedHashMap<>();
    numbers.put(LOSS, step.loss());
    numbers.put(GRADIENT_NORM, norm);
    numbers.put(LEARNING_RATE, network.learningRate(steps));
    step.update(steps + 1, steps);
    steps++;
    return new StepReport(steps, (steps - 1) / batchesPerEpoch() + 1, numbers);
  }

  /** Whole batches in one pass over the data. */
  public long batchesPerEpoch() {
    return batches.perEpoch();
  }

  /**
   * The variables' values by path, averaged where there is an average. They may be the trainer's
   * own memory, which the next step changes and closing gives back.
   */
  public Map<String, INDArray> values() {
    return network.arrays();
  }

  @Override
  public void close() {
    step.close();
    network.close();
  }
}
