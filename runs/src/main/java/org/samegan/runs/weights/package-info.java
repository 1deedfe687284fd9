/**
 * Weights that were trained before, and a run that starts from them: read {@link
 * org.samegan.runs.weights.WeightSource}.
 */
package org.samegan.runs.weights;
