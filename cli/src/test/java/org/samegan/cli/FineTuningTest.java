package org.samegan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.Shape;
import org.samegan.core.training.StepReport;
import org.samegan.io.checkpoint.Checkpoint;
import org.samegan.io.checkpoint.Manifest;
import org.samegan.io.file.Sha256;
import org.samegan.io.run.Origin;
import org.samegan.io.run.Run;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunOptions;
import org.samegan.io.safetensors.SafetensorsFile;
import org.samegan.io.safetensors.SafetensorsWriter;
import org.samegan.io.safetensors.WeightsFile;
import org.samegan.runs.PreparedRun;
import org.samegan.runs.RunListener;
import org.samegan.runs.TrainingRun;
import org.samegan.runs.weights.WeightSource;

/** {@code train --from}: runs that start from weights that were trained before. */
class FineTuningTest {
  private static final int LATENT = 4;

  @TempDir private static Path sources;

  /**
   * DCGAN on 28x28 images with an average, checkpoints of steps 1 and 2, and step 1 as the best.
   */
  private static Path source;

  @TempDir private Path directory;
  private Path data;
  private Path out;

  @BeforeAll
  static void trainTheSource() throws IOException {
    Path images = TinyRuns.idx(sources, "images-idx3-ubyte", 28, 1);
    source = sources.resolve("source");
    List<Object> more = List.of("--ema", 0.5, "--checkpoint-every", 1, "--keep", 0, "--seed", 7);
    run(sources, tiny("dcgan", images, source, 2, more.toArray()));
    Path best = Files.createDirectories(source.resolve("best/step-00000001"));
    for (Path file : TinyRuns.children(source.resolve("checkpoints/step-00000001"))) {
      Files.copy(file, best.resolve(file.getFileName()));
    }
  }

  @BeforeEach
  void makeData() {
    data = TinyRuns.idx(directory, "new-idx3-ubyte", 28, 2);
    out = directory.resolve("out");
  }

  private static Object[] tiny(Object variant, Path images, Path to, int steps, Object... more) {
    List<Object> args = new ArrayList<>(List.of("train", "--variant", variant, "--data", images));
    args.addAll(List.of("--out", to, "--set", "width=2", "--set", "latent=" + LATENT));
    args.addAll(List.of("--batch", TinyRuns.BATCH, "--threads", 1, "--steps", steps));
    args.addAll(Arrays.asList(more));
    return args.toArray();
  }

  private static Invocation run(Path directory, Object... args) {
    Invocation invocation = Invocation.of(directory, args);
    assertThat(invocation.code()).as(invocation.err()).isZero();
    return invocation;
  }

  private Object[] from(Object place, Object... more) {
    List<Object> args = new ArrayList<>(List.of("train", "--from", place, "--out", out));
    args.addAll(Arrays.asList(more));
    Map<String, Object> usual = Map.of("--data", data, "--steps", 2, "--keep", 0);
    usual.forEach(
        (option, value) -> {
          if (!args.contains(option)) {
            args.addAll(List.of(option, value));
          }
        });
    return args.toArray();
  }

  private Invocation tuned(Object place, Object... more) {
    return run(directory, from(place, more));
  }

  private Invocation refused(Object place, Object... more) {
    Invocation refused = Invocation.of(directory, from(place, more));
    assertThat(refused.code()).as(refused.err()).isNotZero();
    assertThat(refused.err()).doesNotContain("unexpected ");
    assertThat(out).doesNotExist();
    return refused;
  }

  /** A run's values at the start. */
  private static Map<String, INDArray> start(Path run) throws IOException {
    return Checkpoint.read(run.resolve("checkpoints/step-00000000")).state().arrays();
  }

  private static Map<String, INDArray> values(Path checkpoint) throws IOException {
    return Checkpoint.read(checkpoint).state().arrays();
  }

  /** What the same run would start from without weights. */
  private Map<String, float[]> seeded(Path run) throws IOException {
    RunConfig config = Run.open(run).record().config();
    Map<String, float[]> values = new LinkedHashMap<>();
    try (TrainingRun fresh = TrainingRun.create(directory.resolve("fresh"), config)) {
      fresh.state().arrays().forEach((path, value) -> values.put(path, floats(value)));
    }
    return values;
  }

