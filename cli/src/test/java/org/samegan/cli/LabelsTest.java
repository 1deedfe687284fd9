package org.samegan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.Recipe;
import org.samegan.core.objective.Objective;
import org.samegan.io.checkpoint.Manifest;
import org.samegan.io.data.ImageOptions;
import org.samegan.io.data.ImageSource;
import org.samegan.io.data.PackedImages;
import org.samegan.io.data.Split;
import org.samegan.io.json.Json;
import org.samegan.io.run.Run;
import org.samegan.io.safetensors.SafetensorsFile;
import org.samegan.models.Variants;

/** Models that learn labels: what they need of the data, and what can be asked of them. */
class LabelsTest {
  @TempDir private static Path directory;
  private static Path run;

  @BeforeAll
  static void train() {
    run = directory.resolve("run");
    Invocation training = cgan(labelled("digits", i -> i % 3), run);
    assertThat(training.code()).as(training.err()).isZero();
  }

  /** 64 images with a file of labels beside them. */
  private static Path labelled(String name, IntUnaryOperator label) {
    ByteBuffer labels = ByteBuffer.allocate(8 + TinyRuns.IMAGES);
    labels.putInt(0x00000801).putInt(TinyRuns.IMAGES);
    for (int i = 0; i < TinyRuns.IMAGES; i++) {
      labels.put((byte) label.applyAsInt(i));
    }
    try {
      Files.write(directory.resolve(name + "-labels-idx1-ubyte"), labels.array());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return TinyRuns.idx(directory, name + "-images-idx3-ubyte", 28, 2);
  }

  private static Invocation cgan(Path data, Path out, Object... more) {
    List<Object> all = new ArrayList<>(List.of("--set", "width=4"));
    all.addAll(List.of(more));
    return train("cgan", data, out, all.toArray());
  }

  private static Invocation train(Object variant, Path data, Path out, Object... more) {
    List<Object> args = new ArrayList<>(List.of("train", "--variant", variant));
    args.addAll(List.of("--data", data, "--out", out));
    args.addAll(List.of("--steps", 2, "--batch", 8, "--threads", 1));
    args.addAll(List.of(more));
    return Invocation.of(directory, args.toArray());
  }

  private static Path images(String name, Object... more) {
    Path out = directory.resolve(name);
    List<Object> args =
        new ArrayList<>(List.of("sample", run, "--seed", 5, "--out", out, "--count", 7));
    args.addAll(List.of(more));
    Invocation sampling = Invocation.of(directory, args.toArray());
    assertThat(sampling.code()).as(sampling.err()).isZero();
    return out;
  }

  @Test
  void samplesAreLabelledDataOfTheSameClasses() throws IOException {
    Path out = images("turns");
    assertThat(TinyRuns.names(out)).containsExactly("0", "1", "2");
    assertThat(TinyRuns.names(out.resolve("0")))
        .containsExactly("000000.png", "000003.png", "000006.png");
    PackedImages data =
        PackedImages.open(
            ImageSource.at(out, Split.TRAIN), ImageOptions.asStored(), directory.resolve("cache"));
    assertThat(data.classes().allNames()).containsExactly("0", "1", "2");
    assertThat(List.of(data.label(0), data.label(3), data.label(6))).containsExactly(0, 1, 2);
  }

  @Test
  void aLabelChoosesTheClassOfEverySample() throws IOException {
    Path twos = images("twos", "--label", 2);
    assertThat(TinyRuns.names(twos)).containsExactly("2");
    assertThat(TinyRuns.names(twos.resolve("2"))).hasSize(7);
    Path turns = images("again");
    assertThat(twos.resolve("2/000005.png"))
        .as("of class 2 in turn too, from the same noise")
        .hasSameBinaryContentAs(turns.resolve("2/000005.png"));
    assertThat(Files.mismatch(twos.resolve("2/000000.png"), turns.resolve("0/000000.png")))
        .as("of another class, from the same noise")
        .isNotNegative();
  }

  /** What the generator makes of the latents in the file are the images in the file. */
  @Test
  void tensorsHoldTheLatentsOfTheClassesAskedFor() throws IOException {
    for (Object[] asked : new Object[][] {{}, {"--label", 1}}) {
      Path file = directory.resolve("samples-%d.safetensors".formatted(asked.length));
      List<Object> args = new ArrayList<>(List.of("sample", run, "--count", 5, "--tensors", file));
      args.addAll(List.of(asked));
      assertThat(Invocation.of(directory, args.toArray()).code()).isZero();

      SafetensorsFile samples = SafetensorsFile.read(file);
      float[] latents = samples.floats(samples.entry("latent"));
      assertThat(latents).hasSize(5 * 103);
      for (int i = 0; i < 5; i++) {
        int expected = asked.length == 0 ? i % 3 : 1;
        for (int k = 0; k < 3; k++) {
          assertThat(latents[i * 103 + 100 + k]).isEqualTo(k == expected ? 1f : 0f);
        }
      }
      INDArray images =
          SameDiff.load(Run.open(run).latest().directory().resolve("generator.fb").toFile(), false)
              .outputSingle(
                  Map.of("latent", Nd4j.createFromArray(latents).reshape(5, 103)), "image");
      float[] again = images.ravel().toFloatVector();
      float[] written = samples.floats(samples.entry("image"));
      assertThat(written).hasSize(again.length);
      for (int i = 0; i < again.length; i++) {
        // SameDiff's session sums in another order.
        assertThat(written[i]).isCloseTo(again[i], within(1e-5f));
      }
    }
  }

  @Test
  void aGridsColumnsAreClasses() throws IOException {
    Path file = directory.resolve("grid.png");
    assertThat(Invocation.of(directory, "sample", run, "--grid", file).code()).isZero();
    assertThat(file).hasSameBinaryContentAs(run.resolve("samples/step-00000002.png"));
    BufferedImage grid = ImageIO.read(file.toFile());
    // 100 samples in nine columns, three to a class, of 28 pixels and gaps of 2.
    assertThat(grid.getWidth()).isEqualTo(9 * 30 - 2);
    assertThat(grid.getHeight()).isEqualTo(12 * 30 - 2);
    Path each = directory.resolve("each");
    Invocation sampling =
        Invocation.of(directory, "sample", run, "--count", 20, "--label", 1, "--out", each);
    assertThat(sampling.code()).as(sampling.err()).isZero();
    for (int sample : new int[] {1, 4, 10, 19}) {
      Path alone = each.resolve("1/%06d.png".formatted(sample));
      BufferedImage one = ImageIO.read(alone.toFile());
      BufferedImage cell = grid.getSubimage(sample % 9 * 30, sample / 9 * 30, 28, 28);
      assertThat(cell.getData().getSamples(0, 0, 28, 28, 0, (int[]) null))
          .as("sample %d", sample)
          .isEqualTo(one.getData().getSamples(0, 0, 28, 28, 0, (int[]) null));
    }
  }

  @Test
  void theManifestNamesBothInputsOfTheDiscriminator() throws IOException {
    assertThat(Run.open(run).latest().manifest().graphs())
        .containsExactly(
            new Manifest.GraphEntry(
                "generator.fb",
                Map.of("latent", List.of(-1L, 103L)),
                "image",
                List.of(-1L, 28L, 28L, 1L)),
            new Manifest.GraphEntry(
                "discriminator.fb",
                Map.of("image", List.of(-1L, 28L, 28L, 1L), "labels", List.of(-1L, 3L)),
                "logits",
                List.of(-1L, 1L)));
  }

  @Test
  void refusesALabelThatTheModelDoesNotHave() {
    Invocation beyond = sample(run, 3);
    assertThat(beyond.code()).isEqualTo(1);
    assertThat(beyond.err()).contains("--label must be", "0 to 2; found 3");
    Path plain = directory.resolve("plain");
    assertThat(TinyRuns.train(directory, plain, "--steps", 1).code()).isZero();
    Invocation none = sample(plain, 0);
    assertThat(none.code()).isEqualTo(1);
    assertThat(none.err()).contains("--label 0", "this model learnt no labels", "cgan or acgan");
  }

  private static Invocation sample(Path place, int label) {
    return Invocation.of(
        directory, "sample", place, "--label", label, "--grid", directory.resolve("no.png"));
  }

  @Test
  void refusesDataThatLabelsCanNotBeLearntFrom() {
    Path plain = TinyRuns.idx(directory, "plain-idx3-ubyte", 28, 3);
    Path one = labelled("one", i -> 7);
    for (Object[] more : new Object[][] {{}, {"--dry-run"}}) {
      refuses(plain, more, "cgan learns from labels", "no labels", "one a class");
      refuses(one, more, "cgan learns from labels", "one class");
    }
  }

  @Test
  void heldOutDataNeedLabelsToo() throws IOException {
    Gan plain = Variants.named("cgan").gan(ExampleForm.images(28, 1, 3), Map.of("width", "4"));
    Gan critic = plain.withRecipe(Recipe.of(new Objective.Wasserstein()));
    Path model = Files.write(directory.resolve("critic.json"), Json.write(critic));
    Path data = labelled("held", i -> i % 3);
    Path gap = labelled("held-gap", i -> i % 2 * 2);
    Path none = TinyRuns.idx(directory, "held-plain-idx3-ubyte", 28, 3);
    Path out = directory.resolve("refused-held");
    for (Path held : List.of(gap, none)) {
      Invocation refused = train(model, data, out, "--held-out", held, "--dry-run");
      assertThat(refused.code()).isEqualTo(1);
      assertThat(refused.err())
          .contains("the held-out data of " + held)
          .contains(held == gap ? "has 3 classes but the data has 2" : "the data has none");
    }
    Invocation whole = train(model, data, out, "--held-out", data, "--dry-run");
    assertThat(whole.code()).as(whole.err()).isZero();
  }

  private static void refuses(Path data, Object[] more, String... message) {
    Path out = directory.resolve("refused");
    Invocation refused = cgan(data, out, more);
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err()).contains(message);
    assertThat(out).doesNotExist();
  }
}
