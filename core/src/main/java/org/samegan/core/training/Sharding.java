package org.samegan.core.training;

import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A step's batch cut into equal shards, micro-batches, which pass the step one after the other, or
 * on several machines; the network then is moved once, by the mean of their gradients. Activations
 * are alive for one shard at a time, so that large networks fit into a small memory.
 *
 * <p>The number of shards is a part of what is trained, like the batch:
 *
 * <ul>
 *   <li>Examples, labels, latents, dropout masks and the random places of penalties are drawn for
 *       the whole batch and then cut, in order; they don't depend on the number of shards.
 *   <li>Gradients, losses and scores are means over the shards. Of whatever is a mean over a
 *       batch's examples that is the batch's own value, up to rounding.
 *   <li>Batch normalisation goes by each shard's own mean and variance ("ghost batches", Hoffer et
 *       al. 2017, arXiv:1705.08741); running statistics follow the means of both over the shards.
 *   <li>A {@link org.samegan.core.objective.GradientPenalty.Points#AROUND_REAL penalty around real
 *       examples} goes by each shard's own standard deviation.
 *   <li>All sums are in the order of a {@link ShardTree}, wherever shards are computed.
 * </ul>
 *
 * @param batch examples in a step, at least 1
 * @param shards how many shards they are cut into, a divisor of the batch
 * @param exchange which shards this process computes, and how it gets the sum over all of them
 */
public record Sharding(int batch, int shards, Exchange exchange) {
  /** Checks that the shards are equal. */
  public Sharding {
    Objects.requireNonNull(exchange);
    if (batch < 1) {
      throw new IllegalArgumentException(
          "the batch must hold at least 1 example, found " + batch + "; use a larger batch");
    }
    if (shards < 1 || batch % shards != 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a batch of %d examples can't be cut into %d equal shards; take one of %s, or another"
                  + " batch",
              batch,
              shards,
              divisors(batch)));
    }
  }

  private static String divisors(int number) {
    return IntStream.rangeClosed(1, number)
        .filter(divisor -> number % divisor == 0)
        .mapToObj(String::valueOf)
        .collect(Collectors.joining(", "));
  }

  /** A batch that is computed as a whole, here. */
  public static Sharding none(int batch) {
    return of(batch, 1);
  }

  /**
   * A batch whose shards are computed one after the other, here.
   *
   * @throws IllegalArgumentException if the shards would not be equal, with the numbers that do
   */
  public static Sharding of(int batch, int shards) {
    return new Sharding(batch, shards, Exchange.local());
  }

  /**
   * The same by the size of a shard.
   *
   * @param microBatch examples in a shard, a divisor of the batch
   * @throws IllegalArgumentException if the shards would not be equal, with the sizes that do
   */
  public static Sharding ofMicroBatch(int batch, int microBatch) {
    Sharding whole = none(batch);
    if (microBatch < 1 || batch % microBatch != 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a batch of %d examples can't be cut into micro-batches of %d; take one of %s, or"
                  + " another batch",
              batch,
              microBatch,
              divisors(batch)));
    }
    return new Sharding(batch, batch / microBatch, whole.exchange());
  }

  /** The same shards with some of them elsewhere. */
  public Sharding with(Exchange other) {
    return new Sharding(batch, shards, other);
  }

  /** Examples in a shard. */
  public int microBatch() {
    return batch / shards;
  }
}
