/**
 * Runs on disk: {@link org.samegan.io.run.Run} is a run's directory, {@link
 * org.samegan.io.run.RunConfig} what it was asked to do.
 */
package org.samegan.io.run;
