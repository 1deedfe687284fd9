package org.samegan.core.execution;

/**
 * A graph compiled for fixed tensors, which it reads and writes where they are. It is not safe for
 * concurrent use.
 */
public interface CompiledGraph extends Resource {
  /**
   * Computes the results from what the inputs hold now.
   *
   * @throws IllegalStateException if it has been closed
   */
  void run();

  /**
   * Has all later runs timed, call by call. It then computes the same, to the bit.
   *
   * @param timer is told what the calls are before this returns
   */
  void time(CallTimer timer);
}
