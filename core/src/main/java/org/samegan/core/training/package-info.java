/**
 * Training: a {@link org.samegan.core.gan.Gan} is two networks and a {@link
 * org.samegan.core.gan.Recipe}; a {@link org.samegan.core.training.Trainer} alternates its two
 * steps, each a {@link org.samegan.core.training.StepGraph} compiled once. What it has learnt is a
 * {@link org.samegan.core.training.TrainingState}, or leaves as an {@link
 * org.samegan.core.inference.InferenceGraph} that a {@link org.samegan.core.inference.Sampler}
 * draws from.
 *
 * <p>A run is a function of GAN, data, batch size, seed and number of threads, to the bit.
 */
package org.samegan.core.training;
