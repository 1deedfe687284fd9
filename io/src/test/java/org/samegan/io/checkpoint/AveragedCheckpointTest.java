package org.samegan.io.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.Shape;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.GanNetwork;
import org.samegan.core.gan.Latent;
import org.samegan.core.inference.CompiledGenerator;
import org.samegan.core.layer.Dense;
import org.samegan.core.layer.Network;
import org.samegan.core.training.Trainer;
import org.samegan.core.training.TrainingState;

/** Checkpoints of a GAN whose generator's weights are averaged. */
class AveragedCheckpointTest {
  private static final Gan PLAIN = TinyGan.gan();
  private static final Gan AVERAGED = PLAIN.withRecipe(PLAIN.recipe().withGeneratorAverage(0.999));

  @TempDir Path directory;

  private Path trained(Gan gan, int steps, String name) throws IOException {
    Path path = directory.resolve(name);
    try (Trainer trainer = new Trainer(gan, TinyGan.data(), 8, 5)) {
      trainer.train(steps, (report, t) -> {});
      Checkpoint.write(path, gan, trainer.state());
    }
    return path;
  }

  /** The values of a graph's variables, as plain SameDiff loads them. */
  private static Map<String, float[]> load(Path checkpoint, String file) {
    Map<String, float[]> values = new LinkedHashMap<>();
    for (SDVariable variable :
        SameDiff.load(checkpoint.resolve(file).toFile(), false).variables()) {
      if (variable.name().contains("/") && variable.getArr() != null) {
        values.put(variable.name(), variable.getArr().dup('c').data().asFloat());
      }
    }
    return values;
  }

  @Test
  void theGeneratorsGraphHoldsTheAverageAndTheTrainingFileTheRawWeights() throws IOException {
    Path plain = trained(PLAIN, 1, "plain");
    Path averaged = trained(AVERAGED, 1, "averaged");
    Map<String, float[]> start = load(trained(PLAIN, 0, "start"), "generator.fb");
    Map<String, float[]> raw = load(plain, "generator.fb");
    Map<String, float[]> found = load(averaged, "generator.fb");

    assertThat(found.keySet()).isEqualTo(raw.keySet());
    found.forEach(
        (path, values) -> {
          for (int i = 0; i < values.length; i++) {
            // The first step's decay is 2/11; the slack is a float's rounding.
            double expected = (2.0 * start.get(path)[i] + 9.0 * raw.get(path)[i]) / 11;
            double slack = 2e-7 * Math.max(0.1, Math.abs(expected));
            assertThat(values[i] - expected).as("%s[%d]", path, i).isBetween(-slack, slack);
          }
        });
    assertThat(found.get("generator/0_dense/weight"))
        .isNotEqualTo(raw.get("generator/0_dense/weight"));

    Map<String, float[]> besides = load(averaged, Checkpoint.TRAINING_FILE);
    float[] parameters = besides.get("generator/raw/parameters");
    float[] weights = raw.get("generator/0_dense/weight");
    assertThat(Arrays.copyOf(parameters, weights.length)).isEqualTo(weights);
    assertThat(parameters).hasSize((int) PLAIN.generator().parameterCount());
    assertThat(besides.get("generator/raw/statistics")).hasSize(2 * 4 * 4 * 4);
    Map<String, float[]> besidesWithout = load(plain, Checkpoint.TRAINING_FILE);
    assertThat(besides).hasSize(besidesWithout.size() + 2);
    besidesWithout.forEach((path, v) -> assertThat(besides.get(path)).as(path).isEqualTo(v));
    assertThat(averaged.resolve("discriminator.fb"))
        .hasSameBinaryContentAs(plain.resolve("discriminator.fb"));
  }

  @Test
  void plainSameDiffDrawsFromTheAverage() throws IOException {
    INDArray latents = Nd4j.randn(3, 6);
    float[] raw = images(trained(PLAIN, 3, "plain"), latents);
    float[] average = images(trained(AVERAGED, 3, "averaged"), latents);
    assertThat(average).hasSize(3 * 8 * 8).isNotEqualTo(raw);
  }

  private static float[] images(Path checkpoint, INDArray latents) {
    Path file = checkpoint.resolve("generator.fb");
    return images(SameDiff.load(file.toFile(), false), latents);
  }

  private static float[] images(Checkpoint checkpoint) throws IOException {
    try (CompiledGenerator generator = checkpoint.generator()) {
      return generator.sample(0, 3, 1);
    }
  }

  private static float[] images(SameDiff generator, INDArray latents) {
    return generator
        .outputSingle(Map.of("latent", latents.dup()), "image")
        .dup('c')
        .data()
        .asFloat();
  }

