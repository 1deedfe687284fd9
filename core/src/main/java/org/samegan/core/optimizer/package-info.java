/**
 * How gradients become updates: an {@link org.samegan.core.optimizer.Optimizer} is a value that is
 * bound to one flat vector of parameters, its gradient and its state. The formulas are those of
 * PyTorch; the heavy part is ND4J's native updaters.
 */
package org.samegan.core.optimizer;
