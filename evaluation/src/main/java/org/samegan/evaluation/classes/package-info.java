/**
 * What a classifier's opinion of generated images tells. {@link
 * org.samegan.evaluation.classes.ClassProbabilities} is that opinion.
 */
package org.samegan.evaluation.classes;
