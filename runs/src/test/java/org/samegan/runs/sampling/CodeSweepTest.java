package org.samegan.runs.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.FloatBuffer;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.gan.Gan;
import org.samegan.models.Variants;

class CodeSweepTest {
  private static final Gan INFOGAN =
      Variants.named("infogan").gan(ExampleForm.images(28, 1), Map.of("noise", 3));

  /** The vector is 3 of noise, 10 classes and 2 continuous values. */
  @Test
  void oneCodeGoesThroughItsRangeInEachRowAndTheClassFromRowToRow() {
    CodeSweep sweep = CodeSweep.of(INFOGAN.latent(), 2, 7);
    assertThat(sweep.count()).isEqualTo(100);
    float[] first = latent(sweep, 0);
    for (int i = 0; i < 100; i++) {
      float[] vector = latent(sweep, i);
      assertThat(vector[14]).isCloseTo(-2 + 4f * (i % 10) / 9, within());
      for (int k = 0; k < 10; k++) {
        assertThat(vector[3 + k]).isEqualTo(k == i / 10 ? 1 : 0);
      }
      assertThat(new float[] {vector[0], vector[1], vector[2], vector[13]})
          .containsExactly(first[0], first[1], first[2], first[13]);
    }
  }

  @Test
  void codesThatDoNotExistAreRefused() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> CodeSweep.of(INFOGAN.latent(), 3, 7))
        .withMessageContaining("from 1 to 2")
        .withMessageContaining("found 3");
    Gan dcgan = Variants.named("dcgan").gan(ExampleForm.images(28, 1), Map.of());
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> CodeSweep.of(dcgan.latent(), 1, 7))
        .withMessageContaining("no continuous codes");
  }

  private static Offset<Float> within() {
    return Offset.offset(1e-6f);
  }

  private static float[] latent(CodeSweep sweep, int sample) {
    FloatBuffer vector = FloatBuffer.allocate(15);
    sweep.latents().fill(sample, vector);
    return vector.array();
  }
}
