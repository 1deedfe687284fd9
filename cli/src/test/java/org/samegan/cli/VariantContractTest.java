package org.samegan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.samegan.core.Shape;
import org.samegan.core.backend.Backend;
import org.samegan.core.data.Classes;
import org.samegan.core.data.Dataset;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.data.ExampleKind;
import org.samegan.core.data.PixelRange;
import org.samegan.core.gan.Gan;
import org.samegan.core.inference.TrainedGenerator;
import org.samegan.core.random.Distribution;
import org.samegan.core.random.RandomStream;
import org.samegan.core.setting.Setting;
import org.samegan.core.training.StepReport;
import org.samegan.core.training.Trainer;
import org.samegan.io.checkpoint.Checkpoint;
import org.samegan.io.checkpoint.Manifest;
import org.samegan.io.file.Sha256;
import org.samegan.models.Variant;
import org.samegan.models.Variants;

/** What every variant must do; a new one is under this contract once it is registered. */
class VariantContractTest {
  private static final int BATCH = 4;
  static final int CLASSES = 10;

  @TempDir Path directory;

  static List<Arguments> gans() {
    List<Arguments> gans = new ArrayList<>();
    for (Variant variant : Variants.all()) {
      gans.add(Arguments.of(variant.name(), gan(variant)));
      if (variant.kinds().contains(ExampleKind.POINTS)) {
        Gan points = variant.gan(ExampleForm.points(2), Map.of("width", 8));
        gans.add(Arguments.of(variant.name() + " points", points));
      }
    }
    return gans;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("gans")
  void trainsSavesLoadsResumesToTheBitAndSamplesTheSame(String name, Gan gan) throws IOException {
    keepsTheContract(gan, Backend.nd4j());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("gans")
  void onLibtorchToo(String name, Gan gan) throws IOException {
    keepsTheContract(gan, Libtorch.backend());
  }

  private void keepsTheContract(Gan gan, Backend backend) throws IOException {
    Dataset data = new Noise(gan);
    Path half = directory.resolve("half");
    Path whole = directory.resolve("whole");
    Path resumed = directory.resolve("resumed");
    try (Trainer trainer = new Trainer(gan, data, BATCH, 9, backend)) {
      trainer.train(
          1, (report, t) -> assertThat(report.get(StepReport.DISCRIMINATOR_LOSS)).isFinite());
      Checkpoint.write(half, gan, trainer.state());
      trainer.train(1, (report, t) -> assertThat(report.get(StepReport.GENERATOR_LOSS)).isFinite());
      Checkpoint.write(whole, gan, trainer.state());
    }
    Schemas.requireValid(Schemas.MANIFEST, half.resolve(Manifest.FILE));
    Checkpoint loaded = Checkpoint.read(half);
    assertThat(loaded.gan()).isEqualTo(gan);
    try (Trainer trainer = new Trainer(loaded.gan(), data, BATCH, 9, backend)) {
      trainer.restore(loaded.state());
      trainer.step();
      Checkpoint.write(resumed, gan, trainer.state());
    }
    assertThat(digests(resumed)).isEqualTo(digests(whole)).isNotEqualTo(digests(half));
    float[] images = sample(whole, backend);
    assertThat(sample(resumed, backend)).isEqualTo(images);
    assertThat(images).containsExactly(sample(whole, Backend.nd4j()), within(1e-5f));
    for (float value : images) {
      assertThat(value).isFinite();
      if (gan.pixelRange() != null) {
        assertThat(value).isBetween(gan.pixelRange().low(), gan.pixelRange().high());
      }
    }
  }

  private static Gan gan(Variant variant) {
    boolean narrow =
        variant.settings(ExampleKind.IMAGES).stream().map(Setting::key).anyMatch("width"::equals);
    return variant.gan(ExampleForm.images(28, 1, CLASSES), narrow ? Map.of("width", 8) : Map.of());
  }

  private static float[] sample(Path path, Backend backend) throws IOException {
    Checkpoint checkpoint = Checkpoint.read(path);
    try (TrainedGenerator sampler = checkpoint.generator(backend)) {
      return sampler.sample(0, 3, 1);
    }
  }

  private static Map<String, String> digests(Path checkpoint) throws IOException {
    Map<String, String> digests = new LinkedHashMap<>();
    for (var file : Checkpoint.read(checkpoint).manifest().files()) {
      byte[] bytes = Files.readAllBytes(checkpoint.resolve(file.name()));
      digests.put(file.name(), Sha256.hex(bytes));
    }
    assertThat(digests).hasSizeGreaterThanOrEqualTo(3);
    return digests;
  }

  /** Labelled examples of noise in the pixel range. */
  record Noise(Gan gan) implements Dataset {
    @Override
    public int size() {
      return 40;
    }

    @Override
    public Shape exampleShape() {
      return gan.exampleShape();
    }

    @Override
    public Classes classes() {
      return Classes.of(CLASSES);
    }

    @Override
    public int label(int index) {
      return index % CLASSES;
    }

    @Override
    public void copyTo(int index, FloatBuffer destination) {
      PixelRange range = gan.pixelRange() == null ? PixelRange.SIGNED_UNIT : gan.pixelRange();
      Distribution values = new Distribution.Uniform(range.low(), range.high());
      RandomStream stream = RandomStream.of(3, "image", index);
      int elements = exampleShape().elements();
      for (int i = 0; i < elements; i++) {
        destination.put(values.sample(stream));
      }
    }
  }
}
