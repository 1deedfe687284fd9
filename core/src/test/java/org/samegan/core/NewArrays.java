package org.samegan.core;

import org.nd4j.linalg.factory.Nd4j;

/**
 * Counts what ND4J makes outside the heap: two for an array, its memory and the array's use of it.
 */
public final class NewArrays {
  private NewArrays() {}

  /** How many are made while this runs, on any thread. They count even if they are closed again. */
  public static long madeBy(Runnable action) {
    long before = number();
    action.run();
    return number() - before - 1;
  }

  /** ND4J numbers every array's memory, and JavaCPP's counters don't see it. */
  private static long number() {
    return Nd4j.getDeallocatorService().nextValue();
  }
}
