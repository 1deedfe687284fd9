package org.samegan.io.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.Shape;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.GanNetwork;
import org.samegan.core.gan.Latent;
import org.samegan.core.layer.Dense;
import org.samegan.core.layer.Network;
import org.samegan.core.training.Trainer;
import org.samegan.io.file.Sha256;

class CheckpointTest {
  private static final List<String> GRAPHS =
      List.of("generator.fb", "discriminator.fb", Checkpoint.TRAINING_FILE);

  @TempDir Path directory;

  @Test
  void aRestoredRunIsTheUninterruptedRunToTheBit() throws IOException {
    Path half = trained(3, "half");
    Path whole = trained(7, "whole");
    try (Trainer trainer = new Trainer(TinyGan.gan(), TinyGan.data(), 8, 5)) {
      trainer.restore(Checkpoint.read(half).state());
      assertThat(trainer.progress().step()).isEqualTo(3);
      trainer.train(4, (report, t) -> assertThat(report.step()).isEqualTo(t.progress().step()));
      Checkpoint.write(directory.resolve("resumed"), TinyGan.gan(), trainer.state());
    }
    for (String file : GRAPHS) {
      assertThat(sha(directory.resolve("resumed").resolve(file)))
          .as(file)
          .isEqualTo(sha(whole.resolve(file)));
      assertThat(sha(half.resolve(file))).as(file).isNotEqualTo(sha(whole.resolve(file)));
    }
  }

  @Test
  void generatorLoadsWithPlainSameDiffAndTakesAnyBatch() throws IOException {
    Path path = trained(2, "c");
    SameDiff graph = SameDiff.load(path.resolve("generator.fb").toFile(), false);
    INDArray latents = Nd4j.randn(5, 6);
    INDArray five = graph.outputSingle(Map.of("latent", latents.dup()), "image");
    assertThat(five.shape()).containsExactly(5, 8, 8, 1);
    for (int i = 0; i < 5; i++) {
      INDArray one =
          graph.outputSingle(
              Map.of("latent", latents.getRow(i).dup().reshape(1, 6)), GanNetwork.IMAGE);
      assertThat(one.reshape(64).toFloatVector())
          .as("image %d alone and in a batch", i)
          .containsExactly(five.slice(i).reshape(64).toFloatVector(), within());
    }
  }

  private static Offset<Float> within() {
    // A batch of another size may be summed in another order.
    return Offset.offset(1e-6f);
  }

  @Test
  void manifestSaysWhatTheCheckpointIs() throws IOException {
    Manifest manifest = Checkpoint.read(trained(7, "c")).manifest();
    assertThat(manifest.format()).isEqualTo(2);
    assertThat(manifest.progress().step()).isEqualTo(7);
    assertThat(manifest.progress().batches()).isEqualTo(7);
    assertThat(manifest.progress().images()).isEqualTo(56);
    assertThat(manifest.progress().epochs()).as("50 / 8 = 6 batches an epoch").isEqualTo(1);
    assertThat(manifest.model()).isEqualTo(TinyGan.gan());
    assertThat(manifest.files()).extracting(Manifest.FileEntry::name).isEqualTo(GRAPHS);
    assertThat(manifest.graphs().get(0))
        .isEqualTo(
            new Manifest.GraphEntry(
                "generator.fb",
                Map.of("latent", List.of(-1L, 6L)),
                "image",
                List.of(-1L, 8L, 8L, 1L)));
  }

  @Test
  void noticesAFlippedBitAnywhere() throws IOException {
    Path path = trained(1, "c");
    for (String file : List.of("generator.fb", "discriminator.fb", "training.fb", Manifest.FILE)) {
      byte[] good = Files.readAllBytes(path.resolve(file));
      for (int i = 0; i < 40; i++) {
        byte[] bad = good.clone();
        int place = (int) ((long) good.length * i / 40);
        bad[place] ^= (byte) (1 << (i % 8));
        Files.write(path.resolve(file), bad);
        assertThatThrownBy(() -> Checkpoint.read(path).state())
            .as("state, %s, byte %d", file, place)
            .isInstanceOf(CheckpointException.class)
            .hasMessageContaining(path.toString());
        assertThatThrownBy(() -> Checkpoint.read(path).verify())
            .as("verify, %s, byte %d", file, place)
            .isInstanceOf(CheckpointException.class)
            .hasMessageContaining(path.toString());
      }
      Files.write(path.resolve(file), good);
    }
    assertThat(Checkpoint.read(path).manifest().progress().step()).isEqualTo(1);
  }

