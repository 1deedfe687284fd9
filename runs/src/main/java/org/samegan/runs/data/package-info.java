/**
 * What a run learns from: a {@link org.samegan.runs.data.DataPlace} is where a configuration says
 * that the data is, {@link org.samegan.runs.data.FoundExamples} are known by their form, {@link
 * org.samegan.runs.data.Examples} are ready to be trained on. Images and points of the plane go the
 * same way; nothing behind this package tells them apart by their place.
 */
package org.samegan.runs.data;
