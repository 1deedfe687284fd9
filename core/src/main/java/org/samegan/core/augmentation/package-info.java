/**
 * Differentiable augmentation: random transformations of what a discriminator sees, real and
 * generated images alike, through which the generator's gradient flows. A {@link
 * org.samegan.core.augmentation.Transformation} says what is random about it, drawn on the host,
 * and how it is emitted; an {@link org.samegan.core.augmentation.AugmentationPolicy} says which are
 * applied, and how often.
 *
 * <p>{@link org.samegan.core.data.Augmentation} is another thing: classifiers read their examples
 * through it, and nothing flows back.
 */
package org.samegan.core.augmentation;
