package org.samegan.core.training;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.training.ShardTree.Node;

/** Threads in the place of processes, which give each other copies of the sums that they have. */
record ThreadExchange(Meeting meeting, int process) implements Exchange {
  /**
   * Where they meet.
   *
   * @param owners the shards of each process
   */
  record Meeting(
      List<List<Integer>> owners,
      CyclicBarrier barrier,
      Map<Integer, Map<Node, List<INDArray>>> given) {
    Meeting(List<List<Integer>> owners) {
      this(owners, new CyclicBarrier(owners.size()), new ConcurrentHashMap<>());
    }

    private void await() {
      try {
        barrier.await(30, TimeUnit.SECONDS);
      } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
        throw new IllegalStateException("another thread has failed", e);
      }
    }
  }

  @Override
  public IntStream own(int shards) {
    return meeting.owners.get(process).stream().mapToInt(Integer::intValue);
  }

  @Override
  public void complete(TreeSum sum) {
    Map<Node, List<INDArray>> mine = new HashMap<>();
    sum.waiting()
        .forEach(
            (node, values) ->
                mine.put(node, values.stream().map(value -> value.array().dup()).toList()));
    meeting.given.put(process, mine);
    meeting.await();
    int count = meeting.owners.size();
    for (int i = 1; i < count; i++) {
      // Each in another order.
      meeting.given.get((process + i) % count).forEach((node, values) -> add(sum, node, values));
    }
    meeting.await();
  }

  private static void add(TreeSum sum, Node node, List<INDArray> values) {
    for (int i = 0; i < values.size(); i++) {
      sum.terms().get(i).assign(values.get(i));
    }
    sum.add(node);
  }
}
