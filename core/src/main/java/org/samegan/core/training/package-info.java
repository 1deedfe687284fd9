/**
 * Training: a {@link org.samegan.core.gan.Gan} is two networks and a {@link
 * org.samegan.core.gan.Recipe}; a {@link org.samegan.core.training.Trainer} alternates its two
 * steps, each a {@link org.samegan.core.training.StepGraph} compiled once. What it has learnt is a
 * {@link org.samegan.core.training.TrainingState}, or leaves as an {@link
 * org.samegan.core.inference.InferenceGraph} that a {@link org.samegan.core.inference.Sampler}
 * draws from.
 *
 * <p>A run is a function of GAN, data, {@link org.samegan.core.training.Sharding}, seed and number
 * of threads, to the bit. A step is that of a shard, run for each; their sum is a {@link
 * org.samegan.core.training.TreeSum}, which an {@link org.samegan.core.training.Exchange} completes
 * where other processes compute some of them.
 */
package org.samegan.core.training;
