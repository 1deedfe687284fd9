/**
 * Trained generators in services: {@link org.samegan.io.inference.Generator} is loaded once and
 * then asked from any thread.
 *
 * <p>Invariants: the same call gives the same bits, whatever else runs at the time; memory outside
 * the heap grows to a fixed size and no further.
 *
 * <pre>{@code
 * try (Generator generator = Generator.load(Path.of("runs/first"))) {
 *   PngImage.write(Path.of("digit.png"), generator.generate(1, 42).get(0));
 * }
 * }</pre>
 */
package org.samegan.io.inference;
