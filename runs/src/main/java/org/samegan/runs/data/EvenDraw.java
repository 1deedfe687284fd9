package org.samegan.runs.data;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import org.samegan.core.data.Dataset;
import org.samegan.core.random.RandomStream;

/**
 * Some of a dataset's examples, drawn by a seed: as many of each class as there can be, so that no
 * two classes' numbers differ by more than 1, unless a class has no more examples. Of more examples
 * fewer are a part: the same seed draws these too.
 */
final class EvenDraw {
  private EvenDraw() {}

  /**
   * Draws them.
   *
   * @param count how many, at most the data's size
   * @param stream the first part of the random streams' name
   * @return their indices, ascending
   */
  static int[] of(Dataset data, int count, long seed, String stream) {
    boolean labelled = data.classes().count() > 0;
    List<Deque<Integer>> classes = new ArrayList<>();
    IntStream.range(0, labelled ? data.classes().count() : 1)
        .forEach(c -> classes.add(new ArrayDeque<>()));
    for (int index : RandomStream.of(seed, stream, 0).permutation(data.size())) {
      classes.get(labelled ? data.label(index) : 0).add(index);
    }
    int[] turns = RandomStream.of(seed, stream, 1).permutation(classes.size());
    List<Integer> drawn = new ArrayList<>();
    for (int turn = 0; drawn.size() < count; turn++) {
      Deque<Integer> left = classes.get(turns[turn % turns.length]);
      if (!left.isEmpty()) {
        drawn.add(left.remove());
      }
    }
    return drawn.stream().mapToInt(Integer::intValue).sorted().toArray();
  }
}
