package org.samegan.core.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.backend.Backend;
import org.samegan.core.backend.Norm;
import org.samegan.core.execution.Resource;
import org.samegan.core.execution.Tensor;
import org.samegan.core.layer.Variable;
import org.samegan.core.layer.Variable.Role;
import org.samegan.core.objective.Constraint;
import org.samegan.core.optimizer.MovingAverage;
import org.samegan.core.optimizer.Optimizer;
import org.samegan.core.random.RandomStream;

/**
 * One network's memory while it is trained. Parameters, gradients, running statistics and each of
 * the optimizer's state vectors are one flat vector each; the network's variables are views of
 * them, so that an update is one call however many variables there are.
 *
 * <p>An average of the parameters is kept beside them, and one of the running statistics in the
 * same way: the mean of what a layer gives is linear in its weights, so that the average of the
 * means belongs to the average of the weights, while the latest would belong to weights that the
 * average is still to follow. (The averaged variances are a little above those of the averaged
 * weights, by the part that the circling adds.)
 */
final class TrainedNetwork implements Resource {
  private final Backend backend;
  private final String name;
  private final Optimizer optimizer;
  private final Tensor gradient;
  private final Tensor statistics;
  private final Tensor nextStatistics;
  private final Map<String, Tensor> variables = new LinkedHashMap<>();
  private final Map<String, Tensor> gradients = new LinkedHashMap<>();
  private final Map<String, Tensor> nextStatistic = new LinkedHashMap<>();
  private final List<Tensor> state = new ArrayList<>();
  private final Map<String, Tensor> averages = new LinkedHashMap<>();
  private final Map<String, Tensor> raw = new LinkedHashMap<>();
  private final List<Optimizer.Update> averaging = new ArrayList<>();
  private final Optimizer.Update update;
  private final Norm gradientNorm;

  /** All memory; the networks' variables are views of it. */
  private final List<Tensor> vectors = new ArrayList<>();

  /** With initial values drawn from the seed. */
  TrainedNetwork(
      Backend backend,
      String name,
      List<Variable> all,
      Optimizer optimizer,
      Constraint constraint,
      MovingAverage average,
      long seed) {
    this.backend = backend;
    this.name = name;
    this.optimizer = optimizer;
    if (all.stream().noneMatch(variable -> variable.role() == Role.PARAMETER)) {
      throw new IllegalArgumentException(
          "the " + name + " has nothing to train; give it a layer with weights, such as Dense");
    }
    Tensor parameters = newVector(all, Role.PARAMETER);
    gradient = newVector(all, Role.PARAMETER);
    statistics = newVector(all, Role.STATISTIC);
    nextStatistics = newVector(all, Role.STATISTIC);
    views(all, Role.PARAMETER, parameters, variables);
    views(all, Role.PARAMETER, gradient, gradients);
    views(all, Role.STATISTIC, statistics, variables);
    views(all, Role.STATISTIC, nextStatistics, nextStatistic);
    for (Variable variable : all) {
      Tensor values = variables.get(variable.name());
      RandomStream stream = RandomStream.of(seed, "initial/" + variable.name(), 0);
      variable.initial().fill(stream, values.floats());
      values.flush();
    }
    optimizer.stateNames().forEach(vector -> state.add(newVector(all, Role.PARAMETER)));
    update = backend.update(optimizer, constraint, parameters, gradient, state);
    gradientNorm = backend.norm(gradient);
    if (average.enabled()) {
      average(average, all, Role.PARAMETER, parameters, gradient);
      if (statistics != null) {
        average(average, all, Role.STATISTIC, statistics, nextStatistics);
      }
    }
  }

  /** What a step leaves in the scratch is used up when the average follows. */
  private void average(
      MovingAverage average, List<Variable> all, Role role, Tensor vector, Tensor scratch) {
    Tensor averaged = backend.copyOf(vector);
    vectors.add(averaged);
    views(all, role, averaged, averages);
    raw.put(RawVector.path(name, role), vector);
    averaging.add(backend.average(average, vector, averaged, scratch));
  }

