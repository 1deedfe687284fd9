/**
 * How gradients become updates: an {@link org.samegan.core.optimizer.Optimizer} is a value that is
 * bound to one flat vector of parameters, its gradient and its state. The formulas are those of
 * PyTorch; the heavy part is ND4J's native updaters. A {@link
 * org.samegan.core.optimizer.MovingAverage} follows such a vector.
 */
package org.samegan.core.optimizer;
