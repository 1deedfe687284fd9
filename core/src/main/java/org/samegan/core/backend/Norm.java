package org.samegan.core.backend;

import org.samegan.core.execution.Resource;

/** The Euclidean norm of a vector, computed without allocating. */
public interface Norm extends Resource {
  /** Computes that of the vector as it is now; a device may go on with it by itself. */
  void start();

  /** What was started last, once it is there. One NaN or infinity makes it one. */
  double get();
}
