/**
 * Gradients as graph transformations: {@link org.samegan.core.gradient.Gradients} walks a SameDiff
 * graph backwards and emits the gradient into the same graph, from one rule for each op. Every rule
 * emits only ops that have a rule, so a gradient can be differentiated again:
 *
 * <pre>{@code
 * SDVariable slope = Gradients.of(critic.sum(), List.of(points)).get(0);
 * SDVariable penalty = slope.mul(slope).sum().sub(1);
 * List<SDVariable> second = Gradients.of(penalty, weights);
 * }</pre>
 *
 * <p>Shapes must be static. A rule is told which inputs need a gradient, and emits the cheapest
 * form.
 */
package org.samegan.core.gradient;
