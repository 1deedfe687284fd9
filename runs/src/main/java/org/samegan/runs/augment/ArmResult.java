package org.samegan.runs.augment;

import java.util.List;

/**
 * What an arm has come to on one subset.
 *
 * @param steps of its classifier
 * @param images different ones that it was trained on
 * @param accuracy the share of test images that it is right about
 * @param recall the same of each class's test images
 * @param answers the class that it says of each test image
 */
record ArmResult(
    Arm arm, long steps, int images, double accuracy, List<Double> recall, List<Integer> answers) {
  /** The mean of the classes' recall: every class counts as much. */
  double meanRecall() {
    return recall.stream().mapToDouble(value -> value).sum() / recall.size();
  }

  /** What it says of the test images. */
  int[] said() {
    return answers.stream().mapToInt(i -> i).toArray();
  }
}
