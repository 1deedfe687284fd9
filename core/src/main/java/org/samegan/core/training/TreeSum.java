package org.samegan.core.training;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.samegan.core.backend.Backend;
import org.samegan.core.execution.Resource;
import org.samegan.core.execution.Tensor;
import org.samegan.core.training.ShardTree.Node;

/**
 * A sum over shards in the order of a {@link ShardTree}: siblings are added as soon as both are
 * there, in whatever order they come, and to the same bits. Where they come in the shards' order,
 * no more than log2(shards), rounded up, wait for their siblings.
 *
 * <p>What is summed is written to the {@link #terms} and taken over by {@link #add}; in the end
 * they hold the sum.
 */
public final class TreeSum implements Resource {
  private final Backend backend;
  private final ShardTree tree;
  private final List<Tensor> terms;
  private final Map<Node, List<Tensor>> waiting = new HashMap<>();
  private final Deque<List<Tensor>> free = new ArrayDeque<>();
  private boolean complete;

  /**
   * Of nothing yet.
   *
   * @param backend whose tensors the terms are
   * @param terms stay the caller's
   */
  public TreeSum(Backend backend, ShardTree tree, List<Tensor> terms) {
    this.backend = backend;
    this.tree = tree;
    this.terms = List.copyOf(terms);
  }

  /** The order of the additions. */
  public ShardTree tree() {
    return tree;
  }

  /**
   * Where the values of a node are written before it is added. Once the sum is complete they hold
   * it; until then what they hold has been taken over.
   */
  public List<Tensor> terms() {
    return terms;
  }

  /** Starts anew. */
  public void clear() {
    free.addAll(waiting.values());
    waiting.clear();
    complete = false;
  }

  /**
   * Adds what the terms hold.
   *
   * @param node whose sum it is; none that has been added, nor part of one
   * @throws IllegalStateException if nothing is missing any more
   */
  public void add(Node node) {
    if (complete) {
      throw new IllegalStateException("the sum over all shards is complete; clear it first");
    }
    Node sum = node;
    while (!sum.equals(tree.root())) {
      List<Tensor> other = waiting.remove(tree.sibling(sum));
      if (other == null) {
        waiting.put(sum, copyOfTerms());
        return;
      }
      for (int i = 0; i < terms.size(); i++) {
        // Which of two floats comes first makes no difference.
        terms.get(i).add(other.get(i));
      }
      free.add(other);
      sum = tree.parent(sum);
    }
    clear();
    complete = true;
  }

  private List<Tensor> copyOfTerms() {
    List<Tensor> room =
        free.isEmpty()
            ? terms.stream().map(term -> backend.zeros(term.type(), term.shape())).toList()
            : free.remove();
    for (int i = 0; i < terms.size(); i++) {
      room.get(i).assign(terms.get(i));
    }
    return room;
  }

  /** The sums that wait for their siblings; their tensors are valid until something is added. */
  public Map<Node, List<Tensor>> waiting() {
    return Collections.unmodifiableMap(waiting);
  }

  /** Whether the terms hold the sum over all shards. */
  public boolean isComplete() {
    return complete;
  }

  /**
   * Makes the sum the mean.
   *
   * @throws IllegalStateException if shards are missing
   */
  void divide() {
    if (!complete) {
      throw new IllegalStateException(
          "the sum over " + tree.shards() + " shards lacks some; the exchange must add them all");
    }
    if (tree.shards() > 1) {
      terms.forEach(term -> term.multiply(1.0 / tree.shards()));
    }
  }

  @Override
  public void close() {
    clear();
    free.forEach(room -> room.forEach(Tensor::close));
    free.clear();
  }
}
