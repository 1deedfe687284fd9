package org.samegan.core.backend;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.execution.CompiledGraph;
import org.samegan.core.execution.Plan;
import org.samegan.core.execution.Tensor;
import org.samegan.core.objective.Constraint;
import org.samegan.core.optimizer.MovingAverage;
import org.samegan.core.optimizer.Optimizer;

/** Computes with ND4J's native library, on the CPU or on the GPU that the library is for. */
enum Nd4jBackend implements Backend {
  /** There is one library in a process. */
  INSTANCE;

  @Override
  public String description() {
    return "ND4J, " + Nd4j.getBackend().getClass().getSimpleName();
  }

  @Override
  public Tensor zeros(DataType type, long... shape) {
    // Nd4j.zeros would make a vector of no extents.
    return of(shape.length == 0 ? Nd4j.scalar(type, 0) : Nd4j.zeros(type, shape));
  }

  @Override
  public Tensor of(INDArray array) {
    return new Nd4jTensor(array);
  }

  @Override
  public CompiledGraph compile(
      SameDiff graph, Map<String, Tensor> inputs, Map<String, Tensor> results) {
    return Plan.compile(graph, arrays(inputs), arrays(results));
  }

  @Override
  public Optimizer.Update update(
      Optimizer optimizer,
      Constraint constraint,
      Tensor parameters,
      Tensor gradient,
      List<Tensor> state) {
    return optimizer
        .bind(parameters.array(), gradient.array(), arrays(state))
        .then(constraint, parameters.array());
  }

  @Override
  public Optimizer.Update average(
      MovingAverage average, Tensor values, Tensor averaged, Tensor scratch) {
    return average.bind(values.array(), averaged.array(), scratch.array());
  }

  @Override
  public Norm norm(Tensor vector) {
    return new Nd4jNorm(vector.array());
  }

  private static List<INDArray> arrays(List<Tensor> tensors) {
    return tensors.stream().map(Tensor::array).toList();
  }

  private static Map<String, INDArray> arrays(Map<String, Tensor> tensors) {
    // In order: a plan computes its results in theirs.
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> arrays.put(name, tensor.array()));
    return arrays;
  }
}
