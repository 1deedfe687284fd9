/**
 * What an experiment shows: means with intervals, paired differences, and what they say. Read
 * {@link org.samegan.evaluation.experiment.PairedDifference}.
 */
package org.samegan.evaluation.experiment;
