package org.samegan.core.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.samegan.core.Shape;
import org.samegan.core.data.Classes;
import org.samegan.core.data.PixelRange;
import org.samegan.core.layer.Activation;
import org.samegan.core.layer.Conv2d;
import org.samegan.core.layer.Dense;
import org.samegan.core.layer.Dropout;
import org.samegan.core.layer.Network;
import org.samegan.core.layer.Padding;
import org.samegan.core.layer.Reshape;

class ClassifierTest {
  private static final Network NETWORK =
      Network.of(
          Shape.of(4, 4, 1),
          new Conv2d(2, 3, 1, Padding.of(1)),
          Reshape.to(32),
          new Dense(6),
          new Activation.Relu(),
          new Dropout(0.5),
          new Dropout(0.5),
          new Dense(3));

  @Test
  void featuresAreWhatTheLastLayerTakesBeforeDropout() {
    Classifier classifier = Classifier.of(NETWORK, Classes.of(3), PixelRange.UNIT);

    assertThat(classifier.featureLayers()).isEqualTo(4);
    assertThat(classifier.features()).isEqualTo(6);
    assertThat(classifier.variables().get(0).name()).isEqualTo("classifier/0_conv2d/weight");
  }

  @Test
  void refusesPartsThatDoNotFit() {
    refuses(4, Classes.of(4), "of 4 classes", "output of 3");
    refuses(4, Classes.NONE, "at least 2 classes", "found 0");
    refuses(0, Classes.of(3), "after layer 1 to 6", "found 0");
    refuses(7, Classes.of(3), "after layer 1 to 6", "found 7");
    refuses(1, Classes.of(3), "a vector", "found 4x4x2");
  }

  private static void refuses(int featureLayers, Classes classes, String... message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Classifier(NETWORK, featureLayers, classes, PixelRange.UNIT))
        .withMessageContainingAll(message);
  }
}
