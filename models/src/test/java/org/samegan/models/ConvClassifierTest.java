package org.samegan.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.samegan.core.Shape;
import org.samegan.core.classifier.Classifier;
import org.samegan.core.data.Classes;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.data.PixelRange;

class ConvClassifierTest {
  @Test
  void digitsAreHalvedTwiceAndBecomeFeatures() {
    Classifier classifier = ConvClassifier.of(ExampleForm.images(28, 1, 10));

    // Two convolutions with normalisation: 28, 14, 7 pixels.
    assertThat(classifier.network().outputShapes())
        .contains(Shape.of(14, 14, 32), Shape.of(7, 7, 64), Shape.of(7 * 7 * 64), Shape.of(64));
    assertThat(classifier.network().output()).isEqualTo(Shape.of(10));
    assertThat(classifier.features()).isEqualTo(ConvClassifier.FEATURES);
    assertThat(classifier.pixelRange()).isEqualTo(PixelRange.UNIT);
    // 25 * 32 + 2 * 32 + 25 * 32 * 64 + 2 * 64 + 3136 * 64 + 64 + 2 * 64 + 64 * 10 + 10
    assertThat(classifier.network().parameterCount()).isEqualTo(253_738);
  }

  @Test
  void imagesOfOtherExtentsAreHalvedUntilTheyAreSmall() {
    Classifier wide = ConvClassifier.of(new ExampleForm(Shape.of(9, 40, 3), Classes.of(2)));
    Classifier small = ConvClassifier.of(ExampleForm.images(8, 1, 2));

    // 40, 20, 10, 5 wide and 9, 5, 3, 2 high; at least once.
    assertThat(wide.network().outputShapes()).contains(Shape.of(2, 5, 64));
    assertThat(small.network().outputShapes()).contains(Shape.of(4, 4, 32));
    assertThat(wide.features()).isEqualTo(64);
  }

  @Test
  void fewImagesAreHalvedByAverages() {
    Classifier classifier = ConvClassifier.ofFew(ExampleForm.images(28, 1, 10));
    Classifier large = ConvClassifier.ofFew(ExampleForm.images(64, 3, 2));
    Classifier odd = ConvClassifier.ofFew(ExampleForm.images(15, 1, 2));

    assertThat(classifier.network().outputShapes())
        .contains(Shape.of(28, 28, 16), Shape.of(14, 14, 32), Shape.of(7, 7, 32));
    assertThat(large.network().outputShapes())
        .contains(Shape.of(32, 32, 16), Shape.of(32, 32, 32), Shape.of(8, 8, 32));
    assertThat(odd.network().outputShapes()).contains(Shape.of(8, 8, 16));
    // 25 * 16 + 2 * 16 + 25 * 16 * 32 + 2 * 32 + 1568 * 64 + 64 + 2 * 64 + 64 * 10 + 10
    assertThat(classifier.network().parameterCount()).isEqualTo(114_490);
  }

  @Test
  void refusesWhatItCanNotTellApart() {
    refuses(ExampleForm.images(7, 1, 10), "at least 8x8 pixels", "7x7x1");
    refuses(ExampleForm.points(2), "takes images");
    refuses(ExampleForm.images(28, 1), "at least 2 classes", "no classes", "a folder for each");
    refuses(ExampleForm.images(28, 1, 1), "at least 2 classes", "1 class");
  }

  private static void refuses(ExampleForm form, String... message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConvClassifier.of(form))
        .withMessageContainingAll(message);
  }
}
