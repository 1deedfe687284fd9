/**
 * Distances between the distribution of real and that of generated features: {@link
 * org.samegan.evaluation.distance.FrechetDistance} compares Gaussians, {@link
 * org.samegan.evaluation.distance.KernelDistance} all moments up to the third, {@link
 * org.samegan.evaluation.distance.Mind} the sets themselves, direction by direction.
 */
package org.samegan.evaluation.distance;
