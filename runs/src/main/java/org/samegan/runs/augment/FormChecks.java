package org.samegan.runs.augment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.samegan.core.data.ExampleForm;

/** What is wrong with images that shows before they are read. */
final class FormChecks {
  private FormChecks() {}

  /** Test images must be of the size, the channels and the classes of the labelled ones. */
  static void requireTest(ExampleForm data, ExampleForm test) {
    if (!data.shape().equals(test.shape())) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the test images are %s, the labelled ones %s; choose a size and channels for both"
                  + " with the options image-size and channels",
              test.shape(),
              data.shape()));
    }
    if (test.classes().count() == 0) {
      throw new IllegalArgumentException(
          "the test images have no labels; put them into folders named like the classes "
              + String.join(", ", data.classes().allNames())
              + ", or labels beside them");
    }
    requireSameClasses(data.classes().allNames(), test.classes().allNames());
  }

  /** Every class must be tested, and no other. */
  static void requireSameClasses(List<String> classes, List<String> tested) {
    List<String> lacking = new ArrayList<>(classes);
    lacking.removeAll(tested);
    List<String> further = new ArrayList<>(tested);
    further.removeAll(classes);
    if (!lacking.isEmpty()) {
      throw new IllegalArgumentException(
          "the test images lack the class '"
              + String.join("', '", lacking)
              + "', so nothing could be said of it; add images of it, or leave it out of the"
              + " labelled ones");
    }
    if (!further.isEmpty()) {
      throw new IllegalArgumentException(
          "the test images have the class '"
              + String.join("', '", further)
              + "', which the labelled ones lack; leave it out of the test");
    }
  }

  /** Images without labels must be of the size and channels of the labelled ones. */
  static void requireUnlabelled(ExampleForm data, ExampleForm more, String place) {
    if (!data.shape().equals(more.shape())) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the images without labels of %s are %s, the labelled ones %s; choose a size and"
                  + " channels for both with the options image-size and channels",
              place,
              more.shape(),
              data.shape()));
    }
  }
}
