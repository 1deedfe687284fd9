package org.samegan.io.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.samegan.core.Shape;
import org.samegan.core.data.PixelRange;
import org.samegan.core.gan.GanNetwork;
import org.samegan.core.gan.Latent;
import org.samegan.core.training.Trainer;
import org.samegan.io.checkpoint.Checkpoint;
import org.samegan.io.checkpoint.TinyGan;
import org.samegan.io.export.Export;
import org.samegan.io.export.ExportFormats;
import org.samegan.io.export.ExportModel;
import org.samegan.io.file.Damage;
import org.samegan.io.file.UnusableFileException;
import org.samegan.io.json.Json;
import org.samegan.io.safetensors.SafetensorsException;
import org.samegan.io.safetensors.WeightsFile;

/** Generators out of exported files; {@code ExportContractTest} has every variant's. */
class GeneratorFileTest {
  private static final int DAMAGES = 240;

  @TempDir private static Path directory;
  private static Checkpoint checkpoint;

  @BeforeAll
  static void export() throws IOException {
    Path path = directory.resolve("checkpoint");
    try (Trainer trainer = new Trainer(TinyGan.gan(), TinyGan.data(), 8, 5)) {
      trainer.train(2, (report, t) -> {});
      Checkpoint.write(path, TinyGan.gan(), trainer.state());
    }
    checkpoint = Checkpoint.read(path);
    for (String format : new String[] {"samediff", "onnx"}) {
      Export.verified(
          ExportModel.of(checkpoint, GanNetwork.GENERATOR),
          ExportFormats.named(format),
          directory.resolve(format));
    }
    WeightsFile.write(directory.resolve("safetensors"), checkpoint, null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"samediff", "onnx", "safetensors"})
  void makesTheCheckpointsImages(String format) throws IOException {
    try (Generator exported = Generator.load(directory.resolve(format));
        Generator original = Generator.load(checkpoint.directory())) {
      Images images = exported.generate(100, 5);
      assertThat(images.shape()).isEqualTo(Shape.of(8, 8, 1));
      assertThat(images.pixelRange()).isEqualTo(PixelRange.SIGNED_UNIT);
      assertThat(exported.latent()).isEqualTo(original.latent());
      float[] expected = original.generate(100, 5).toArray();
      float[] values = images.toArray();
      for (int i = 0; i < expected.length; i++) {
        assertThat((double) Math.abs(values[i] - expected[i])).as("value %d", i).isLessThan(1e-5);
      }
      // As few as one image, and a part of a batch.
      for (int count : new int[] {1, 65}) {
        float[] some = exported.generate(count, 5).toArray();
        for (int i = 0; i < some.length; i++) {
          assertThat((double) Math.abs(some[i] - values[i])).isLessThan(Generator.TOLERANCE);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"samediff", "samediff.json", "onnx", "safetensors"})
  void everyDamageIsRefused(String name) throws IOException {
    Path file = directory.resolve(name);
    Path loaded = name.equals("samediff.json") ? directory.resolve("samediff") : file;
    byte[] good = Files.readAllBytes(file);
    Random random = new Random(name.hashCode());
    try {
      for (int i = 0; i < DAMAGES; i++) {
        Files.write(file, Damage.of(good, i, random));
        assertThatThrownBy(() -> Generator.load(loaded))
            .as("damage %d", i)
            .isInstanceOfAny(UnusableFileException.class, SafetensorsException.class)
            .hasMessageContaining(loaded.toString())
            .hasMessageContaining("expected")
            .hasMessageContaining("export");
      }
    } finally {
      Files.write(file, good);
    }
  }

  /** As one could write it who computes checksums too. */
  @ParameterizedTest
  @ValueSource(strings = {"samediff", "onnx"})
  void refusesALatentThatIsNotWhatTheNetworkTakes(String format) throws IOException {
    ExportModel right = ExportModel.of(checkpoint, GanNetwork.GENERATOR);
    Map<String, String> metadata = new LinkedHashMap<>(right.metadata());
    metadata.put("latent", Json.line(Latent.normal(2_000_000)));
    Path file = directory.resolve("latent." + format);
    Export.unverified(
        new ExportModel(right.gan(), right.which(), right.network(), metadata),
        ExportFormats.named(format),
        file);
    assertThatThrownBy(() -> Generator.load(file))
        .isInstanceOf(UnusableFileException.class)
        .hasMessageContaining("inputs: expected {latent=")
        .hasMessageContaining("2000000");
  }

  @Test
  void refusesWhatHoldsNoGenerator() throws IOException {
    Path discriminator = directory.resolve("discriminator");
    ExportModel model = ExportModel.of(checkpoint, GanNetwork.DISCRIMINATOR);
    for (String format : new String[] {"samediff", "onnx"}) {
      Path file = directory.resolve("discriminator." + format);
      Export.unverified(model, ExportFormats.named(format), file);
      assertThatThrownBy(() -> Generator.load(file))
          .isInstanceOf(UnusableFileException.class)
          .hasMessageContaining("network: expected generator, found discriminator");
    }
    Path undescribed =
        Files.copy(checkpoint.directory().resolve("generator.fb"), directory.resolve("alone.fb"));
    assertThatThrownBy(() -> Generator.load(undescribed))
        .isInstanceOf(UnusableFileException.class)
        .hasMessageContaining("with its manifest alone.fb.json beside it");
    assertThatThrownBy(() -> Generator.load(Files.createFile(discriminator)))
        .isInstanceOf(UnusableFileException.class)
        .hasMessageContaining("found an empty file");
  }
}
