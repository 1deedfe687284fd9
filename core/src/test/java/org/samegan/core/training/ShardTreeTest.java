package org.samegan.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.samegan.core.training.ShardTree.Node;

class ShardTreeTest {
  /** The sum as a text with all of its parentheses, made as siblings come. */
  private static String sum(int shards) {
    ShardTree tree = new ShardTree(shards);
    Map<Node, String> waiting = new HashMap<>();
    for (int shard = 0; shard < shards; shard++) {
      Node node = tree.leaf(shard);
      String sum = String.valueOf(shard);
      while (!node.equals(tree.root()) && waiting.containsKey(tree.sibling(node))) {
        sum = "(" + waiting.remove(tree.sibling(node)) + "+" + sum + ")";
        node = tree.parent(node);
      }
      waiting.put(node, sum);
    }
    assertThat(waiting).containsOnlyKeys(tree.root());
    return waiting.get(tree.root());
  }

  /** As RFC 6962 cuts a list: the greatest power of two below its length to the left. */
  private static String expected(int from, int to) {
    if (to - from == 1) {
      return String.valueOf(from);
    }
    int left = Integer.highestOneBit(to - from - 1);
    return "(" + expected(from, from + left) + "+" + expected(from + left, to) + ")";
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0",
    "2, (0+1)",
    "3, ((0+1)+2)",
    "4, ((0+1)+(2+3))",
    "6, (((0+1)+(2+3))+(4+5))",
    "7, (((0+1)+(2+3))+((4+5)+6))"
  })
  void addsNeighboursFirst(int shards, String sum) {
    assertThat(sum(shards)).isEqualTo(sum);
  }

  @Test
  void cutsAnyNumberOfShardsAtPowersOfTwo() {
    for (int shards = 1; shards <= 40; shards++) {
      assertThat(sum(shards)).isEqualTo(expected(0, shards));
    }
  }

  @Test
  void hasRoomForAsManyShardsAsABatchCanHave() {
    ShardTree tree = new ShardTree(Integer.MAX_VALUE);

    assertThat(tree.root()).isEqualTo(new Node(31, 0));
    assertThat(tree.parent(new Node(30, 0))).isEqualTo(tree.root());
    // 2^31 - 1 is odd: the last shard has no sibling.
    assertThat(tree.leaf(Integer.MAX_VALUE - 1)).isEqualTo(new Node(1, (1 << 30) - 1));
  }

  @Test
  void refusesShardsThatThereAreNot() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ShardTree(0))
        .withMessageContainingAll("at least 1 shard", "found 0");
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> new ShardTree(3).leaf(3))
        .withMessageContainingAll("0 to 2", "found 3");
  }
}