  /** Averaging disturbs no bit of training, so the raw generator is that of a run without. */
  @Test
  void withItsRawGeneratorItIsTheCheckpointOfARunWithout() throws IOException {
    Path plain = trained(PLAIN, 3, "plain");
    Checkpoint averaged = Checkpoint.read(trained(AVERAGED, 3, "averaged"));
    Checkpoint raw = averaged.withRawGenerator();

    assertThat(averaged.generatorWeights()).contains("average");
    assertThat(averaged.source(GanNetwork.GENERATOR).name()).isEqualTo("generator.fb");
    assertThat(raw.generatorWeights()).contains("raw");
    assertThat(raw.source(GanNetwork.GENERATOR).name()).isEqualTo(Checkpoint.TRAINING_FILE);
    Map<String, float[]> expected = load(plain, "generator.fb");
    Map<String, INDArray> found = raw.values(GanNetwork.GENERATOR);
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    found.forEach((path, a) -> assertThat(a.data().asFloat()).isEqualTo(expected.get(path)));
    assertThat(images(raw)).isEqualTo(images(Checkpoint.read(plain)));
    assertThat(raw.state().arrays().get("generator/0_dense/weight").data().asFloat())
        .isEqualTo(
            averaged.values(GanNetwork.GENERATOR).get("generator/0_dense/weight").data().asFloat())
        .isNotEqualTo(expected.get("generator/0_dense/weight"));
  }

  @Test
  void withoutAnAverageTheGeneratorIsRawAnyway() throws IOException {
    Checkpoint raw = Checkpoint.read(trained(PLAIN, 1, "plain")).withRawGenerator();

    assertThat(raw.generatorWeights()).isEmpty();
    assertThat(raw.source(GanNetwork.GENERATOR).name()).isEqualTo("generator.fb");
    assertThat(images(raw)).isEqualTo(images(Checkpoint.read(raw.directory())));
  }

  @Test
  void rawWeightsThatAreMissingOrTooFewAreRefused() throws IOException {
    TrainingState state = Checkpoint.read(trained(AVERAGED, 1, "whole")).state();
    Map<String, INDArray> arrays = new LinkedHashMap<>(state.arrays());
    arrays.remove("generator/raw/statistics");
    assertRawRefused(
        new TrainingState(state.progress(), arrays),
        "variable 'generator/raw/statistics': expected shape [128], found no such variable");
    arrays.put("generator/raw/statistics", Nd4j.ones(127));
    assertRawRefused(
        new TrainingState(state.progress(), arrays),
        "variable 'generator/raw/statistics': expected shape [128], found shape [127]");
  }

  private void assertRawRefused(TrainingState state, String message) throws IOException {
    Path path = Files.createTempDirectory(directory, "damaged").resolve("checkpoint");
    Checkpoint.write(path, AVERAGED, state);
    Checkpoint read = Checkpoint.read(path).withRawGenerator();
    assertThatThrownBy(read::generator)
        .isInstanceOf(CheckpointException.Corrupt.class)
        .hasMessageContainingAll(path.resolve(Checkpoint.TRAINING_FILE).toString(), message);
  }

  @Test
  void aRestoredRunIsTheUninterruptedRunToTheBit() throws IOException {
    Path half = trained(AVERAGED, 3, "half");
    Path whole = trained(AVERAGED, 6, "whole");
    Path resumed = directory.resolve("resumed");
    Checkpoint checkpoint = Checkpoint.read(half);
    assertThat(checkpoint.gan()).isEqualTo(AVERAGED);
    try (Trainer trainer = new Trainer(checkpoint.gan(), TinyGan.data(), 8, 5)) {
      trainer.restore(checkpoint.state());
      trainer.train(3, (report, t) -> {});
      Checkpoint.write(resumed, AVERAGED, trainer.state());
    }
    for (String file : List.of("generator.fb", "discriminator.fb", Checkpoint.TRAINING_FILE)) {
      assertThat(resumed.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
      assertThat(Files.mismatch(half.resolve(file), whole.resolve(file))).isNotNegative();
    }
  }

  @Test
  void isOfAnotherModelThanOneWithout() throws IOException {
    Checkpoint averaged = Checkpoint.read(trained(AVERAGED, 1, "averaged"));
    assertThatThrownBy(() -> averaged.requireModel(PLAIN))
        .isInstanceOf(CheckpointException.OtherModel.class)
        .hasMessageContainingAll("no average", "the generator's averaged with decay 0.999");
  }

  @Test
  void theRawWeightsCountTowardsWhatSameDiffsFormatCanHold() {
    // 225 million values and Adam's two moments of each; a file can hold 528 million.
    Network generator = Network.of(Shape.of(1), new Dense(15_000), new Dense(15_000));
    Network discriminator = Network.of(Shape.of(15_000), new Dense(1));
    Gan storable = Gan.of(Latent.normal(1), generator, discriminator);
    StorableSize.require(storable);
    assertThatThrownBy(
            () ->
                StorableSize.require(
                    storable.withRecipe(storable.recipe().withGeneratorAverage(0.99))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("too large to be saved", "no average");
  }
}