  private static float[] floats(INDArray array) {
    return array.dup('c').ravel().toFloatVector();
  }

  private static boolean isVariable(String path) {
    return !path.contains("/optimizer/") && !path.contains("/raw/");
  }

  private static void assertSameVariables(
      Map<String, INDArray> found, Map<String, INDArray> expected) {
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    found.forEach(
        (path, value) -> {
          if (isVariable(path)) {
            assertThat(floats(value)).as(path).isEqualTo(floats(expected.get(path)));
          }
        });
  }

  @Test
  void startsFromTheBitsOfTheLatestCheckpointWithOptimizersThatHaveSeenNothing()
      throws IOException {
    Invocation tuning = tuned(source);
    assertThat(tuning.err())
        .contains(source + " gives 20 of 20 variables: generator ")
        .doesNotContain("seed");

    Map<String, INDArray> found = start(out);
    Path latest = source.resolve("checkpoints/step-00000002");
    assertSameVariables(found, values(latest));
    // The average is what a run shows, so raw weights start from it, statistics included.
    float[] shown = floats(found.get("generator/0_dense/weight"));
    assertThat(floats(found.get("generator/raw/parameters"))).startsWith(shown);
    float[] mean = floats(found.get("generator/1_batch_norm/running_mean"));
    assertThat(floats(found.get("generator/raw/statistics"))).startsWith(mean);
    assertThat(found.get("generator/optimizer/second_moment").maxNumber().floatValue()).isZero();

    Run run = Run.open(out);
    Run old = Run.open(source);
    assertThat(run.record().model().hasNetworksOf(old.record().model())).isTrue();
    assertThat(run.record().config().settings()).isEqualTo(old.record().config().settings());
    assertThat(run.record().config().get(RunOptions.EMA)).isNotNull();
    assertThat(run.record().config().get(RunOptions.DATA)).isEqualTo(data.toString());
    assertThat(run.record().imported()).isTrue();
    assertThat(run.record().machine()).isNotNull();
    String sha256 = Sha256.hex(latest.resolve(Manifest.FILE));
    assertThat(run.record().origin())
        .isEqualTo(new Origin(source.toString(), "source", 2L, sha256, 20, List.of(), List.of()));
    assertThat(run(directory, "inspect", out).out())
        .contains("from        " + source + ": the weights of the run source, step 2")
        .contains("20 of 20 variables, 0 of them in part; SHA-256 " + sha256);
    assertThat(run(directory, "inspect", out, "--json").out()).contains("\"" + sha256 + "\"");
  }

  @Test
  void theBestCheckpointCanBeNamed() throws IOException {
    tuned(source + "@best", "--seed", 8);
    assertSameVariables(start(out), values(source.resolve("best/step-00000001")));
    Origin origin = Run.open(out).record().origin();
    assertThat(origin.place()).isEqualTo(source + "@best");
    assertThat(origin.run()).isEqualTo("source");
    assertThat(origin.step()).isEqualTo(1);
    assertThat(Run.open(out).record().config().get(RunOptions.SEED)).isEqualTo(8);
  }

  /** It says what its networks are, and nothing of settings and options. */
  @Test
  void aCheckpointOfNoRunBringsItsModel() throws IOException {
    Path alone = Files.createDirectory(directory.resolve("alone"));
    for (Path file : TinyRuns.children(source.resolve("checkpoints/step-00000001"))) {
      Files.copy(file, alone.resolve(file.getFileName()));
    }
    tuned(alone, "--batch", TinyRuns.BATCH, "--threads", 1);
    assertSameVariables(start(out), values(alone));
    assertThat(Run.open(out).record().origin().run()).isNull();
    assertThat(Run.open(out).record().config().get(RunOptions.VARIANT))
        .isEqualTo(alone.resolve(Manifest.FILE).toString());
    run(directory, "resume", out, "--steps", 3);
  }

  @Test
  void newImagesAreBroughtToTheNetworksSize() throws IOException {
    data = TinyRuns.idx(directory, "larger-idx3-ubyte", 40, 3);
    tuned(source);
    assertThat(Run.open(out).record().model().exampleShape()).isEqualTo(Shape.of(28, 28, 1));
    assertSameVariables(start(out), values(source.resolve("checkpoints/step-00000002")));
  }

