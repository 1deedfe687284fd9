/**
 * Samples as files: {@link org.samegan.runs.sampling.Samples} draws from a trained generator,
 * wherever it comes from, pictures, single images, tables of points and tensors.
 */
package org.samegan.runs.sampling;
