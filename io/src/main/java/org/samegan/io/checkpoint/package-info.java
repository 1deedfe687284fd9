/**
 * Checkpoints: {@link org.samegan.io.checkpoint.Checkpoint} writes a training state as a directory
 * that is whole or absent, and reads it back only if every byte is as it was written.
 *
 * <pre>
 * step-00001875/
 *   manifest.json      format version, progress, model, files with size and SHA-256, own checksum
 *   generator.fb       SameDiff graph, "latent" [-1, n] to "image" [-1, height, width, channels]
 *   discriminator.fb   SameDiff graph, "image", if conditional also "labels", to "logits" [-1, 1]
 *   recognition.fb     SameDiff graph, "image" to "codes" [-1, n]; only with recognition
 *   training.fb        what training needs besides, as variables of a graph without ops
 * </pre>
 */
package org.samegan.io.checkpoint;