  /** Images with labels in turn. */
  private Path labelled(String name, int classes) throws IOException {
    ByteBuffer labels = ByteBuffer.allocate(8 + TinyRuns.IMAGES);
    labels.putInt(0x00000801).putInt(TinyRuns.IMAGES);
    for (int i = 0; i < TinyRuns.IMAGES; i++) {
      labels.put((byte) (i % classes));
    }
    Files.write(directory.resolve(name + "-labels-idx1-ubyte"), labels.array());
    return TinyRuns.idx(directory, name + "-images-idx3-ubyte", 28, 4);
  }

  @ParameterizedTest
  @CsvSource({
    "cgan, discriminator/0_conv2d/weight, '', '20 of 20 variables, 2 in part'",
    "acgan, '', recognition/1_dense/weight recognition/1_dense/bias,"
        + " '20 of 22 variables, 1 in part'"
  })
  void otherClassesKeepWhatIsNotOfTheLabel(
      String variant, String alsoPartly, String anew, String count) throws IOException {
    Path three = directory.resolve("three");
    run(directory, tiny(variant, labelled("three", 3), three, 1));
    data = labelled("five", 5);
    Invocation tuning = tuned(three);
    String dense = "generator/0_dense/weight";
    assertThat(tuning.err())
        .contains(
            "gives " + count, dense + " 9x196 but for the first 4 of its 9 inputs (there 7x196)");
    Origin origin = Run.open(out).record().origin();
    assertThat(origin.partly())
        .isEqualTo(alsoPartly.isEmpty() ? List.of(dense) : List.of(dense, alsoPartly));
    assertThat(origin.anew()).isEqualTo(anew.isEmpty() ? List.of() : List.of(anew.split(" ")));

    Map<String, INDArray> found = start(out);
    Map<String, INDArray> old = values(three.resolve("checkpoints/step-00000001"));
    Map<String, float[]> seeded = seeded(out);
    found.forEach(
        (path, value) -> {
          if (!isVariable(path)) {
            return;
          }
          if (origin.anew().contains(path)) {
            assertThat(floats(value)).as(path).isEqualTo(seeded.get(path));
          } else if (!origin.partly().contains(path)) {
            assertThat(floats(value)).as(path).isEqualTo(floats(old.get(path)));
          }
        });
    float[] rows = floats(found.get(dense));
    int taken = LATENT * 196;
    assertThat(Arrays.copyOf(rows, taken)).isEqualTo(Arrays.copyOf(floats(old.get(dense)), taken));
    assertThat(Arrays.copyOfRange(rows, taken, rows.length))
        .isEqualTo(Arrays.copyOfRange(seeded.get(dense), taken, rows.length));
    if (!alsoPartly.isEmpty()) {
      // 4x4 places, then inputs (the image, then a plane a class), then 2 channels.
      for (int place = 0; place < 16; place++) {
        for (int input = 0; input < 6; input++) {
          for (int channel = 0; channel < 2; channel++) {
            float expected =
                input == 0
                    ? floats(old.get(alsoPartly))[place * 4 * 2 + channel]
                    : seeded.get(alsoPartly)[(place * 6 + input) * 2 + channel];
            assertThat(floats(found.get(alsoPartly))[(place * 6 + input) * 2 + channel])
                .isEqualTo(expected);
          }
        }
      }
    }
  }

  /** With labels from without, and without from with. */
  @Test
  void labelsCanBeLearntLaterAndLeftOut() throws IOException {
    data = labelled("three", 3);
    Invocation conditional =
        tuned(source, "--variant", "cgan", "--set", "width=2", "--set", "latent=" + LATENT);
    assertThat(conditional.err()).contains("settings for dcgan are left out", "2 in part");
    Map<String, INDArray> found = start(out);
    Map<String, INDArray> old = values(source.resolve("checkpoints/step-00000002"));
    float[] noise = floats(old.get("generator/0_dense/weight"));
    assertThat(floats(found.get("generator/0_dense/weight"))).hasSize(7 * 196).startsWith(noise);

    Path labelled = out;
    out = directory.resolve("without");
    tuned(labelled, "--variant", "dcgan", "--set", "width=2", "--set", "latent=" + LATENT);
    assertThat(Run.open(out).record().origin().whole()).isEqualTo(20);
    float[] later =
        floats(
            values(labelled.resolve("checkpoints/step-00000002")).get("generator/0_dense/weight"));
    assertThat(floats(start(out).get("generator/0_dense/weight")))
        .isEqualTo(Arrays.copyOf(later, LATENT * 196));
  }

