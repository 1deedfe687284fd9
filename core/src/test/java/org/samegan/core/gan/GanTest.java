package org.samegan.core.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.samegan.core.Shape;
import org.samegan.core.layer.Activation;
import org.samegan.core.layer.Dense;
import org.samegan.core.layer.Network;
import org.samegan.core.training.Progress;
import org.samegan.core.training.RecordingData;
import org.samegan.core.training.TinyGan;
import org.samegan.core.training.Trainer;

class GanTest {
  private static final Network TWO_TO_THREE = Network.of(Shape.of(2), new Dense(3));
  private static final Network THREE_TO_ONE = Network.of(Shape.of(3), new Dense(1));

  @Test
  void isAValue() {
    assertThat(TinyGan.gan()).isEqualTo(TinyGan.gan()).hasSameHashCodeAs(TinyGan.gan());
    assertThat(TinyGan.gan()).isNotEqualTo(TinyGan.withDiscriminatorSteps(2));
    assertThat(TinyGan.gan().exampleShape()).isEqualTo(Shape.of(8, 8, 1));
  }

  @Test
  void refusesALatentThatTheGeneratorDoesNotTake() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Gan.of(Latent.normal(5), TWO_TO_THREE, THREE_TO_ONE))
        .withMessageContainingAll("takes 2", "5 values");
  }

  @Test
  void refusesADiscriminatorOfOtherExamples() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Gan.of(Latent.normal(2), TWO_TO_THREE, TWO_TO_THREE))
        .withMessageContainingAll("gives 3", "takes 2");
  }

  @Test
  void refusesADiscriminatorOfSeveralLogits() {
    Network three = Network.of(Shape.of(3), new Dense(3));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Gan.of(Latent.normal(2), TWO_TO_THREE, three))
        .withMessageContainingAll("one logit", "3");
  }

  @Test
  void refusesToTrainANetworkWithoutParameters() {
    Network fixed = Network.of(Shape.of(2), new Activation.Tanh());
    Gan gan = Gan.of(Latent.normal(2), fixed, Network.of(Shape.of(2), new Dense(1)));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Trainer(gan, new RecordingData(4, Shape.of(2)), 2, 1))
        .withMessageContainingAll("the generator has nothing to train", "such as Dense");
  }

  @Test
  void refusesImpossibleCounts() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TinyGan.withDiscriminatorSteps(0))
        .withMessageContaining("at least 1 discriminator step");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Latent.normal(0))
        .withMessageContaining("at least 1 value");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Latent(List.of()))
        .withMessageContaining("at least one part");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Latent.Categorical(1))
        .withMessageContaining("at least 2 classes, found 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Progress(-1, 0, 0, 0))
        .withMessageContaining("-1");
  }
}
