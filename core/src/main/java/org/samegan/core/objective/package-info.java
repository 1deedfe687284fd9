/**
 * What networks minimise, whatever they look like: an {@link org.samegan.core.objective.Objective}
 * is a pair of losses of the discriminator's outputs, a {@link
 * org.samegan.core.objective.GradientPenalty} is added to the discriminator's, and a {@link
 * org.samegan.core.objective.Constraint} holds for its weights after every update. Each cites its
 * paper.
 */
package org.samegan.core.objective;