  /** From 32 to 64 pixels: with half the width next to the image the inner layers are the same. */
  @Test
  void aLargerSizeTakesTheInnerLayers() throws IOException {
    Path small = directory.resolve("small");
    Path images = TinyRuns.idx(directory, "small-idx3-ubyte", 32, 5);
    run(directory, tiny("dcgan", images, small, 1, "--set", "width=4"));
    data = images;
    Invocation tuning = tuned(small, "--image-size", 64, "--set", "width=2");
    // Latent to 16 channels, to 8, to 4: 4x4 kernels, gains and biases; the two last are new.
    int taken = (LATENT * 16 + 16 * 8 + 8 * 4) * 16 + 2 * (16 + 8 + 4);
    int all = taken + (4 * 2 + 2 * 1) * 16 + 2 * 2;
    assertThat(tuning.err())
        .contains("generator " + String.format(Locale.ROOT, "%,d of %,d", taken, all))
        .contains("starts from the seed: ")
        .contains("generator/10_conv_transpose2d/weight 4x4x2x4 (there 4x4x1x4)");
    assertThat(Run.open(out).record().model().exampleShape()).isEqualTo(Shape.of(64, 64, 1));
    Origin origin = Run.open(out).record().origin();
    Map<String, INDArray> found = start(out);
    Map<String, INDArray> old = values(small.resolve("checkpoints/step-00000001"));
    Map<String, float[]> seeded = seeded(out);
    found.forEach(
        (path, value) -> {
          if (isVariable(path)) {
            float[] expected =
                origin.anew().contains(path) ? seeded.get(path) : floats(old.get(path));
            assertThat(floats(value)).as(path).isEqualTo(expected);
          }
        });
  }

  @Test
  void refusesWhatFitsTooLittleWithShapes() {
    Invocation other = refused(source, "--image-size", 32);
    assertThat(other.err())
        .contains("of the generator's ", " parameters only 0 fit")
        .contains("generator/1_conv_transpose2d/weight", "(not there)");
    Invocation wider = refused(source, "--set", "width=3");
    assertThat(wider.err()).contains("generator/0_dense/weight 4x294 (there 4x196)");
    assertThat(refused(source, "--variant", "gan", "--arch", "mlp").err()).contains(" fit, and at");
    Invocation points = refused(source, "--data", "toy:8gaussians");
    assertThat(points.code()).isEqualTo(2);
    assertThat(points.err()).contains("make images, but the data is points");
  }

  @Test
  void refusesWhatIsNoWeights() throws IOException {
    assertThat(refused(directory.resolve("none")).err()).contains("no such run, checkpoint or");
    assertThat(refused(directory.resolve("none@best")).err()).contains("there is no such run");
    assertThat(refused(directory).err()).contains("this is no checkpoint");
    Path text = Files.writeString(directory.resolve("weights.safetensors"), "Not weights at all.");
    assertThat(refused(text).err()).contains("weights.safetensors: at byte 0");
    Invocation noData = Invocation.of(directory, "train", "--from", source, "--out", out);
    assertThat(noData.code()).isEqualTo(2);
    assertThat(noData.err()).contains("--data is missing");
    Path foreign = Path.of("../testdata/torch/dcgan-28.safetensors");
    assertThat(refused(foreign).err()).contains("--variant is missing");
    Files.createDirectory(out);
    Files.writeString(out.resolve("kept"), "");
    Invocation full = Invocation.of(directory, from(source));
    assertThat(full.err()).contains("a run is never overwritten");
  }

