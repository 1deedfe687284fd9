package org.samegan.io.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.Shape;
import org.samegan.core.data.Classes;
import org.samegan.core.data.PixelRange;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.Latents;
import org.samegan.core.inference.TrainedGenerator;
import org.samegan.core.training.Trainer;
import org.samegan.io.checkpoint.Checkpoint;
import org.samegan.io.checkpoint.CheckpointException;
import org.samegan.io.checkpoint.Software;
import org.samegan.io.checkpoint.TinyGan;
import org.samegan.io.run.Run;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunRecord;

class GeneratorTest {
  @TempDir private static Path directory;
  private static Path checkpoint;

  @BeforeAll
  static void train() throws IOException {
    checkpoint = trained(TinyGan.gan(), "checkpoint");
  }

  private static Path trained(Gan gan, String name) throws IOException {
    Path path = directory.resolve(name);
    try (Trainer trainer = new Trainer(gan, TinyGan.data(), 8, 5)) {
      trainer.train(2, (report, t) -> {});
      Checkpoint.write(path, gan, trainer.state());
    }
    return path;
  }

  @Test
  void everyImageIsTheOneThatSampleDraws() throws IOException {
    Checkpoint read = Checkpoint.read(checkpoint);
    float[] sampled;
    try (TrainedGenerator sampler = read.generator()) {
      sampled = sampler.sample(0, 200, 5);
    }
    try (Generator generator = Generator.load(checkpoint)) {
      for (int count : List.of(1, 2, 3, 7, 32, 33, 64, 65, 130, 200)) {
        Images images = generator.generate(count, 5);
        assertThat(images.count()).isEqualTo(count);
        assertThat(images.shape()).isEqualTo(Shape.of(8, 8, 1));
        assertThat(images.pixelRange()).isEqualTo(PixelRange.SIGNED_UNIT);
        float[] values = images.toArray();
        assertThat(values).hasSize(count * 64);
        for (int i = 0; i < values.length; i++) {
          // Batches of another size may be summed in another order.
          assertThat((double) Math.abs(values[i] - sampled[i]))
              .as("%d images, value %d", count, i)
              .isLessThanOrEqualTo(Generator.TOLERANCE);
        }
      }
    }
  }

  @Test
  void imagesOfASeedAreThoseOfItsLatents() throws IOException {
    try (Generator generator = Generator.load(checkpoint)) {
      float[] latents = Latents.drawn(generator.latent(), 9).first(70);
      assertThat(generator.generate(latents).toArray())
          .isEqualTo(generator.generate(70, 9).toArray());
    }
  }

  @Test
  void threadsGetTheBitsOfOneThreadAndMemoryStaysFlat() throws Exception {
    Path larger = trained(TinyGan.gan(512), "larger");
    Path log = directory.resolve("log");
    ProcessBuilder soak =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms96m",
                "-Xmx96m",
                "-XX:+AlwaysPreTouch",
                "-XX:+UseSerialGC",
                "-Dorg.bytedeco.javacpp.maxbytes=0",
                "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
                "-cp",
                System.getProperty("java.class.path"),
                GeneratorSoak.class.getName(),
                checkpoint.toString(),
                larger.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    // The allocator's arenas for threads keep what is freed, so that it would seem to be in use.
    soak.environment().put("MALLOC_ARENA_MAX", "1");
    Process process = soak.start();
    int code = process.waitFor();
    String output = Files.readString(log);
    assertThat(code).as(output).isZero();
    assertThat(output).contains("calls=8000 different=0");
    // What is compiled and the allocator's slack; leaked images would take 60 MiB and more.
    assertThat(number("calls-growth-mib", output)).isLessThan(16);
    // A leaked generator of this width takes 6 MiB, and 40 are closed.
    assertThat(number("loads-growth-mib", output)).isLessThan(48);
  }

  private static int number(String key, String output) {
    Matcher matcher = Pattern.compile(key + "=(-?\\d+)").matcher(output);
    assertThat(matcher.find()).as(output).isTrue();
    return Integer.parseInt(matcher.group(1));
  }

