package org.samegan.io.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.training.Trainer;
import org.samegan.core.training.TrainingState;
import org.samegan.io.file.Damage;
import org.samegan.io.file.Sha256;

/** Damages files at random, by accident and on purpose: nothing but a clear refusal may follow. */
class TortureTest {
  private static final int DAMAGES = 240;
  private static final long MOST_MEMORY = 16 << 20;

  @TempDir Path directory;
  private Path checkpoint;
  private Manifest manifest;

  @BeforeEach
  void write() throws IOException {
    checkpoint = directory.resolve("checkpoint");
    try (Trainer trainer = new Trainer(TinyGan.gan(), TinyGan.data(), 8, 5)) {
      trainer.step();
      Checkpoint.write(checkpoint, TinyGan.gan(), trainer.state());
    }
    manifest = Checkpoint.read(checkpoint).manifest();
  }

  @ParameterizedTest
  @ValueSource(strings = {"generator.fb", "discriminator.fb", "training.fb", Manifest.FILE})
  void everyDamageIsRefused(String name) throws IOException {
    Path file = checkpoint.resolve(name);
    byte[] good = Files.readAllBytes(file);
    Random random = new Random(name.hashCode());
    for (int i = 0; i < DAMAGES; i++) {
      byte[] bad = Damage.of(good, i, random);
      Files.write(file, bad);
      long before = allocated();
      assertThatThrownBy(() -> Checkpoint.read(checkpoint).state())
          .as("damage %d", i)
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining(checkpoint.toString())
          .hasMessageContaining("expected");
      assertThat(allocated() - before).isLessThan(MOST_MEMORY);
    }
    Files.write(file, good);
    assertThat(Checkpoint.read(checkpoint).manifest()).isEqualTo(manifest);
  }

  /** Whoever writes checksums too can change values, but not make us read past a buffer. */
  @ParameterizedTest
  @ValueSource(strings = {"generator.fb", "discriminator.fb", "training.fb"})
  void damageUnderRightChecksumsIsRefusedOrAnotherValue(String name) throws IOException {
    Path file = checkpoint.resolve(name);
    byte[] good = Files.readAllBytes(file);
    Map<String, List<Long>> shapes = shapes(Checkpoint.read(checkpoint).state());
    Random random = new Random(name.hashCode());
    int refused = 0;
    for (int i = 0; i < DAMAGES; i++) {
      byte[] bad =
          switch (i % 4) {
            case 0 -> Damage.flipped(good, random);
            case 1 -> Arrays.copyOf(good, random.nextInt(good.length));
            default -> overwritten(good, random);
          };
      Files.write(file, bad);
      sign(name, bad);
      Checkpoint read = Checkpoint.read(checkpoint);
      long before = allocated();
      try {
        assertThat(shapes(read.state())).as("damage %d", i).containsAllEntriesOf(networks(shapes));
        if (name.equals("generator.fb")) {
          read.generator().close();
        }
      } catch (CheckpointException.Corrupt e) {
        assertThat(e.path()).isEqualTo(file);
        assertThat(e.getMessage()).contains(e.what(), e.expected(), e.found());
        refused++;
      }
      assertThat(allocated() - before).isLessThan(MOST_MEMORY);
    }
    assertThat(refused).isGreaterThan(DAMAGES / 4);
  }

  @Test
  void aManifestCannotLeadOutOfItsCheckpoint() throws IOException {
    Path outside = Files.writeString(directory.resolve("outside"), "secret");
    byte[] content = Files.readAllBytes(outside);
    List<Manifest.FileEntry> files = new ArrayList<>(manifest.files());
    files.set(0, new Manifest.FileEntry("../outside", content.length, Sha256.hex(content)));
    ManifestFile.write(checkpoint.resolve(Manifest.FILE), with(files));
    assertThatThrownBy(() -> Checkpoint.read(checkpoint))
        .isInstanceOf(CheckpointException.Corrupt.class)
        .hasMessageContaining("manifest.json: files: expected [generator.fb, ")
        .hasMessageContaining("found [../outside, ");
  }

  @Test
  void aManifestMustListEveryFile() throws IOException {
    ManifestFile.write(checkpoint.resolve(Manifest.FILE), with(manifest.files().subList(0, 2)));
    assertThatThrownBy(() -> Checkpoint.read(checkpoint))
        .isInstanceOf(CheckpointException.Corrupt.class)
        .hasMessageContaining("training.fb]");
  }

  @Test
  void aFileOfAnotherNetworkIsRefused() throws IOException {
    Path file = checkpoint.resolve("generator.fb");
    Files.copy(checkpoint.resolve("discriminator.fb"), file, StandardCopyOption.REPLACE_EXISTING);
    sign("generator.fb", Files.readAllBytes(file));
    Checkpoint read = Checkpoint.read(checkpoint);
    assertThatThrownBy(read::generator)
        .isInstanceOf(CheckpointException.Corrupt.class)
        .hasMessageContaining(
            "variable 'generator/0_dense/weight': expected shape [6, 64], found no such variable");
  }

  /** An offset, a length or an extent becomes one that is chosen to do harm. */
  private static byte[] overwritten(byte[] good, Random random) {
    int[] harm = {-1, 0, 1, Integer.MAX_VALUE, Integer.MIN_VALUE, good.length, 1 << 30};
    ByteBuffer bad = ByteBuffer.wrap(good.clone()).order(ByteOrder.LITTLE_ENDIAN);
    int values = 1 + random.nextInt(4);
    for (int i = 0; i < values; i++) {
      bad.putInt(4 * random.nextInt(good.length / 4), harm[random.nextInt(harm.length)]);
    }
    return bad.array();
  }

  private void sign(String name, byte[] content) throws IOException {
    List<Manifest.FileEntry> files =
        manifest.files().stream()
            .map(
                file ->
                    file.name().equals(name)
                        ? new Manifest.FileEntry(name, content.length, Sha256.hex(content))
                        : file)
            .toList();
    ManifestFile.write(checkpoint.resolve(Manifest.FILE), with(files));
  }

  private Manifest with(List<Manifest.FileEntry> files) {
    return new Manifest(
        manifest.format(),
        manifest.software(),
        manifest.created(),
        manifest.progress(),
        manifest.model(),
        files,
        manifest.graphs());
  }

  private static Map<String, List<Long>> shapes(TrainingState state) {
    Map<String, List<Long>> shapes = new TreeMap<>();
    for (Map.Entry<String, INDArray> entry : state.arrays().entrySet()) {
      shapes.put(entry.getKey(), Arrays.stream(entry.getValue().shape()).boxed().toList());
      assertThat(entry.getValue().isNaN()).isNotNull();
    }
    return shapes;
  }

  /** The optimizers' vectors are the trainer's to check. */
  private static Map<String, List<Long>> networks(Map<String, List<Long>> shapes) {
    return shapes.entrySet().stream()
        .filter(entry -> !entry.getKey().contains("/optimizer/"))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static long allocated() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
  }
}
