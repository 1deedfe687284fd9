package org.samegan.core.backend;

import org.samegan.core.execution.Resource;

/** The Euclidean norm of a vector as it is then. */
public interface Norm extends Resource {
  /** Computes it without allocating. One NaN or infinity makes it one. */
  double compute();
}
