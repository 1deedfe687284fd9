package org.samegan.core.training;

import java.util.stream.IntStream;

/** All shards are computed here, so that their sum is complete. */
enum LocalExchange implements Exchange {
  /** It has no state. */
  INSTANCE;

  @Override
  public IntStream own(int shards) {
    return IntStream.range(0, shards);
  }

  @Override
  public void complete(TreeSum sum) {
    // Nothing is missing.
  }
}
