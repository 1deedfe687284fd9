/**
 * Labelled synthetic images, and an honest answer whether they help: read {@link
 * org.samegan.runs.augment.AugmentExperiment}.
 */
package org.samegan.runs.augment;
