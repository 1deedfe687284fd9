package org.samegan.runs.augment;

import java.time.Duration;

/** Watches an experiment, on the thread that it runs on. */
public interface AugmentListener {
  /** Something that users should know. */
  default void noticed(String notice) {}

  /** A step is done; told about every five seconds, and at each part's end. */
  default void progressed(Progress progress) {}

  /**
   * How far an experiment is.
   *
   * @param part what is being trained, such as {@code subset 1 of 5, arm R+G}
   * @param step of the part
   * @param steps the part has
   * @param share of the whole experiment that is done, from 0 to 1, by its steps' time
   * @param left until its end, as far as can be known
   */
  record Progress(String part, long step, long steps, double share, Duration left) {}
}
