package org.samegan.core.training;

import java.util.stream.IntStream;

/**
 * Who computes which of a batch's shards, and how everybody gets the sum over all of them.
 * Processes that share a run each have a trainer of the same GAN, data, {@link Sharding} and seed,
 * call the same methods in the same order, and stay the same to the bit: the order of additions is
 * the {@link ShardTree}'s, whoever makes them.
 */
public interface Exchange {
  /** All shards are computed here. */
  static Exchange local() {
    return LocalExchange.INSTANCE;
  }

  /**
   * The shards that this process computes, in order. Every shard must be some process's, and no
   * other's.
   *
   * @param shards how many there are
   */
  IntStream own(int shards);

  /**
   * Completes a sum that has this process's shards: what {@linkplain TreeSum#waiting waits} is of
   * use to the others, and the nodes that they have are written to the {@linkplain TreeSum#terms
   * terms} and {@linkplain TreeSum#add added}, in any order. It is called for each of a step's two
   * graphs.
   */
  void complete(TreeSum sum);
}
