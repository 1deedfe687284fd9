/**
 * Trained networks made ready for inference, apart from any graph: a {@link
 * org.samegan.core.inference.FrozenNetwork} is a network with its values, and can be rewritten into
 * an equal one that is cheaper to run.
 *
 * <pre>{@code
 * FrozenNetwork generator = new FrozenNetwork("generator", gan.generator(), arrays).folded();
 * InferenceGraph.emit(generator, "latent", "image");
 * }</pre>
 *
 * <p>Every export starts here, so that a rewrite is written once and serves all formats.
 */
package org.samegan.core.inference;
