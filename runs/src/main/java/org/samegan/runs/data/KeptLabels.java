package org.samegan.runs.data;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import org.samegan.core.data.Dataset;
import org.samegan.core.data.PartlyLabelled;
import org.samegan.core.data.Subset;
import org.samegan.core.random.RandomStream;

/**
 * Which examples of labelled data keep their label: as many of each class as there can be, so that
 * no two classes' numbers differ by more than 1, unless a class has no more examples.
 *
 * @param indices of those that do, ascending
 */
record KeptLabels(List<Integer> indices) {
  private static final String STREAM = "data/labels";

  /**
   * Draws them by a seed. Of more labels fewer are a part: the same seed keeps these too.
   *
   * @param count how many, at most the data's size
   */
  static KeptLabels of(Dataset data, int count, long seed) {
    List<Deque<Integer>> classes = new ArrayList<>();
    IntStream.range(0, data.classes().count()).forEach(c -> classes.add(new ArrayDeque<>()));
    for (int index : RandomStream.of(seed, STREAM, 0).permutation(data.size())) {
      classes.get(data.label(index)).add(index);
    }
    int[] turns = RandomStream.of(seed, STREAM, 1).permutation(classes.size());
    List<Integer> kept = new ArrayList<>();
    for (int turn = 0; kept.size() < count; turn++) {
      Deque<Integer> left = classes.get(turns[turn % turns.length]);
      if (!left.isEmpty()) {
        kept.add(left.remove());
      }
    }
    return new KeptLabels(kept.stream().sorted().toList());
  }

  /** The data with no other labels than these; the examples that have them come first. */
  Dataset in(Dataset data) {
    boolean[] keeps = new boolean[data.size()];
    indices.forEach(index -> keeps[index] = true);
    int[] rest = IntStream.range(0, keeps.length).filter(i -> !keeps[i]).toArray();
    Dataset labelled = new Subset(data, indices.stream().mapToInt(Integer::intValue).toArray());
    return rest.length == 0 ? labelled : new PartlyLabelled(labelled, new Subset(data, rest));
  }
}