  @Test
  void damagedFileIsNamedWithBothChecksums() throws IOException {
    Path path = trained(1, "c");
    Path file = path.resolve("generator.fb");
    byte[] bytes = Files.readAllBytes(file);
    String expected = sha(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    assertThatThrownBy(() -> Checkpoint.read(path).generator())
        .isInstanceOf(CheckpointException.Corrupt.class)
        .hasMessage(
            "%s: SHA-256: expected %s, found %s; the checkpoint is damaged, use another one of the"
                + " run",
            file, expected, sha(file));
  }

  @Test
  void noticesTruncation() throws IOException {
    Path path = trained(1, "c");
    Path file = path.resolve("training.fb");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
    assertThatThrownBy(() -> Checkpoint.read(path))
        .isInstanceOf(CheckpointException.Corrupt.class)
        .hasMessageContaining(
            "size in bytes: expected %d, found %d", bytes.length, bytes.length - 1);
  }

  @Test
  void saysWhatIsNotThereAtAll() {
    assertThatThrownBy(() -> Checkpoint.read(directory.resolve("mistyped")))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageEndingWith("mistyped: there is no such run or checkpoint");
  }

  @Test
  void noticesAMissingFile() throws IOException {
    Path path = trained(1, "c");
    Files.delete(path.resolve("discriminator.fb"));
    assertThatThrownBy(() -> Checkpoint.read(path))
        .isInstanceOf(CheckpointException.Incomplete.class)
        .hasMessageContaining("discriminator.fb is missing");
    Files.delete(path.resolve(Manifest.FILE));
    assertThatThrownBy(() -> Checkpoint.read(path))
        .isInstanceOf(CheckpointException.Incomplete.class)
        .hasMessageContaining("no manifest.json");
  }

  @Test
  void refusesALaterFormatWithBothVersions() throws IOException {
    Path path = trained(1, "c");
    Path file = path.resolve(Manifest.FILE);
    String text = Files.readString(file);
    assertThat(text).contains("\"format\" : 2,").contains("\"samegan\" : \"");
    Files.writeString(
        file,
        text.replace("\"format\" : 2,", "\"format\" : 7,")
            .replaceFirst("\"samegan\" : \"[^\"]*\"", "\"samegan\" : \"9.1\""));
    assertThatThrownBy(() -> Checkpoint.read(path))
        .isInstanceOf(CheckpointException.TooNew.class)
        .hasMessageContaining("format version 7")
        .hasMessageContaining("reads up to 2")
        .hasMessageContaining("use SameGAN 9.1 or later");
  }

  @Test
  void refusesAnotherModel() throws IOException {
    Checkpoint checkpoint = Checkpoint.read(trained(1, "c"));
    checkpoint.requireModel(TinyGan.gan());
    assertThatThrownBy(() -> checkpoint.requireModel(TinyGan.gan(8)))
        .isInstanceOf(CheckpointException.OtherModel.class)
        .hasMessageContaining("another model");
    try (Trainer other = new Trainer(TinyGan.gan(8), TinyGan.data(), 8, 5)) {
      float[] before = other.state().arrays().get("generator/0_dense/weight").data().asFloat();
      assertThatThrownBy(() -> other.restore(checkpoint.state()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("another model");
      assertThat(other.state().arrays().get("generator/0_dense/weight").data().asFloat())
          .isEqualTo(before);
    }
  }

  @Test
  void neverOverwrites() throws IOException {
    Path path = trained(1, "c");
    try (Trainer trainer = new Trainer(TinyGan.gan(), TinyGan.data(), 8, 5)) {
      assertThatThrownBy(() -> Checkpoint.write(path, TinyGan.gan(), trainer.state()))
          .isInstanceOf(FileAlreadyExistsException.class)
          .hasMessageContaining("never overwritten");
    }
    assertThat(Checkpoint.read(path).manifest().progress().step()).isEqualTo(1);
  }

  @Test
  void leavesNothingBehindWhereItCannotWrite() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    try (Trainer trainer = new Trainer(TinyGan.gan(), TinyGan.data(), 8, 5)) {
      assertThatThrownBy(() -> Checkpoint.write(file.resolve("c"), TinyGan.gan(), trainer.state()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot write the checkpoint")
          .hasMessageContaining("writable and has free space");
    }
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).containsExactly(file);
    }
  }

  @Test
  void refusesAModelThatSameDiffsFormatCannotHoldBeforeTraining() {
    Network large = Network.of(Shape.of(20_000), new Dense(15_000), new Dense(1));
    Network generator = Network.of(Shape.of(1), new Dense(20_000));
    Gan gan = Gan.of(Latent.normal(1), generator, large);
    assertThatThrownBy(() -> StorableSize.require(gan))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("too large to be saved");
    StorableSize.require(TinyGan.gan());
  }

  private Path trained(int steps, String name) throws IOException {
    Path path = directory.resolve(name);
    try (Trainer trainer = new Trainer(TinyGan.gan(), TinyGan.data(), 8, 5)) {
      trainer.train(steps, (report, t) -> {});
      Checkpoint.write(path, TinyGan.gan(), trainer.state());
    }
    return path;
  }

  private static String sha(Path file) throws IOException {
    return Sha256.hex(Files.readAllBytes(file));
  }
}
