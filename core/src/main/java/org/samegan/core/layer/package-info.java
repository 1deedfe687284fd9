/**
 * Networks as values: a {@link org.samegan.core.layer.Layer} is an immutable record that knows the
 * shapes and variables that follow from its input and can emit itself into a SameDiff graph; a
 * {@link org.samegan.core.layer.Network} is an input shape and the layers after it, checked when it
 * is made.
 *
 * <pre>{@code
 * Network critic =
 *     Network.of(
 *         Shape.of(28, 28, 1),
 *         new Conv2d(64, 4, 2, Padding.of(1)),
 *         new Activation.LeakyRelu(0.2),
 *         Reshape.to(14 * 14 * 64),
 *         new Dense(1));
 * }</pre>
 *
 * <p>Nothing here holds arrays or runs anything. Images are (height, width, channels).
 */
package org.samegan.core.layer;
