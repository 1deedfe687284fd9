package org.samegan.io.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.Shape;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.Latent;
import org.samegan.core.layer.Conv2d;
import org.samegan.core.layer.Dense;
import org.samegan.core.layer.Network;
import org.samegan.core.layer.Padding;
import org.samegan.core.layer.Reshape;
import org.samegan.core.layer.SpectralNorm;
import org.samegan.core.training.Trainer;
import org.samegan.io.checkpoint.Checkpoint;
import org.samegan.io.checkpoint.TinyGan;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunOptions;

class WeightsFileTest {
  @TempDir private static Path directory;
  private static Checkpoint checkpoint;
  private static Path weights;

  @BeforeAll
  static void export() throws IOException {
    try (Trainer trainer = new Trainer(TinyGan.gan(), TinyGan.data(), 10, 1)) {
      trainer.step();
      Checkpoint.write(directory.resolve("c"), TinyGan.gan(), trainer.state());
    }
    checkpoint = Checkpoint.read(directory.resolve("c"));
    weights = directory.resolve("weights.safetensors");
    WeightsFile.writeVerified(
        weights,
        checkpoint,
        RunConfig.DEFAULTS
            .with(RunOptions.DATA, "/somewhere/private")
            .with(RunOptions.HELD_OUT, "/somewhere/else"));
  }

  @Test
  void namesTensorsAsPyTorchDoes() throws IOException {
    assertThat(SafetensorsFile.read(weights).entries())
        .extracting(TensorEntry::name)
        .containsExactly(
            "generator.0.weight",
            "generator.0.bias",
            "generator.1.weight",
            "generator.1.bias",
            "generator.1.running_mean",
            "generator.1.running_var",
            "generator.4.weight",
            "generator.4.bias",
            "discriminator.0.weight",
            "discriminator.0.bias",
            "discriminator.1.weight",
            "discriminator.1.bias",
            "discriminator.1.running_mean",
            "discriminator.1.running_var",
            "discriminator.5.weight",
            "discriminator.5.bias");
  }

  @Test
  void namesOfANormalisedLayerAreItsOwnAndU() {
    Gan gan =
        Gan.of(
            Latent.normal(2),
            Network.of(Shape.of(2), new Dense(16), Reshape.to(2, 2, 4)),
            Network.of(
                Shape.of(2, 2, 4),
                new SpectralNorm(new Conv2d(3, 2, 1, Padding.of(0))),
                Reshape.to(3),
                new SpectralNorm(new Dense(1))));
    assertThat(TorchTensor.of(gan).stream().skip(2).map(t -> t.name() + t.shape()))
        .containsExactly(
            "discriminator.0.weight[3, 4, 2, 2]",
            "discriminator.0.bias[3]",
            "discriminator.0.u[3]",
            "discriminator.2.weight[1, 3]",
            "discriminator.2.bias[1]",
            "discriminator.2.u[1]");
  }

  private static void verify(Path file) throws IOException {
    WeightsFile.verify(file, checkpoint.gan(), WeightsFile.arrays(checkpoint));
  }

  @Test
  void givesEveryBitBack() throws IOException {
    verify(weights);
    SafetensorsFile file = SafetensorsFile.read(weights);
    Map<String, INDArray> read = WeightMatch.byNameOrOrder(file, TinyGan.gan()).arrays(file);
    Map<String, INDArray> expected = checkpoint.state().arrays();
    assertThat(read).hasSize(16);
    read.forEach(
        (path, array) -> {
          assertThat(array.shape()).isEqualTo(expected.get(path).shape());
          assertThat(array.ravel().toFloatVector())
              .isEqualTo(expected.get(path).ravel().toFloatVector());
        });
  }

  @Test
  void theSameCheckpointGivesTheSameBytes() throws IOException {
    Path again = directory.resolve("again.safetensors");
    WeightsFile.write(
        again, checkpoint, RunConfig.DEFAULTS.with(RunOptions.DATA, "/somewhere/else"));
    assertThat(again).hasSameBinaryContentAs(weights);
  }

  @Test
  void bringsTheConfigurationWithoutThePlaceOfTheData() throws IOException {
    SafetensorsFile file = SafetensorsFile.read(weights);
    assertThat(WeightsFile.config(file)).contains(RunConfig.DEFAULTS);
    assertThat(file.metadata().toString()).doesNotContain("somewhere");
  }

  @Test
  void noticesADifferenceFromTheCheckpoint() throws IOException {
    Path other = rewritten("other", name -> name, 1);
    assertThatThrownBy(() -> verify(other))
        .isInstanceOf(SafetensorsException.class)
        .hasMessageContaining("'generator.0.weight' differs");
    Path half = rewritten("half-written", name -> name.startsWith("g") ? name : null, 0);
    assertThatThrownBy(() -> verify(half)).hasMessageContaining("missing [discriminator]");
  }

