/**
 * Trained classifiers as files, and the one that comes with SameGAN: read {@link
 * org.samegan.io.classifier.ClassifierFile}.
 */
package org.samegan.io.classifier;
