package org.samegan.core.training;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.execution.HostBuffer;
import org.samegan.core.execution.Plan;
import org.samegan.core.graph.HeldArrays;
import org.samegan.core.layer.NetworkEmission.NoiseInput;
import org.samegan.core.random.RandomStream;
import org.samegan.core.schedule.Schedule;

/** A step graph compiled onto the memory of the networks it works on. */
final class CompiledStep implements AutoCloseable {
  private record Noise(NoiseInput input, HostBuffer buffer) {}

  private record Scheduled(Schedule schedule, INDArray scalar) {}

  private final Plan plan;
  private final List<Noise> noises = new ArrayList<>();
  private final List<Scheduled> schedules = new ArrayList<>();
  private final String loss;
  private final Map<String, INDArray> numbers = new LinkedHashMap<>();
  private final TrainedNetwork trained;
  private final long seed;
  private final HostBuffer real;
  private final HostBuffer labels;

  /** What the step is fed, and the numbers that it leaves. */
  private final List<INDArray> own = new ArrayList<>();

  /** Takes the step's graph over, whose arrays are closed once the plan has copied them. */
  CompiledStep(StepGraph step, int batch, long seed, TrainedNetwork trained, TrainedNetwork other) {
    this.trained = trained;
    this.seed = seed;
    loss = step.loss();
    Map<String, INDArray> inputs = new HashMap<>();
    for (String placeholder : step.graph().inputs()) {
      INDArray variable = trained.variables().get(placeholder);
      if (variable == null) {
        variable = other.variables().get(placeholder);
      }
      if (variable != null) {
        inputs.put(placeholder, variable);
      }
    }
    for (NoiseInput noise : step.noises()) {
      INDArray array = owned(Nd4j.zeros(DataType.FLOAT, noise.shape().batch(batch)));
      inputs.put(noise.name(), array);
      noises.add(new Noise(noise, new HostBuffer(array)));
    }
    step.schedules()
        .forEach(
            (placeholder, schedule) -> {
              INDArray scalar = owned(Nd4j.scalar(DataType.FLOAT, 0));
              inputs.put(placeholder, scalar);
              schedules.add(new Scheduled(schedule, scalar));
            });
    real = data(step, StepGraph.REAL, inputs);
    labels = data(step, StepGraph.LABELS, inputs);
    Map<String, INDArray> results = new LinkedHashMap<>();
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
    step.numbers()
        .forEach(
            (number, variable) -> {
              INDArray scalar = owned(Nd4j.scalar(DataType.FLOAT, 0));
              numbers.put(number, scalar);
              results.put(variable, scalar);
            });
    try {
      plan = Plan.compile(step.graph(), inputs, results);
    } catch (RuntimeException e) {
      own.forEach(INDArray::close);
      throw e;
    } finally {
      HeldArrays.close(step.graph());
    }
  }

  private INDArray owned(INDArray array) {
    own.add(array);
    return array;
  }

  /** Binds a placeholder that is fed from the data, if the step has it. */
  private HostBuffer data(StepGraph step, String name, Map<String, INDArray> inputs) {
    if (!step.graph().hasVariable(name)) {
      return null;
    }
    long[] shape = step.graph().getVariable(name).placeholderShape();
    INDArray array = owned(Nd4j.zeros(DataType.FLOAT, shape));
    inputs.put(name, array);
    return new HostBuffer(array);
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
   * Draws the noise, and computes losses and gradients; changes no network.
   *
   * @param index which of the noise streams to use: the step's number, from 0
   * @param step how many generator steps there have been, which schedules go by
   */
  void run(long index, long step) {
    if (real != null) {
      real.flush();
    }
    if (labels != null) {
      labels.flush();
    }
    for (Noise noise : noises) {
      RandomStream stream = RandomStream.of(seed, noise.input().name(), index);
      noise.input().source().fill(stream, noise.buffer().floats());
      noise.buffer().flush();
    }
    for (Scheduled input : schedules) {
      input.scalar().putScalar(0, input.schedule().at(step));
    }
    plan.run();
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

  /** What the last run minimised. */
  double loss() {
    return numbers.get(loss).getDouble(0);
  }

  /** All numbers of the last run, by name. */
  Map<String, Double> numbers() {
    Map<String, Double> values = new LinkedHashMap<>();
    numbers.forEach((name, scalar) -> values.put(name, scalar.getDouble(0)));
    return values;
  }

  /** Gives back the plan's memory and the inputs'; the networks' vectors are not the step's. */
  @Override
  public void close() {
    plan.close();
    own.forEach(INDArray::close);
  }
}
