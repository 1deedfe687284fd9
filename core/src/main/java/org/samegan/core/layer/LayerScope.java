package org.samegan.core.layer;

import java.util.function.Supplier;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.samegan.core.Shape;
import org.samegan.core.random.Distribution;

/** What a layer sees of the graph while it is emitted: its own variables, and the mode. */
public interface LayerScope {
  /** The graph to emit into. */
  SameDiff graph();

  /** Whether the graph is one for training: batch statistics, dropout. */
  boolean training();

  /**
   * The number of examples in a batch.
   *
   * @throws IllegalStateException in an inference graph, which takes any batch
   */
  int batch();

  /** The layer's own variable of this name, as declared by {@link Layer#variables}. */
  SDVariable variable(String name);

  /** The same place where a variable has another value: a layer that is given a changed weight. */
  LayerScope withVariable(String name, SDVariable value);

  /**
   * What all passes through the graph have in common, such as a function of variables alone.
   *
   * @param emission emits it; called for the first pass only
   */
  SDVariable shared(String name, Supplier<SDVariable> emission);

  /** The place of a layer inside this one, whose variables' names start with this. */
  LayerScope inner(String name);

  /**
   * A random array of shape (batch, shape...), drawn anew for every step.
   *
   * @throws IllegalStateException in an inference graph, which is deterministic
   */
  SDVariable noise(String name, Shape shape, Distribution distribution);

  /**
   * Says what this pass saw of a running statistic. After the step the statistic is {@code momentum
   * * old + (1 - momentum) * seen}, with the mean of what its passes saw.
   */
  void observe(String statistic, SDVariable seen, double momentum);
}