  /** Gives a variable its first values; an average starts from them too. */
  void start(String path, INDArray values) {
    variables.get(path).assign(values);
    if (averages.containsKey(path)) {
      averages.get(path).assign(values);
    }
  }

  /** Its name, the first part of its variables' paths. */
  String name() {
    return name;
  }

  /** The variables' arrays by path; what is written to them is used by the next step. */
  Map<String, Tensor> variables() {
    return variables;
  }

  /** Where a step leaves the gradients, by the parameters' paths. */
  Map<String, Tensor> gradients() {
    return gradients;
  }

  /** Where a step leaves the running statistics' next values, by path. */
  Map<String, Tensor> nextStatistics() {
    return nextStatistic;
  }

  /** The flat vectors that a step leaves: of the gradients and, if any, of next statistics. */
  List<Tensor> stepVectors() {
    return nextStatistics == null ? List.of(gradient) : List.of(gradient, nextStatistics);
  }

  /** Computes the norm of all gradients together. */
  void measureGradient() {
    gradientNorm.start();
  }

  /** The norm that was measured last, which is NaN or infinite if one of the gradients was. */
  double gradientNorm() {
    return gradientNorm.get();
  }

  /** The step size at a generator step. */
  double learningRate(long step) {
    return optimizer.learningRate().at(step);
  }

  /**
   * Moves the parameters by the gradients, takes over the next statistics, and averages both.
   *
   * @param count how many updates there have been, this one included
   * @param step how many generator steps there have been
   */
  void update(long count, long step) {
    update.apply(count, step);
    if (statistics != null) {
      statistics.assign(nextStatistics);
    }
    for (Optimizer.Update follow : averaging) {
      follow.apply(count, step);
    }
  }

  /** Everything a checkpoint keeps, by path, as {@link TrainingState} has it. */
  Map<String, Tensor> tensors() {
    Map<String, Tensor> tensors = new LinkedHashMap<>(raw.isEmpty() ? variables : averages);
    tensors.putAll(raw);
    for (int i = 0; i < state.size(); i++) {
      tensors.put(name + "/optimizer/" + optimizer.stateNames().get(i), state.get(i));
    }
    return tensors;
  }

  /** The values of what a checkpoint keeps, by path; on the CPU they are its own memory. */
  Map<String, INDArray> arrays() {
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    tensors().forEach((path, tensor) -> arrays.put(path, tensor.array()));
    return arrays;
  }

  private Tensor newVector(List<Variable> variables, Role role) {
    long length =
        variables.stream()
            .filter(variable -> variable.role() == role)
            .mapToLong(variable -> variable.shape().elements())
            .sum();
    if (length == 0) {
      return null;
    }
    Tensor vector = backend.zeros(DataType.FLOAT, length);
    vectors.add(vector);
    return vector;
  }

  /** Views of a vector that joins the values of the variables of one role, by path. */
  static void views(List<Variable> variables, Role role, Tensor vector, Map<String, Tensor> views) {
    long offset = 0;
    for (Variable variable : variables) {
      if (variable.role() == role) {
        long[] shape =
            variable.shape().dimensions().stream().mapToLong(Integer::longValue).toArray();
        views.put(variable.name(), vector.view(offset, shape));
        offset += variable.shape().elements();
      }
    }
  }

  /** Gives all memory back; nothing of this may be used any more. */
  @Override
  public void close() {
    update.close();
    gradientNorm.close();
    averaging.forEach(Optimizer.Update::close);
    // A view may hold something of its own, where the memory is not ND4J's.
    Stream.of(variables, gradients, nextStatistic, averages)
        .flatMap(views -> views.values().stream())
        .forEach(Tensor::close);
    vectors.forEach(Tensor::close);
  }
}
