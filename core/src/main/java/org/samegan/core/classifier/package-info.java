/**
 * Classifiers: a {@link org.samegan.core.classifier.Classifier} tells classes of examples apart,
 * and the layer before its last gives the features by which generators are measured.
 */
package org.samegan.core.classifier;
