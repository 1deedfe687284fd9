package org.samegan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.samegan.core.Shape;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.data.PixelRange;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.Latent;
import org.samegan.core.gan.LatentSource;
import org.samegan.core.gan.Latents;
import org.samegan.core.gan.Recipe;
import org.samegan.core.gan.Recognition;
import org.samegan.core.inference.TrainedGenerator;
import org.samegan.core.layer.Activation;
import org.samegan.core.layer.Dense;
import org.samegan.core.layer.Network;
import org.samegan.core.layer.Reshape;
import org.samegan.core.objective.Objective;
import org.samegan.core.random.Distribution;
import org.samegan.core.training.Trainer;
import org.samegan.io.checkpoint.Checkpoint;
import org.samegan.io.image.PngGrid;
import org.samegan.io.safetensors.SafetensorsFile;
import org.samegan.models.Variants;

/** What {@code sample} writes of models that the tiny run isn't, against the sampler itself. */
class SampleContentTest {
  /** Codes of 4 classes and 2 continuous values, which InfoGAN's large networks would slow down. */
  private static final Gan CODED =
      new Gan(
          "infogan",
          new Latent(
              List.of(
                  new Latent.Noise(3, Distribution.Normal.STANDARD),
                  new Latent.Categorical(4),
                  new Latent.Continuous(2, new Distribution.Uniform(-1, 1), true))),
          Network.of(Shape.of(9), new Dense(25), new Activation.Sigmoid(), Reshape.to(5, 5, 1)),
          Network.of(
              Shape.of(5, 5, 1),
              Reshape.to(25),
              new Dense(8),
              new Activation.LeakyRelu(0.1),
              new Dense(1)),
          new Recognition(3, Network.of(Shape.of(8), new Dense(8)), 1, 0.1),
          Recipe.of(new Objective.NonSaturating()),
          PixelRange.UNIT);

  @TempDir private Path directory;

  @Test
  void tensorsAreLatentsAndImagesWithChannelsFirst() throws IOException {
    Gan gan = Variants.named("dcgan").gan(ExampleForm.images(28, 3), Map.of("width", 4));
    Path checkpoint = saved(gan);
    int count = 3;
    float[] images = images(checkpoint, count, null);

    Path file = directory.resolve("samples.safetensors");
    sample(file, checkpoint, "--count", count, "--seed", 5, "--tensors", file);

    SafetensorsFile tensors = SafetensorsFile.read(file);
    assertThat(tensors.entry("image").shape()).containsExactly(3L, 3L, 28L, 28L);
    float[] expected = new float[images.length];
    int at = 0;
    for (int image = 0; image < count; image++) {
      for (int channel = 0; channel < 3; channel++) {
        for (int pixel = 0; pixel < 28 * 28; pixel++) {
          expected[at++] = images[(image * 28 * 28 + pixel) * 3 + channel];
        }
      }
    }
    assertThat(tensors.floats(tensors.entry("image"))).containsExactly(expected);
    assertThat(tensors.entry("latent").shape()).containsExactly(3L, 100L);
    assertThat(tensors.floats(tensors.entry("latent")))
        .containsExactly(Latents.drawn(gan.latent(), 5).first(count));
  }

  @Test
  void aSweepIsASheetOfTheCodesSweep() throws IOException {
    Path checkpoint = saved(CODED);
    for (int code : new int[] {1, 2}) {
      Latents swept =
          Latents.drawn(CODED.latent(), 42)
              .drawnAs(sample -> 0)
              .withCategories(0, sample -> sample / 10)
              .withContinuous(code - 1, sample -> -2 + 4.0 * (sample % 10) / 9);
      float[] images = images(checkpoint, 4 * 10, swept);
      Path expected = directory.resolve("expected.png");
      PngGrid.of(4, 10)
          .write(expected, FloatBuffer.wrap(images), CODED.exampleShape(), CODED.pixelRange());

      Path sheet = directory.resolve("sweep.png");
      sample(sheet, checkpoint, "--sweep", code, "--grid", sheet);

      assertThat(sheet).hasSameBinaryContentAs(expected);
    }
  }

  @Test
  void aSweepOfACodeThatIsNotThereWritesNothing() throws IOException {
    Path sheet = directory.resolve("sweep.png");
    Invocation sampling =
        Invocation.of(directory, "sample", saved(CODED), "--sweep", 3, "--grid", sheet);
    assertThat(sampling.code()).isEqualTo(1);
    assertThat(sampling.err()).contains("--sweep must be from 1 to 2", "found 3");
    assertThat(sheet).doesNotExist();
  }

  private void sample(Path printed, Path checkpoint, Object... options) {
    Object[] args = new Object[options.length + 2];
    args[0] = "sample";
    args[1] = checkpoint;
    System.arraycopy(options, 0, args, 2, options.length);
    Invocation sampling = Invocation.of(directory, args);
    assertThat(sampling.code()).as(sampling.err()).isZero();
    assertThat(sampling.out().strip()).isEqualTo(printed.toString());
  }

  /** A checkpoint of the initial weights. */
  private Path saved(Gan gan) throws IOException {
    Path checkpoint = directory.resolve("checkpoint");
    try (Trainer trainer = new Trainer(gan, new VariantContractTest.Noise(gan), 4, 9)) {
      Checkpoint.write(checkpoint, gan, trainer.state());
    }
    return checkpoint;
  }

  /** Of the seed 5 if there is no other source. */
  private static float[] images(Path place, int count, LatentSource source) throws IOException {
    Checkpoint checkpoint = Checkpoint.read(place);
    try (TrainedGenerator sampler = checkpoint.generator()) {
      return source == null ? sampler.sample(0, count, 5) : sampler.sample(0, count, source);
    }
  }
}
