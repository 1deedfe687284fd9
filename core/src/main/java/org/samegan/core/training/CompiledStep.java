package org.samegan.core.training;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.samegan.core.backend.Backend;
import org.samegan.core.execution.CompiledGraph;
import org.samegan.core.execution.Resource;
import org.samegan.core.execution.Tensor;
import org.samegan.core.graph.HeldArrays;

/**
 * A step graph compiled onto the memory of the networks it works on. It is the graph of a shard,
 * and is run for one after the other.
 */
final class CompiledStep implements Resource {
  private final CompiledGraph plan;
  private final StepInputs inputs;
  private final Exchange exchange;
  private final int[] shards;
  private final TreeSum sum;
  private final String loss;
  private final List<String> numbers;
  private final Tensor numbersVector;
  private final TrainedNetwork trained;
  private Map<String, Double> numbersOfRun;

  /** The numbers that the step leaves. */
  private final List<Tensor> own = new ArrayList<>();

  /**
   * Takes the step's graph over, whose arrays are closed once the plan has copied them.
   *
   * @param step emitted for the examples of one shard
   * @param others networks that it only reads
   */
  CompiledStep(
      Backend backend,
      StepGraph step,
      Sharding sharding,
      long seed,
      TrainedNetwork trained,
      TrainedNetwork... others) {
    this.trained = trained;
    exchange = sharding.exchange();
    shards = exchange.own(sharding.shards()).toArray();
    loss = step.loss();
    inputs = new StepInputs(backend, step, sharding, seed);
    Map<String, Tensor> read = new HashMap<>(inputs.tensors());
    for (String placeholder : step.graph().inputs()) {
      Stream.concat(Stream.of(trained), Stream.of(others))
          .map(network -> network.variables().get(placeholder))
          .filter(Objects::nonNull)
          .findFirst()
          .ifPresent(variable -> read.put(placeholder, variable));
    }
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
    sum =
        new TreeSum(
            backend,
            new ShardTree(sharding.shards()),
            Stream.concat(trained.stepVectors().stream(), Stream.of(numbersVector)).toList());
    try {
      plan = backend.compile(step.graph(), read, results);
    } catch (RuntimeException e) {
      closeTensors();
      throw e;
    } finally {
      HeldArrays.close(step.graph());
    }
  }

  private Tensor owned(Tensor array) {
    own.add(array);
    return array;
  }

  /** What the step is fed. */
  StepInputs inputs() {
    return inputs;
  }

  /**
   * Computes losses and gradients; changes no network. A device may go on with that by itself.
   *
   * @param fed what it is fed, drawn now if it has not been {@link StepInputs#prepare prepared}
   * @param step how many generator steps there have been, which schedules go by
   */
  void run(Draw fed, long step) {
    inputs.feed(fed, step);
    sum.clear();
    for (int shard : shards) {
      inputs.cut(shard);
      plan.run();
      sum.add(sum.tree().leaf(shard));
    }
    exchange.complete(sum);
    sum.divide();
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
    closeTensors();
  }

  private void closeTensors() {
    sum.close();
    inputs.close();
    own.forEach(Tensor::close);
  }
}
