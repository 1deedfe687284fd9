package org.samegan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.samegan.core.data.ExampleForm;
import org.samegan.io.json.Json;
import org.samegan.models.Variants;

/**
 * What the form of the data shows to be wrong is said before the data is packed: the cache is never
 * touched, and images behind the first, which are damaged here, are never read.
 */
class DataFormTest {
  private static final byte[] DAMAGED = {1, 2, 3};

  @TempDir private Path directory;
  private Path out;
  private Path cache;

  @BeforeEach
  void namePaths() {
    out = directory.resolve("run");
    cache = directory.resolve("cache");
  }

  private Invocation train(Object variant, Path data, Object... more) {
    List<Object> args = new ArrayList<>(List.of("train", "--variant", variant));
    args.addAll(List.of("--data", data, "--out", out, "--batch", 1));
    args.addAll(Arrays.asList(more));
    return Invocation.of(directory, args.toArray());
  }

  private void refusesUnpacked(Invocation refused, String... message) {
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains(message).doesNotContain("damaged");
    assertThat(refused.out()).isEmpty();
    assertThat(cache).doesNotExist();
    assertThat(out).doesNotExist();
  }

  private Path image(String name, int width, int height) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    ImageIO.write(image, "png", file.toFile());
    return file.getParent();
  }

  private Path damaged(String name) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, DAMAGED).getParent();
  }

  /** An IDX file that ends after the first of its two images, which gzip hides. */
  private Path idx(String name, int height, int width) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(16 + height * width);
    header.putInt(0x00000803).putInt(2).putInt(height).putInt(width);
    Path file = directory.resolve(name);
    try (GZIPOutputStream gzip = new GZIPOutputStream(Files.newOutputStream(file))) {
      gzip.write(header.array());
    }
    return file;
  }

  @ParameterizedTest
  @CsvSource({"train", "--dry-run"})
  void imagesThatAreNotSquareAreNotPacked(String option) throws IOException {
    Path folder = image("pictures/a.png", 7, 5);
    damaged("pictures/damaged.png");
    Object[] more = option.equals("train") ? new Object[0] : new Object[] {option};
    refusesUnpacked(
        train("dcgan", folder, more), "5 pixels high and 7 wide", "choose a size", "--image-size");
    refusesUnpacked(train("dcgan", idx("i-images-idx3-ubyte.gz", 5, 7), more), "5 pixels high");
  }

  @Test
  void imagesOfASizeThatTheVariantDoesNotHaveAreNotPacked() throws IOException {
    Path folder = image("pictures/a.png", 30, 30);
    damaged("pictures/damaged.png");
    String message = "dcgan has no architecture for 30x30 images";
    refusesUnpacked(train("dcgan", folder), message, "28, 32, 64, 128");
    refusesUnpacked(train("dcgan", idx("i-images-idx3-ubyte.gz", 30, 30)), message);
  }

  @Test
  void imagesWithoutTheLabelsThatTheVariantLearnsAreNotPacked() throws IOException {
    Path folder = image("pictures/a.png", 9, 7);
    damaged("pictures/damaged.png");
    refusesUnpacked(train("cgan", folder, "--image-size", 28), "cgan learns from", "no labels");
    refusesUnpacked(train("cgan", idx("i-images-idx3-ubyte.gz", 28, 28)), "no labels");
    image("classes/only/a.png", 28, 28);
    damaged("classes/only/damaged.png");
    refusesUnpacked(train("cgan", directory.resolve("classes")), "the images have one class");
  }

  @Test
  void imagesOfOtherClassesThanTheModelHasAreNotPacked() throws IOException {
    byte[] json = Json.write(Variants.named("cgan").gan(ExampleForm.images(28, 1, 3), Map.of()));
    Path model = Files.write(directory.resolve("model.json"), json);
    image("classes/one/a.png", 28, 28);
    damaged("classes/two/damaged.png");
    refusesUnpacked(
        train(model, directory.resolve("classes")), "label has 3 classes but the data has 2");
  }

  @Test
  void nothingIsPackedForHeldOutDataThatDoNotFit() throws IOException {
    Path folder = image("pictures/a.png", 28, 28);
    damaged("pictures/damaged.png");
    Path other = image("other/a.png", 32, 32);
    damaged("other/damaged.png");
    refusesUnpacked(
        train("wgan-gp", folder, "--held-out", other), "32x32x1, but the training data's are 28x");
    refusesUnpacked(train("lsgan", folder, "--held-out", other), "estimate no distance");
  }

  @Test
  void theFirstImageMayBeBadWhereBadOnesAreLeftOut() throws IOException {
    Path folder = damaged("pictures/a-damaged.png");
    image("pictures/b.png", 5, 7);
    Invocation refused = train("dcgan", folder, "--skip-bad", "--dry-run");
    refusesUnpacked(refused, "7 pixels high and 5 wide");

    Invocation resized =
        train("dcgan", folder, "--skip-bad", "--dry-run", "--image-size", 28, "--channels", 3);
    assertThat(resized.code()).as(resized.err()).isZero();
    assertThat(resized.out()).contains("1 images of 28x28x3");
    assertThat(resized.err()).containsOnlyOnce("left out, as it can't be decoded");
    assertThat(cache).isNotEmptyDirectory();
  }

  @Test
  void imagesBehindTheFirstAreLookedAtWhilePacking() throws IOException {
    Path folder = image("pictures/a.png", 28, 28);
    image("pictures/b.png", 28, 27);
    Invocation mixed = train("dcgan", folder);
    assertThat(mixed.code()).isEqualTo(1);
    assertThat(mixed.err()).contains("a.png with 28x28x1 and b.png with 27x28x1");
    assertThat(cache).isEmptyDirectory();
  }
}
