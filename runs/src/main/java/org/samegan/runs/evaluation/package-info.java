/**
 * How good a generator is, measured on images: read {@link org.samegan.runs.evaluation.Evaluation}.
 */
package org.samegan.runs.evaluation;
