/**
 * Classifiers trained on labelled images: read {@link
 * org.samegan.runs.classifier.ClassifierTraining}.
 */
package org.samegan.runs.classifier;