  @Test
  void anExportedFileServesAsWell() throws IOException {
    Path file = directory.resolve("weights.safetensors");
    Run old = Run.open(source);
    WeightsFile.write(file, old.latest(), old.record().config());
    tuned(file);
    assertSameVariables(start(out), values(source.resolve("checkpoints/step-00000002")));
    assertThat(Run.open(out).record().origin())
        .isEqualTo(
            new Origin(file.toString(), null, 2L, Sha256.hex(file), 20, List.of(), List.of()));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFileWithTheGeneratorAloneLeavesTheRestToTheSeed(boolean ours) throws IOException {
    Path whole = directory.resolve("whole.safetensors");
    Run old = Run.open(source);
    WeightsFile.write(whole, old.latest(), old.record().config());
    SafetensorsFile file = SafetensorsFile.read(whole);
    List<SafetensorsWriter.Tensor> tensors = new ArrayList<>();
    for (var entry : file.entries()) {
      if (entry.name().startsWith("generator")) {
        float[] values = file.floats(entry);
        Shape shape = new Shape(entry.shape().stream().map(Long::intValue).toList());
        tensors.add(new SafetensorsWriter.Tensor(entry.name(), shape, () -> values));
      }
    }
    Path generator = directory.resolve("generator.safetensors");
    Map<String, String> said = new LinkedHashMap<>(ours ? file.metadata() : Map.of());
    said.remove("samegan.sha256");
    SafetensorsWriter.write(generator, said, tensors);
    List<Object> more = ours ? List.of() : Arrays.asList(dcgan());
    Invocation tuning = tuned(generator, more.toArray());
    assertThat(tuning.err()).contains("holds nothing of the discriminator, which starts from seed");
    Map<String, INDArray> found = start(out);
    Map<String, INDArray> trained = values(source.resolve("checkpoints/step-00000002"));
    Map<String, float[]> seeded = seeded(out);
    found.forEach(
        (path, value) -> {
          if (isVariable(path)) {
            assertThat(floats(value))
                .as(path)
                .isEqualTo(
                    path.startsWith("generator") ? floats(trained.get(path)) : seeded.get(path));
          }
        });
  }

  private static Object[] dcgan() {
    return new Object[] {
      "--variant", "dcgan", "--set", "width=2", "--set", "latent=4", "--batch", TinyRuns.BATCH
    };
  }

  /** The run has its start with it: nobody asks for the source again. */
  @Test
  void aRunThatEndedBeforeItsFirstCheckpointGoesOnWithTheSameBits() throws IOException {
    tuned(source, "--steps", 3, "--checkpoint-every", 100);
    Map<String, String> expected = TinyRuns.latestGraphs(out);
    List<String> log = Files.readAllLines(out.resolve("metrics.jsonl"));

    Path copy = directory.resolve("copy");
    copyTree(source, copy);
    Path cut = directory.resolve("cut");
    RunConfig config = Run.open(out).record().config();
    RunListener power =
        new RunListener() {
          @Override
          public void stepped(StepReport report, TrainingRun run) {
            if (report.step() == 2) {
              throw new IllegalStateException("cut");
            }
          }
        };
    try (TrainingRun run =
        PreparedRun.of(config, WeightSource.at(copy), false, notice -> {}).create(cut)) {
      run.watch(power);
      assertThatIllegalStateException().isThrownBy(run::train).withMessage("cut");
    }
    assertThat(TinyRuns.names(cut.resolve("checkpoints"))).containsExactly("step-00000000");
    deleteTree(copy);
    run(directory, "resume", cut);
    assertThat(TinyRuns.latestGraphs(cut)).isEqualTo(expected);
    assertThat(Files.readAllLines(cut.resolve("metrics.jsonl"))).isEqualTo(log);
    assertThat(Run.open(cut).record().origin().place()).isEqualTo(copy.toString());

    for (Path checkpoint : TinyRuns.children(cut.resolve("checkpoints"))) {
      deleteTree(checkpoint);
    }
    Invocation without = Invocation.of(directory, "resume", cut);
    assertThat(without.code()).isEqualTo(1);
    assertThat(without.err())
        .contains("the run started from the weights of " + copy, "has no checkpoint");
  }

  @Test
  void aDryRunSaysWhatWouldBeTaken() {
    Invocation dry = run(directory, "train", "--from", source, "--data", data, "--dry-run");
    assertThat(dry.err()).contains("gives 20 of 20 variables");
    assertThat(dry.out()).contains("\"width\" : 2", "generator");
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Files.copy(path, to.resolve(from.relativize(path)));
      }
    }
  }

  private static void deleteTree(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(path);
      }
    }
  }
}
