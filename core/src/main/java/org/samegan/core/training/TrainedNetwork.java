package org.samegan.core.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.execution.HostBuffer;
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
final class TrainedNetwork implements AutoCloseable {
  private final String name;
  private final Optimizer optimizer;
  private final INDArray statistics;
  private final INDArray nextStatistics;
  private final Map<String, INDArray> variables = new LinkedHashMap<>();
  private final Map<String, INDArray> gradients = new LinkedHashMap<>();
  private final Map<String, INDArray> nextStatistic = new LinkedHashMap<>();
  private final List<INDArray> state = new ArrayList<>();
  private final Map<String, INDArray> averages = new LinkedHashMap<>();
  private final Map<String, INDArray> raw = new LinkedHashMap<>();
  private final List<Optimizer.Update> averaging = new ArrayList<>();
  private final Optimizer.Update update;
  private final VectorNorm gradientNorm;

  /** All memory; the networks' variables are views of it. */
  private final List<INDArray> vectors = new ArrayList<>();

  /** With initial values drawn from the seed. */
  TrainedNetwork(
      String name,
      List<Variable> all,
      Optimizer optimizer,
      Constraint constraint,
      MovingAverage average,
      long seed) {
    this.name = name;
    this.optimizer = optimizer;
    if (all.stream().noneMatch(variable -> variable.role() == Role.PARAMETER)) {
      throw new IllegalArgumentException(
          "the " + name + " has nothing to train; give it a layer with weights, such as Dense");
    }
    INDArray parameters = newVector(all, Role.PARAMETER);
    INDArray gradient = newVector(all, Role.PARAMETER);
    statistics = newVector(all, Role.STATISTIC);
    nextStatistics = newVector(all, Role.STATISTIC);
    views(all, Role.PARAMETER, parameters, variables);
    views(all, Role.PARAMETER, gradient, gradients);
    views(all, Role.STATISTIC, statistics, variables);
    views(all, Role.STATISTIC, nextStatistics, nextStatistic);
    for (Variable variable : all) {
      HostBuffer buffer = new HostBuffer(variables.get(variable.name()));
      RandomStream stream = RandomStream.of(seed, "initial/" + variable.name(), 0);
      variable.initial().fill(stream, buffer.floats());
      buffer.flush();
    }
    optimizer.stateNames().forEach(vector -> state.add(newVector(all, Role.PARAMETER)));
    update = optimizer.bind(parameters, gradient, state).then(constraint, parameters);
    gradientNorm = new VectorNorm(gradient);
    if (average.enabled()) {
      average(average, all, Role.PARAMETER, parameters, gradient);
      if (statistics != null) {
        average(average, all, Role.STATISTIC, statistics, nextStatistics);
      }
    }
  }

  /** What a step leaves in the scratch is used up when the average follows. */
  private void average(
      MovingAverage average, List<Variable> all, Role role, INDArray vector, INDArray scratch) {
    INDArray averaged = vector.dup();
    vectors.add(averaged);
    views(all, role, averaged, averages);
    raw.put(RawVector.path(name, role), vector);
    averaging.add(average.bind(vector, averaged, scratch));
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
  Map<String, INDArray> variables() {
    return variables;
  }

  /** Where a step leaves the gradients, by the parameters' paths. */
  Map<String, INDArray> gradients() {
    return gradients;
  }

  /** Where a step leaves the running statistics' next values, by path. */
  Map<String, INDArray> nextStatistics() {
    return nextStatistic;
  }

  /** The norm of all gradients together, which is NaN or infinite if one of them is. */
  double gradientNorm() {
    return gradientNorm.compute();
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
  Map<String, INDArray> arrays() {
    Map<String, INDArray> arrays = new LinkedHashMap<>(raw.isEmpty() ? variables : averages);
    arrays.putAll(raw);
    for (int i = 0; i < state.size(); i++) {
      arrays.put(name + "/optimizer/" + optimizer.stateNames().get(i), state.get(i));
    }
    return arrays;
  }

  private INDArray newVector(List<Variable> variables, Role role) {
    long length =
        variables.stream()
            .filter(variable -> variable.role() == role)
            .mapToLong(variable -> variable.shape().elements())
            .sum();
    if (length == 0) {
      return null;
    }
    INDArray vector = Nd4j.zeros(DataType.FLOAT, length);
    vectors.add(vector);
    return vector;
  }

  /** Views of a vector that joins the values of the variables of one role, by path. */
  static void views(
      List<Variable> variables, Role role, INDArray vector, Map<String, INDArray> views) {
    long offset = 0;
    for (Variable variable : variables) {
      if (variable.role() == role) {
        long[] shape =
            variable.shape().dimensions().stream().mapToLong(Integer::longValue).toArray();
        views.put(
            variable.name(),
            Nd4j.create(vector.data(), shape, Nd4j.getStrides(shape, 'c'), offset, 'c'));
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
    vectors.forEach(INDArray::close);
  }
}
