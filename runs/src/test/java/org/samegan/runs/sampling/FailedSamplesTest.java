package org.samegan.runs.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.samegan.core.Shape;
import org.samegan.core.data.PixelRange;
import org.samegan.core.gan.Latent;
import org.samegan.core.inference.TrainedGenerator;

class FailedSamplesTest {
  @TempDir private Path directory;

  /** Computes images until it has computed so many. */
  private static final class Failing implements TrainedGenerator {
    private int left;

    Failing(int left) {
      this.left = left;
    }

    @Override
    public Latent latent() {
      return Latent.normal(2);
    }

    @Override
    public Shape exampleShape() {
      return Shape.of(2, 2, 1);
    }

    @Override
    public PixelRange pixelRange() {
      return PixelRange.UNIT;
    }

    @Override
    public void compute(int batch, FloatBuffer latents, FloatBuffer examples) {
      left -= batch;
      if (left < 0) {
        throw new IllegalStateException("no more");
      }
    }

    @Override
    public void close() {}
  }

  @Test
  void leaveNothingBehind() throws Exception {
    Path empty = Files.createDirectory(directory.resolve("empty"));
    for (Path out : List.of(directory.resolve("new"), empty)) {
      try (Samples samples = Samples.of(new Failing(300), Optional.empty())) {
        SampleRequest request = new SampleRequest(1000, 1, null);
        assertThatThrownBy(() -> samples.writeEach(out, request)).hasMessage("no more");
      }
    }
    try (var children = Files.list(directory)) {
      assertThat(children).containsExactly(empty);
    }
    assertThat(empty).isEmptyDirectory();
  }
}
