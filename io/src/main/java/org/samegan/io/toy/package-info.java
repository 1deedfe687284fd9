/**
 * Data of two coordinates, on which it can be counted whether a generator finds every mode, and its
 * picture.
 *
 * <p>The entry type is {@link org.samegan.io.toy.ToyData}:
 *
 * <pre>{@code
 * ToyData data = ToyData.named("8gaussians");
 * ModeStatistics found = data.distribution().modesCovered(samples, 4);
 * ScatterPlot.STANDARD.write(Path.of("samples.png"), data.points(10_000), samples);
 * }</pre>
 *
 * <p>Invariants: a point is a function of (distribution, split, seed, index) and the same on every
 * machine; equal points give an equal picture.
 */
package org.samegan.io.toy;
