package org.samegan.core.execution;

/** Holds memory outside the heap until it is closed; closing it again does nothing. */
public interface Resource extends AutoCloseable {
  @Override
  void close();
}