  @Test
  void closingWaitsForCallsAndRefusesLaterOnes() throws Exception {
    Generator generator = Generator.load(checkpoint);
    float[] first = generator.generate(2, 3).toArray();
    CompletableFuture<float[]> result = new CompletableFuture<>();
    Thread caller =
        new Thread(
            () -> {
              try {
                result.complete(generator.generate(20_000, 3).toArray());
              } catch (RuntimeException e) {
                result.completeExceptionally(e);
              }
            });
    caller.start();
    while (caller.isAlive() && caller.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    generator.close();
    generator.close();
    assertThat(Arrays.copyOf(result.get(), first.length)).isEqualTo(first);
    assertThatThrownBy(() -> generator.generate(1, 3))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("has been closed");
  }

  @Test
  void isASnapshotThatTrainingDoesNotChange() {
    try (Trainer trainer = new Trainer(TinyGan.gan(), TinyGan.data(), 8, 5)) {
      Map<String, INDArray> arrays = trainer.state().arrays();
      try (Generator generator = Generator.of(TinyGan.gan(), arrays)) {
        float[] before = generator.generate(3, 1).toArray();
        trainer.step();
        assertThat(generator.generate(3, 1).toArray()).isEqualTo(before);
        try (Generator next = Generator.of(TinyGan.gan(), arrays)) {
          assertThat(next.generate(3, 1).toArray()).isNotEqualTo(before);
        }
      }
    }
  }

  @Test
  void loadsARunsLatestCheckpoint() throws IOException {
    RunRecord record =
        new RunRecord(
            RunConfig.DEFAULTS,
            TinyGan.gan(),
            new RunRecord.Data("ab".repeat(32), 50, Classes.of(10), null),
            Software.current());
    Run run = Run.create(directory.resolve("run"), record);
    try (Trainer trainer = new Trainer(TinyGan.gan(), TinyGan.data(), 8, 5)) {
      run.save(trainer.state());
      trainer.train(2, (report, t) -> {});
      run.save(trainer.state());
    }
    try (Generator ofRun = Generator.load(run.directory());
        Generator ofCheckpoint = Generator.load(checkpoint)) {
      assertThat(ofRun.generate(5, 1).toArray()).isEqualTo(ofCheckpoint.generate(5, 1).toArray());
    }
  }

  @Test
  void refusesWhatIsNoGenerator() throws IOException {
    assertThatThrownBy(() -> Generator.load(directory.resolve("absent")))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("absent: there is no such run, checkpoint or exported generator");
    assertThatThrownBy(() -> Generator.load(Files.createDirectory(directory.resolve("empty"))))
        .isInstanceOf(CheckpointException.Incomplete.class);
  }

  @Test
  void refusesLatentsThatAreNone() throws IOException {
    try (Generator generator = Generator.load(checkpoint)) {
      assertThatThrownBy(() -> generator.generate(0, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("from 1 to 33554431 images of 8x8x1 fit into one call, found 0");
      assertThatThrownBy(() -> generator.generate(new float[0]))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> generator.generate(new float[13]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("a latent of 6 values, found 13");
      assertThatThrownBy(() -> generator.generate(new float[] {0, 0, 0, Float.NaN, 0, 0}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("found NaN at 3");
    }
  }

  @Test
  void imagesAreImmutableAndBecomeBytes() throws IOException {
    try (Generator generator = Generator.load(checkpoint)) {
      Images images = generator.generate(3, 1);
      float[] values = images.toArray();
      images.toArray()[0] = 9;
      assertThat(images.toArray()).isEqualTo(values);
      assertThat(images.values().isReadOnly()).isTrue();
      assertThat(images.values().get(70)).isEqualTo(values[70]);
      // Value 70 is of the second image: row 0, column 6. [-1, 1] becomes 0..255.
      assertThat(images.get(1).at(0, 6, 0)).isEqualTo(Math.round((values[70] + 1) * 127.5f));
      assertThatThrownBy(() -> images.get(3)).isInstanceOf(IndexOutOfBoundsException.class);
    }
  }
}
