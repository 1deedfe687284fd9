package org.samegan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.training.Gan;
import org.samegan.io.checkpoint.Checkpoint;
import org.samegan.io.run.Run;
import org.samegan.models.ImageFormat;
import org.samegan.models.Variants;

class CodeSweepTest {
  private static final Gan INFOGAN =
      Variants.named("infogan").gan(new ImageFormat(28, 1), Map.of("noise", 3));

  /** The vector is 3 of noise, 10 classes and 2 continuous values. */
  @Test
  void oneCodeGoesThroughItsRangeInEachRowAndTheClassFromRowToRow() {
    CodeSweep sweep = CodeSweep.of(INFOGAN, 2, 7);
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
    assertThatExceptionOfType(CommandException.class)
        .isThrownBy(() -> CodeSweep.of(INFOGAN, 3, 7))
        .withMessageContaining("from 1 to 2")
        .withMessageContaining("found 3");
    Gan dcgan = Variants.named("dcgan").gan(new ImageFormat(28, 1), Map.of());
    assertThatExceptionOfType(CommandException.class)
        .isThrownBy(() -> CodeSweep.of(dcgan, 1, 7))
        .withMessageContaining("no continuous codes");
  }

  /** Against the pictures that plain SameDiff makes of the same latents. */
  @Test
  void theCommandDrawsARowForEachClass(@TempDir Path directory) throws IOException {
    Path run = directory.resolve("run");
    Path data = TinyRuns.idx(directory, "digits-idx3-ubyte", 28, 1);
    List<Object> args = new ArrayList<>(List.of("train", "--variant", "infogan", "--data", data));
    args.addAll(List.of("--batch", 8, "--steps", 1, "--set", "noise=3", "--set", "categorical=4"));
    args.addAll(List.of("--threads", 1, "--out", run));
    assertThat(Invocation.of(directory, args.toArray()).code()).isZero();
    Path file = directory.resolve("sweep.png");
    Invocation sampling =
        Invocation.of(directory, "sample", run, "--sweep", 2, "--seed", 7, "--grid", file);
    assertThat(sampling.code()).as(sampling.err()).isZero();

    Checkpoint checkpoint = Run.open(run).latest();
    CodeSweep sweep = CodeSweep.of(checkpoint.gan(), 2, 7);
    int length = 3 + 4 + 2;
    FloatBuffer latents = FloatBuffer.allocate(40 * length);
    for (int i = 0; i < 40; i++) {
      sweep.latents().fill(i, latents.slice(i * length, length));
    }
    INDArray images =
        checkpoint
            .generator()
            .outputSingle(
                Map.of("latent", Nd4j.createFromArray(latents.array()).reshape(40, length)),
                "image");
    BufferedImage grid = ImageIO.read(file.toFile());
    // Rows of ten, of 28 pixels and gaps of 2.
    assertThat(grid.getWidth()).isEqualTo(10 * 30 - 2);
    assertThat(grid.getHeight()).isEqualTo(4 * 30 - 2);
    for (int i = 0; i < 40; i++) {
      for (int p = 0; p < 28 * 28; p++) {
        int shade = grid.getRaster().getSample(i % 10 * 30 + p % 28, i / 10 * 30 + p / 28, 0);
        // SameDiff's session sums in another order, so a shade may be rounded the other way.
        assertThat((double) shade)
            .isCloseTo(255 * images.getDouble(i, p / 28, p % 28, 0), Offset.offset(0.6));
      }
    }
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
