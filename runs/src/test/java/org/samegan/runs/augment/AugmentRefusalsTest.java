package org.samegan.runs.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.samegan.core.backend.Backend;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunOptions;
import org.samegan.runs.PreparedRun;

/** What is wrong is said in a sentence before anything is trained. */
class AugmentRefusalsTest {
  @TempDir private Path directory;
  private Path data;

  @BeforeEach
  void makeData() throws IOException {
    System.setProperty("samegan.cache", directory.resolve("cache").toString());
    data = ToyImages.in(directory.resolve("data"), 30, 30);
  }

  private static AugmentSettings of(
      Path data, String unlabelled, String test, Integer perClass, boolean balance) {
    return new AugmentSettings(
        RunConfig.DEFAULTS.with(RunOptions.DATA, data.toString()),
        unlabelled,
        test,
        perClass,
        1,
        null,
        null,
        null,
        null,
        null,
        balance);
  }

  private void refused(AugmentSettings settings, String... sentence) {
    assertThatThrownBy(
            () ->
                AugmentExperiment.run(
                    settings,
                    directory.resolve("out"),
                    Backend.nd4j(),
                    resolved ->
                        (subset, images, place, pace) -> {
                          throw new AssertionError("something was trained");
                        },
                    new AugmentListener() {},
                    () -> false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(sentence);
    assertThat(directory.resolve("out")).doesNotExist();
  }

  /** As many images of each class as a list says. */
  private Path uneven(int... counts) throws IOException {
    Path place = Files.createDirectories(directory.resolve("uneven"));
    List<Integer> labels = new ArrayList<>();
    for (int label = 0; label < counts.length; label++) {
      for (int i = 0; i < counts[label]; i++) {
        labels.add(label);
      }
    }
    ByteBuffer images = ByteBuffer.allocate(16 + labels.size() * 64);
    images.putInt(0x803).putInt(labels.size()).putInt(8).putInt(8);
    ByteBuffer classes = ByteBuffer.allocate(8 + labels.size());
    classes.putInt(0x801).putInt(labels.size());
    for (int i = 0; i < labels.size(); i++) {
      images.put(ToyImages.image(labels.get(i), "uneven", i));
      classes.put(labels.get(i).byteValue());
    }
    Files.write(place.resolve("train-images-idx3-ubyte"), images.array());
    Files.write(place.resolve("train-labels-idx1-ubyte"), classes.array());
    ToyImages.write(place, "t10k", 30, 3, 8);
    return place;
  }

  @Test
  void tooFewImages() throws IOException {
    refused(
        of(uneven(5, 1, 5), null, null, null, false),
        "the class '1' has 1 images to learn from, but at least 2 are needed");
    refused(
        of(data, null, null, 11, false),
        "the class '0' has 10 images to learn from, but at least 11 are needed",
        "per-class");
    refused(of(uneven(5, 2, 5), null, "split", null, false), "the class '1' has 2 images", "3");
  }

  @Test
  void nothingToBalance() {
    refused(of(data, null, null, null, true), "every class has 10 images already");
  }

  @Test
  void unlabelledImagesOfAnotherForm() throws IOException {
    Path large = directory.resolve("large");
    ToyImages.write(large, "train", 6, 3, 12);
    refused(
        of(data, large.toString(), null, null, false),
        "the images without labels of " + large + " are 12x12x1, the labelled ones 8x8x1",
        "image-size");
  }

  @Test
  void noTestData() throws IOException {
    Files.delete(data.resolve("t10k-images-idx3-ubyte"));
    Files.delete(data.resolve("t10k-labels-idx1-ubyte"));
    refused(of(data, null, null, null, false), "there are no test images", "the option test split");
  }

  @Test
  void testImagesThatAreKnown() throws IOException {
    refused(
        of(data, null, data.resolve("train-images-idx3-ubyte").toString(), null, false),
        "30 of the 30 labelled images are test images too (number 0 is test image 0");
    Path test = data.resolve("t10k-images-idx3-ubyte");
    refused(
        of(data, test.toString(), null, null, false),
        "30 of the 30 images without labels are test images too");
  }

  @Test
  void testImagesOfOtherClassesOrForms() throws IOException {
    Path test = directory.resolve("test");
    ToyImages.write(test, "train", 8, 2, 8);
    refused(of(data, null, test.toString(), null, false), "the test images lack the class '2'");
    ToyImages.write(test, "train", 8, 4, 8);
    refused(of(data, null, test.toString(), null, false), "the test images have the class '3'");
    ToyImages.write(test, "train", 6, 3, 12);
    refused(of(data, null, test.toString(), null, false), "the test images are 12x12x1");
    Files.delete(test.resolve("train-labels-idx1-ubyte"));
    ToyImages.write(test, "other", 6, 3, 8);
    Files.delete(test.resolve("other-labels-idx1-ubyte"));
    refused(
        of(data, null, test.resolve("other-images-idx3-ubyte").toString(), null, false),
        "the test images have no labels");
  }

  @Test
  void settingsThatContradictEachOther() {
    assertThatThrownBy(() -> of(data, null, null, 5, true)).hasMessageContaining("balance");
    assertThatThrownBy(() -> of(data, null, null, 1, false))
        .hasMessageContaining("the option per-class must be at least 2, found 1");
    assertThatThrownBy(() -> asked(1, List.of(1.0), null)).hasMessageContaining("no probability");
    assertThatThrownBy(() -> asked(3, null, null)).hasMessageContaining("the option per-class");
    assertThatThrownBy(() -> asked(1, null, List.of(Arm.REAL, Arm.SYNTHETIC)))
        .hasMessageContaining("nothing to decide by");
    assertThatThrownBy(() -> Arm.named("X")).hasMessageContaining("R, R', R+A, R+G, R+A+G, G");
  }

  private AugmentSettings asked(int subsets, List<Double> taus, List<Arm> arms) {
    return new AugmentSettings(
        RunConfig.DEFAULTS.with(RunOptions.DATA, data.toString()),
        null,
        null,
        null,
        subsets,
        null,
        null,
        taus,
        null,
        arms,
        false);
  }

  @Test
  void generatorsThatKnowNoClasses() throws IOException {
    ToyImages.write(data, "train", 30, 3, 28);
    ToyImages.write(data, "t10k", 6, 3, 28);
    PreparedRun prepared =
        PreparedRun.of(
            RunConfig.of("dcgan", data.toString())
                .with(RunOptions.BATCH, 4L)
                .withSetting("width", 4),
            notice -> {});
    assertThatThrownBy(() -> GeneratedImages.latents(prepared.record().model().latent(), 3, 0))
        .hasMessageContaining("can't be asked for the data's classes");
  }
}
