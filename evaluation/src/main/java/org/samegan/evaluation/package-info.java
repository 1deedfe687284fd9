/**
 * How good a generator is: features in, numbers out. {@link org.samegan.evaluation.Features} are
 * what some network saw in images; every metric is a function of the features of real and of
 * generated images, and {@link org.samegan.evaluation.Floor} says what the same metric gives
 * between two sets of real images, without which no number means anything.
 *
 * <p>Everything is computed in double precision, in an order that depends on neither machine nor
 * threads: equal features and an equal seed give equal bits. What has n x n distances computes them
 * in tiles, of which few stand in memory.
 *
 * <pre>{@code
 * double distance = FrechetDistance.between(real, generated);
 * Floor floor = Floor.of(real, generated.count(), seed, FrechetDistance::between);
 * }</pre>
 */
package org.samegan.evaluation;
