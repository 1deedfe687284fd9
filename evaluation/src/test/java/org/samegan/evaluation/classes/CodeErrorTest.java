package org.samegan.evaluation.classes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The error of the best assignment, against all assignments there are. */
class CodeErrorTest {
  @Test
  void aCodeThatOnlyNamesClassesOtherwiseHasNoError() {
    assertThat(CodeError.of(new int[] {2, 0, 1, 2, 0}, 3, new int[] {0, 1, 2, 0, 1}, 3)).isZero();
  }

  @Test
  void oneWrongImageOfFourIsAQuarter() {
    assertThat(CodeError.of(new int[] {1, 1, 0, 1}, 2, new int[] {0, 0, 1, 1}, 2)).isEqualTo(0.25);
  }

  @Test
  void aCodeThatSaysNothingIsRightAboutTheLargestLabel() {
    assertThat(CodeError.of(new int[] {0, 0, 0, 0, 0}, 3, new int[] {0, 1, 1, 1, 2}, 3))
        .isEqualTo(0.4);
  }

  @Test
  void noAssignmentIsBetter() {
    Random random = new Random(5);
    for (int trial = 0; trial < 60; trial++) {
      int classes = 2 + random.nextInt(4);
      int labelClasses = 2 + random.nextInt(4);
      int count = 1 + random.nextInt(40);
      int[] codes = random.ints(count, 0, classes).toArray();
      int[] labels = random.ints(count, 0, labelClasses).toArray();
      int best = 0;
      for (List<Integer> order : orders(Math.max(classes, labelClasses))) {
        int matched = 0;
        for (int i = 0; i < count; i++) {
          matched += order.get(codes[i]) == labels[i] ? 1 : 0;
        }
        best = Math.max(best, matched);
      }
      assertThat(CodeError.of(codes, classes, labels, labelClasses))
          .isEqualTo(1 - (double) best / count);
    }
  }

  @Test
  void labelsThatAreNotAsManyAreRefused() {
    assertThatThrownBy(() -> CodeError.of(new int[] {0}, 2, new int[] {0, 1}, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 codes and 2 labels");
  }

  private static List<List<Integer>> orders(int size) {
    if (size == 0) {
      return List.of(List.of());
    }
    List<List<Integer>> all = new ArrayList<>();
    for (List<Integer> shorter : orders(size - 1)) {
      for (int place = 0; place <= shorter.size(); place++) {
        List<Integer> longer = new ArrayList<>(shorter);
        longer.add(place, size - 1);
        all.add(longer);
      }
    }
    return all;
  }
}
