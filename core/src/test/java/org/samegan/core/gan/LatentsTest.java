package org.samegan.core.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.samegan.core.random.Distribution;

class LatentsTest {
  private static final Distribution UNIFORM = new Distribution.Uniform(-1, 1);

  /** Places 0-1 noise, 2-4 a code, 5-6 values, 7-8 a code, 9 a value, 10-13 the label. */
  private static final Latent LATENT =
      new Latent(
          List.of(
              new Latent.Noise(2, UNIFORM),
              new Latent.Categorical(3),
              new Latent.Continuous(2, UNIFORM),
              new Latent.Categorical(2),
              new Latent.Continuous(1, UNIFORM),
              new Latent.Label(4)));

  private final Latents drawn = Latents.drawn(LATENT, 3);

  @Test
  void aChoiceSetsItsOwnPlacesAndNoOther() {
    assertThat(sample(drawn.withLabel(2), 5)).containsExactly(with(5, 10, 0, 0, 1, 0));
    assertThat(sample(drawn.withCategory(0, 1), 5)).containsExactly(with(5, 2, 0, 1, 0));
    assertThat(sample(drawn.withCategory(1, 0), 5)).containsExactly(with(5, 7, 1, 0));
    assertThat(sample(drawn.withContinuous(1, -2), 5)).containsExactly(with(5, 6, -2));
    assertThat(sample(drawn.withContinuous(2, 0.25), 5)).containsExactly(with(5, 9, 0.25f));
  }

  @Test
  void choicesAreFunctionsOfTheSampleAndAddUp() {
    Latents chosen =
        drawn
            .withLabels(sample -> sample % 4)
            .withCategories(0, sample -> 2 - sample)
            .withContinuous(0, sample -> sample / 2.0);

    for (int sample = 0; sample < 3; sample++) {
      float[] expected = with(sample, 5, sample / 2f);
      for (int k = 0; k < 3; k++) {
        expected[2 + k] = k == 2 - sample ? 1 : 0;
      }
      for (int k = 0; k < 4; k++) {
        expected[10 + k] = k == sample ? 1 : 0;
      }
      assertThat(sample(chosen, sample)).containsExactly(expected);
    }
  }

  @Test
  void aDrawIsSharedAndThenChosenFrom() {
    Latents shared = drawn.drawnAs(sample -> sample / 10).withContinuous(0, sample -> sample);

    assertThat(sample(shared, 37)).containsExactly(with(3, 5, 37));
  }

  @Test
  void refusesWhatTheLatentDoesNotHave() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> drawn.withCategory(2, 0))
        .withMessage("the generator's categorical codes are numbered 0 to 1, found 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> drawn.withContinuous(3, 0))
        .withMessage("the generator's values of continuous codes are numbered 0 to 2, found 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> drawn.withContinuous(-1, 0))
        .withMessageContaining("found -1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Latents.drawn(Latent.normal(3), 1).withCategory(0, 0))
        .withMessage("the generator takes no categorical codes, so none can be chosen");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Latents.drawn(Latent.normal(3), 1).withLabel(0))
        .withMessageContaining("takes no label");
    for (int none : List.of(-1, 3)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> sample(drawn.withCategory(0, none), 0))
          .withMessage("the model's classes are 0 to 2, found class " + none);
    }
  }

  /** Three sizes whose sum as an int would be 10. */
  @Test
  void refusesMoreValuesThanCanBeCounted() {
    List<Latent.Part> parts =
        List.of(
            new Latent.Noise(Integer.MAX_VALUE, UNIFORM),
            new Latent.Noise(Integer.MAX_VALUE, UNIFORM),
            new Latent.Noise(12, UNIFORM));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Latent(parts))
        .withMessage("a latent has at most 16777216 values, found 4294967306");
  }

  private static float[] sample(LatentSource source, int sample) {
    FloatBuffer vector = FloatBuffer.allocate(LATENT.size());
    source.fill(sample, vector);
    assertThat(vector.hasRemaining()).isFalse();
    return vector.array();
  }

  /** A drawn latent with other values from a place on. */
  private float[] with(int sample, int place, float... values) {
    float[] latent = sample(drawn, sample);
    System.arraycopy(values, 0, latent, place, values.length);
    return latent;
  }
}
