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
}