  /** The same tensors under other names, in the file's order or another, scaled. */
  private static Path rewritten(String name, UnaryOperator<String> names, int difference)
      throws IOException {
    SafetensorsFile file = SafetensorsFile.read(weights);
    List<SafetensorsWriter.Tensor> tensors =
        file.entries().stream()
            .filter(entry -> names.apply(entry.name()) != null)
            .map(
                entry ->
                    new SafetensorsWriter.Tensor(
                        names.apply(entry.name()),
                        new Shape(entry.shape().stream().map(Long::intValue).toList()),
                        () -> changed(file, entry, difference)))
            .sorted(Comparator.comparing(SafetensorsWriter.Tensor::name))
            .toList();
    Path path = directory.resolve(name + ".safetensors");
    SafetensorsWriter.write(path, Map.of(), tensors);
    return path;
  }

  private static float[] changed(SafetensorsFile file, TensorEntry entry, int difference) {
    try {
      float[] values = file.floats(entry);
      values[0] += difference;
      return values;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static WeightMatch match(Path path) throws IOException {
    return WeightMatch.byNameOrOrder(SafetensorsFile.read(path), TinyGan.gan());
  }

  /** As files of PyTorch are: sorted by name, where 10 comes before 2, networks in any order. */
  @Test
  void findsForeignNamesByOrderAndShape() throws IOException {
    UnaryOperator<String> foreign =
        name ->
            name.replace("generator.4", "net_g.10")
                .replace("generator", "net_g")
                .replace("discriminator", "a_net");
    WeightMatch match = match(rewritten("foreign", foreign, 0));
    assertThat(match.absent()).isEmpty();
    assertThat(match.pairs())
        .hasSize(16)
        .allSatisfy(
            pair -> assertThat(pair.entry().name()).isEqualTo(foreign.apply(pair.tensor().name())));
  }

  @Test
  void aNetworkMayBeAbsent() throws IOException {
    UnaryOperator<String> half = name -> name.startsWith("generator") ? name : null;
    assertThat(match(rewritten("half", half, 0)).absent()).containsExactly("discriminator");
    UnaryOperator<String> foreign =
        name -> name.startsWith("d") ? name.replace("discriminator", "main") : null;
    assertThat(match(rewritten("foreign-half", foreign, 0)).absent()).containsExactly("generator");
  }

  @Test
  void saysWhatIsMissingLeftOverOrOfAnotherShape() throws IOException {
    Path missing =
        rewritten(
            "missing",
            name -> name.equals("generator.1.bias") ? null : name.replace("r.5.w", "r.6.w"),
            0);
    assertThatThrownBy(() -> match(missing))
        .isInstanceOf(WeightMismatchException.class)
        .hasMessageContaining("missing generator.1.bias [64]")
        .hasMessageContaining("missing discriminator.5.weight [1, 64]")
        .hasMessageContaining("left over discriminator.6.weight [1, 64]");
    SafetensorsFile file = SafetensorsFile.read(weights);
    Gan wider = TinyGan.gan(5);
    assertThatThrownBy(() -> WeightMatch.byNameOrOrder(file, wider))
        .hasMessageContaining("generator.0.weight [64, 6] should be [80, 6]")
        .hasMessageContaining("more; choose the variant and the settings");
    Path foreign = rewritten("odd", name -> "x." + name.replace("r.4", "r.3") + "x", 0);
    assertThatThrownBy(() -> match(foreign))
        .hasMessageContaining("by order and shape, module 0 of the file should be");
  }

  @Test
  void aMapSaysWhichTensorIsWhich() throws IOException {
    UnaryOperator<String> odd = name -> "odd" + name.hashCode();
    SafetensorsFile file = SafetensorsFile.read(rewritten("odd-names", odd, 0));
    Map<String, String> map = new HashMap<>();
    TorchTensor.of(TinyGan.gan()).forEach(t -> map.put(odd.apply(t.name()), t.name()));
    assertThat(WeightMatch.byTable(file, TinyGan.gan(), map).pairs())
        .hasSize(16)
        .allSatisfy(
            pair -> assertThat(map).containsEntry(pair.entry().name(), pair.tensor().name()));

    String last = odd.apply("generator.4.bias");
    map.put(last, "generator.4.bais");
    assertThatThrownBy(() -> WeightMatch.byTable(file, TinyGan.gan(), map))
        .isInstanceOf(WeightMismatchException.class)
        .hasMessageContaining("'generator.4.bais'")
        .hasMessageContaining("did you mean 'generator.4.bias'");
    map.put(last, "generator.4.weight");
    assertThatThrownBy(() -> WeightMatch.byTable(file, TinyGan.gan(), map))
        .hasMessageContaining("two tensors are mapped to 'generator.4.weight'");
    map.put(last, null);
    assertThatThrownBy(() -> WeightMatch.byTable(file, TinyGan.gan(), map))
        .hasMessageContaining("missing generator.4.bias [1]");
    map.put("nothing", "generator.4.bias");
    assertThatThrownBy(() -> WeightMatch.byTable(file, TinyGan.gan(), map))
        .hasMessageContaining("'nothing', which the file hasn't");
  }

  /** Every bit of our files counts: those of names, shapes, metadata and values alike. */
  @Test
  void refusesEveryFlippedBit() throws IOException {
    byte[] sound = Files.readAllBytes(weights);
    int header = sound.length - dataLength();
    Path damaged = directory.resolve("flipped.safetensors");
    Random random = new Random(17);
    for (int i = 0; i < 600; i++) {
      // Half of them in the length and the header, which are less than half of the file.
      int place = random.nextInt(i % 2 == 0 ? header : sound.length);
      byte[] bytes = sound.clone();
      bytes[place] ^= (byte) (1 << random.nextInt(8));
      Files.write(damaged, bytes);
      assertThatThrownBy(() -> SafetensorsFile.read(damaged))
          .as("a bit of byte %d", place)
          .isInstanceOf(SafetensorsException.class)
          .hasMessageContaining(damaged.toString());
    }
  }

  private static int dataLength() throws IOException {
    return (int)
        SafetensorsFile.read(weights).entries().stream().mapToLong(e -> e.end() - e.begin()).sum();
  }

  @Test
  void refusesEveryTruncationAndExtension() throws IOException {
    byte[] sound = Files.readAllBytes(weights);
    Path damaged = directory.resolve("cut.safetensors");
    Random random = new Random(18);
    for (int i = 0; i < 200; i++) {
      int length = i < 20 ? i : i < 40 ? sound.length - i + 19 : random.nextInt(sound.length);
      Files.write(damaged, Arrays.copyOf(sound, length));
      assertThatThrownBy(() -> SafetensorsFile.read(damaged))
          .as("%d bytes", length)
          .isInstanceOf(SafetensorsException.class);
    }
    Files.write(damaged, Arrays.copyOf(sound, sound.length + 1));
    assertThatThrownBy(() -> SafetensorsFile.read(damaged)).hasMessageContaining("1 more bytes");
  }

  /** Without a checksum a flip in the values can't be known; all else is refused or harmless. */
  @Test
  void aForeignFileIsRefusedOrWhole() throws IOException {
    byte[] sound = Files.readAllBytes(weights);
    Path foreign = directory.resolve("foreign-flips.safetensors");
    String text = new String(sound, StandardCharsets.ISO_8859_1);
    byte[] header =
        ("{" + text.substring(text.indexOf("\"generator.0.weight\":{")))
            .getBytes(StandardCharsets.ISO_8859_1);
    int data = dataLength();
    byte[] onlyHeader = Arrays.copyOf(header, header.length - data);
    byte[] values = Arrays.copyOfRange(sound, sound.length - data, sound.length);
    RawFile.write(foreign, onlyHeader.length, onlyHeader, values);
    assertThat(match(foreign).pairs()).hasSize(16);
    byte[] bytes = Files.readAllBytes(foreign);
    Random random = new Random(19);
    int refused = 0;
    for (int i = 0; i < 300; i++) {
      byte[] flipped = bytes.clone();
      int place = random.nextInt(8 + onlyHeader.length);
      flipped[place] ^= (byte) (1 << random.nextInt(8));
      Files.write(foreign, flipped);
      try {
        SafetensorsFile file = SafetensorsFile.read(foreign);
        Map<String, INDArray> read = WeightMatch.byName(file, TinyGan.gan()).arrays(file);
        assertThat(read).as("byte %d", place).hasSize(16);
      } catch (SafetensorsException | WeightMismatchException e) {
        refused++;
        assertThat(e).hasMessageContaining(foreign.toString());
      }
    }
    assertThat(refused).isGreaterThan(290);
  }

  /** A header may be 100 MB long; what it claims beyond the file is never allocated. */
  @Test
  void anyClaimOfALargeFileIsCheap() throws IOException {
    Path large = directory.resolve("large.safetensors");
    byte[] header =
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1099511627776],\"data_offsets\":[0,4398046511104]}}"
            .getBytes(StandardCharsets.UTF_8);
    RawFile.write(large, header.length, header, new byte[8]);
    assertThatThrownBy(() -> SafetensorsFile.read(large)).hasMessageContaining("8 bytes");
    // Sparse: 200 MB of zeros that take no room on the disk.
    RawFile.write(large, 100_000_000, new byte[0], new byte[0]);
    try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
      file.setLength(200_000_000);
    }
    assertThatThrownBy(() -> SafetensorsFile.read(large)).hasMessageContaining("byte 0x00");
  }
}
