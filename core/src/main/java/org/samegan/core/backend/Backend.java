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
 * Computes graphs on a device: has its memory, compiles graphs onto it, and updates parameters
 * there. Trainers and generators speak to a device through this alone.
 */
public interface Backend {
  /** ND4J's, which is the default and the reference. */
  static Backend nd4j() {
    return Nd4jBackend.INSTANCE;
  }

  /** What it computes with and where, in words, such as {@code ND4J on the CPU}. */
  String description();

  /**
   * This backend for a part of the work. What computes needs no name for it; what watches a backend
   * tells by it to whom graphs, updates and norms belong.
   *
   * @param part such as the network that a step trains
   */
  default Backend forPart(String part) {
    return this;
  }

  /** An array of zeros; without extents a single number. */
  Tensor zeros(DataType type, long... shape);

  /** A single number. */
  default Tensor scalar(DataType type, double value) {
    Tensor scalar = zeros(type);
    scalar.set(value);
    return scalar;
  }

  /**
   * A tensor of an array of ND4J's, which must be row-major: its own memory where the backend is
   * ND4J's, closed with the tensor, else a copy.
   */
  Tensor of(INDArray array);

  /** Another array with the same type, shape and values. */
  default Tensor copyOf(Tensor tensor) {
    Tensor copy = zeros(tensor.type(), tensor.shape());
    copy.assign(tensor);
    return copy;
  }

  /**
   * Compiles what is needed for the results.
   *
   * @param graph a graph without control flow; the values of its constants, and of variables for
   *     which no tensor is given, are copied
   * @param inputs tensors for the placeholders, and for variables that compiled graphs are to
   *     share, read in place at every run
   * @param results tensors that receive variables of the graph, by the variables' names; none may
   *     share memory with an input
   * @throws IllegalArgumentException if a placeholder that is needed has no tensor, a tensor has
   *     the wrong type or shape, or the graph has an op that this backend can't compute
   */
  CompiledGraph compile(SameDiff graph, Map<String, Tensor> inputs, Map<String, Tensor> results);

  /**
   * Prepares an optimizer's update of one vector of parameters, after which they satisfy a
   * constraint.
   *
   * @param parameters what to change, a float vector
   * @param gradient of the same length, read and perhaps overwritten at every step
   * @param state one vector for each of {@link Optimizer#stateNames}, changed at every step
   */
  Optimizer.Update update(
      Optimizer optimizer,
      Constraint constraint,
      Tensor parameters,
      Tensor gradient,
      List<Tensor> state);

  /**
   * Prepares the update of an average, which takes over the present values.
   *
   * @param values what to average, a float vector
   * @param averaged of the same length, changed at every step
   * @param scratch of the same length, perhaps overwritten at every step
   */
  Optimizer.Update average(MovingAverage average, Tensor values, Tensor averaged, Tensor scratch);

  /** Prepares the norm of a vector. */
  Norm norm(Tensor vector);
}
