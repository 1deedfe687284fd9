package org.samegan.core.training;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.samegan.core.backend.Backend;
import org.samegan.core.execution.CompiledGraph;
import org.samegan.core.execution.Resource;
import org.samegan.core.execution.Tensor;
import org.samegan.core.graph.HeldArrays;
import org.samegan.core.layer.NetworkEmission.NoiseInput;
import org.samegan.core.random.RandomStream;
import org.samegan.core.schedule.Schedule;

/** A step graph compiled onto the memory of the networks it works on. */
final class CompiledStep implements Resource {
  private record Noise(NoiseInput input, Tensor tensor) {}

  private record Scheduled(Schedule schedule, Tensor scalar) {}

  private final Backend backend;
  private final CompiledGraph plan;
  private final List<Noise> noises = new ArrayList<>();
  private final List<Scheduled> schedules = new ArrayList<>();
  private final String loss;
  private final List<String> numbers;
  private final Tensor numbersVector;
  private final TrainedNetwork trained;
  private final long seed;
  private final Tensor real;
  private final Tensor labels;
  private Draw drawn;
  private Map<String, Double> numbersOfRun;

  /** What the step is fed, and the numbers that it leaves. */
  private final List<Tensor> own = new ArrayList<>();

  /** Takes the step's graph over, whose arrays are closed once the plan has copied them. */
  CompiledStep(
      Backend backend,
      StepGraph step,
      int batch,
      long seed,
      TrainedNetwork trained,
      TrainedNetwork other) {
    this.backend = backend;
    this.trained = trained;
    this.seed = seed;
    loss = step.loss();
    Map<String, Tensor> inputs = new HashMap<>();
    for (String placeholder : step.graph().inputs()) {
      Tensor variable = trained.variables().get(placeholder);
      if (variable == null) {
        variable = other.variables().get(placeholder);
      }
      if (variable != null) {
        inputs.put(placeholder, variable);
      }
    }
    for (NoiseInput noise : step.noises()) {
      Tensor array = owned(backend.zeros(DataType.FLOAT, noise.shape().batch(batch)));
      inputs.put(noise.name(), array);
      noises.add(new Noise(noise, array));
    }
    step.schedules()
        .forEach(
            (placeholder, schedule) -> {
              Tensor scalar = owned(backend.zeros(DataType.FLOAT));
              inputs.put(placeholder, scalar);
              schedules.add(new Scheduled(schedule, scalar));
            });
    real = data(step, StepGraph.REAL, inputs);
    labels = data(step, StepGraph.LABELS, inputs);
    Map<String, Tensor> results = new LinkedHashMap<>();
    // A plan computes its results in their order. Backpropagation meets the last layer first: in
    // that order a layer's activations are done with before those of the layer before it are
    // needed.
    List<String> paths = new ArrayList<>(step.gradients().keySet());
    Collections.reverse(paths);
    for (String path : paths) {
      results.put(step.gradients().get(path), trained.gradients().get(path));
    }
    step.statistics()
        .forEach((path, variable) -> results.put(variable, trained.nextStatistics().get(path)));
    // In one vector, so that a device is asked for them once.
    numbers = List.copyOf(step.numbers().keySet());
    numbersVector = owned(backend.zeros(DataType.FLOAT, numbers.size()));
    for (int i = 0; i < numbers.size(); i++) {
      results.put(step.numbers().get(numbers.get(i)), owned(numbersVector.view(i)));
    }
    try {
      plan = backend.compile(step.graph(), inputs, results);
    } catch (RuntimeException e) {
      own.forEach(Tensor::close);
      throw e;
    } finally {
      HeldArrays.close(step.graph());
    }
  }

  private Tensor owned(Tensor array) {
    own.add(array);
    return array;
  }

  /** Binds a placeholder that is fed from the data, if the step has it. */
  private Tensor data(StepGraph step, String name, Map<String, Tensor> inputs) {
    if (!step.graph().hasVariable(name)) {
      return null;
    }
    long[] shape = step.graph().getVariable(name).placeholderShape();
    Tensor array = owned(backend.zeros(DataType.FLOAT, shape));
    inputs.put(name, array);
    return array;
  }

  /** Room for a batch of real examples, for the steps that take one. */
  FloatBuffer real() {
    return real.floats();
  }

  /** Whether the step takes the labels of the real examples. */
  boolean takesLabels() {
    return labels != null;
  }

  /** Room for their labels, one-hot, for the steps that take them. */
  FloatBuffer labels() {
    return labels.floats();
  }

  /**
   * Draws what a run is to be fed, before it is due: a device computes meanwhile. What can't be
   * drawn is drawn again when it is due, and refused then, between two steps.
   */
  void prepare(Draw next) {
    try {
      draw(next);
    } catch (RuntimeException e) {
      drawn = null;
    }
  }

  private void draw(Draw next) {
    drawn = null;
    if (next.batches() != null) {
      next.batches().read(next.batch(), this);
    }
    for (Noise noise : noises) {
      RandomStream stream = RandomStream.of(seed, noise.input().name(), next.noise());
      noise.input().source().fill(stream, noise.tensor().floats());
    }
    drawn = next;
  }

  /**
   * Computes losses and gradients; changes no network. A device may go on with that by itself.
   *
   * @param fed what it is fed, drawn now if it has not been {@link #prepare prepared}
   * @param step how many generator steps there have been, which schedules go by
   */
  void run(Draw fed, long step) {
    if (!fed.equals(drawn)) {
      draw(fed);
    }
    drawn = null;
    if (real != null) {
      real.flush();
    }
    if (labels != null) {
      labels.flush();
    }
    for (Noise noise : noises) {
      noise.tensor().flush();
    }
    for (Scheduled input : schedules) {
      input.scalar().set(input.schedule().at(step));
    }
    plan.run();
    trained.measureGradient();
    numbersOfRun = null;
  }

  /**
   * The norm of the gradient that the last run has found, once it has been computed.
   *
   * @param step how many generator steps there have been
   * @throws DivergenceException if loss or norm is no number
   */
  double requireFinite(long step) {
    if (!Double.isFinite(loss())) {
      throw new DivergenceException(step + 1, "the " + trained.name() + "'s loss is " + loss());
    }
    double norm = trained.gradientNorm();
    if (!Double.isFinite(norm)) {
      throw new DivergenceException(
          step + 1, "the norm of the " + trained.name() + "'s gradient is " + norm);
    }
    return norm;
  }

  /**
   * Moves the trained network by what {@link #run} found.
   *
   * @param count how many updates it has had then
   * @param step how many generator steps there have been, which schedules go by
   */
  void update(long count, long step) {
    trained.update(count, step);
  }

  /** What the last run minimised, once it has been computed. */
  double loss() {
    return numbers().get(loss);
  }

  /** All numbers of the last run, by name, once they have been computed. */
  Map<String, Double> numbers() {
    if (numbersOfRun == null) {
      FloatBuffer read = FloatBuffer.allocate(numbers.size());
      numbersVector.read(read);
      numbersOfRun = new LinkedHashMap<>();
      for (int i = 0; i < numbers.size(); i++) {
        numbersOfRun.put(numbers.get(i), (double) read.get(i));
      }
    }
    return numbersOfRun;
  }

  /** Gives back the plan's memory and the inputs'; the networks' vectors are not the step's. */
  @Override
  public void close() {
    plan.close();
    own.forEach(Tensor::close);
  }
}
