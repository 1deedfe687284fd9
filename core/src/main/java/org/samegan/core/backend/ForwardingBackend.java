package org.samegan.core.backend;

import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.execution.CompiledGraph;
import org.samegan.core.execution.Tensor;
import org.samegan.core.objective.Constraint;
import org.samegan.core.optimizer.MovingAverage;
import org.samegan.core.optimizer.Optimizer;

/**
 * Another backend, which does everything: for those who watch one and override what they watch.
 * {@link #forPart} is not forwarded, as what it gave would not be watched.
 */
public abstract class ForwardingBackend implements Backend {
  private final Backend backend;

  /** Before another backend. */
  protected ForwardingBackend(Backend backend) {
    this.backend = backend;
  }

  /** The one that does everything. */
  protected final Backend backend() {
    return backend;
  }

  @Override
  public String description() {
    return backend.description();
  }

  @Override
  public Tensor zeros(DataType type, long... shape) {
    return backend.zeros(type, shape);
  }

  @Override
  public Tensor of(INDArray array) {
    return backend.of(array);
  }

  @Override
  public CompiledGraph compile(
      SameDiff graph, Map<String, Tensor> inputs, Map<String, Tensor> results) {
    return backend.compile(graph, inputs, results);
  }

  @Override
  public Optimizer.Update update(
      Optimizer optimizer,
      Constraint constraint,
      Tensor parameters,
      Tensor gradient,
      List<Tensor> state) {
    return backend.update(optimizer, constraint, parameters, gradient, state);
  }

  @Override
  public Optimizer.Update average(
      MovingAverage average, Tensor values, Tensor averaged, Tensor scratch) {
    return backend.average(average, values, averaged, scratch);
  }

  @Override
  public Norm norm(Tensor vector) {
    return backend.norm(vector);
  }
}
