package org.samegan.core.training;

import java.util.Locale;

/**
 * The binary tree by which values of shards are added, left to right: of the shards 2i and 2i + 1
 * first, then of two such pairs, and so on up to the root. Where shards are no power of two, a node
 * without a sibling on its level stands for its parent too, so that of n shards the left subtree
 * has the greatest power of two below n (as in RFC 6962, section 2.1). A sum of floats depends on
 * the order of additions; this one's is a function of the number of shards alone.
 *
 * @param shards its leaves, at least 1
 */
public record ShardTree(int shards) {
  /**
   * A subtree: the shards from {@code index * 2^level} on, {@code 2^level} of them or as many as
   * there are. Nodes without a sibling on their level have none of their own.
   *
   * @param level its height, 0 for a single shard
   * @param index from the left, from 0
   */
  public record Node(int level, int index) {}

  /** Checks that there is a leaf. */
  public ShardTree {
    if (shards < 1) {
      throw new IllegalArgumentException("a tree needs at least 1 shard, found " + shards);
    }
  }

  /**
   * The node of one shard.
   *
   * @throws IndexOutOfBoundsException if there is no such shard
   */
  public Node leaf(int shard) {
    if (shard < 0 || shard >= shards) {
      throw new IndexOutOfBoundsException(
          String.format(Locale.ROOT, "the shards are 0 to %d, found %d", shards - 1, shard));
    }
    return withSibling(0, shard);
  }

  /** The node of all shards. */
  public Node root() {
    return new Node(levels(), 0);
  }

  /** What a node is added to; for all nodes but the root. */
  public Node sibling(Node node) {
    return new Node(node.level(), node.index() ^ 1);
  }

  /** The sum of a node and its sibling; for all nodes but the root. */
  public Node parent(Node node) {
    return withSibling(node.level() + 1, node.index() >> 1);
  }

  /** How high the root is. */
  private int levels() {
    return Integer.SIZE - Integer.numberOfLeadingZeros(shards - 1);
  }

  /** The node, or the lowest above it that has a sibling, or is the root. */
  private Node withSibling(int level, int index) {
    while (level < levels() && (index & 1) == 0 && (index + 1L) << level >= shards) {
      level++;
      index >>= 1;
    }
    return new Node(level, index);
  }
}
