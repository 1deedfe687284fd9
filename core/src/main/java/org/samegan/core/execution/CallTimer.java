package org.samegan.core.execution;

import java.util.List;

/**
 * Is told how long the calls of a compiled graph take. All times are {@link System#nanoTime}'s. It
 * is called between the calls, so what it does itself is in none of them.
 */
public interface CallTimer {
  /** What every run calls, in order; told once, before the first run that is timed. */
  void calls(List<PlannedCall> calls);

  /**
   * A call has been made.
   *
   * @param call its place in the order, from 0
   * @param start when it began, in nanoseconds
   * @param end when it had returned, and on a GPU had been done, in nanoseconds
   */
  void took(int call, long start, long end);

  /** A run has ended, the calls of which have all been told. */
  void ran(long start, long end);
}
