package org.samegan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.samegan.io.run.Run;
import org.samegan.io.run.RunOptions;

class ConfigFileTest {
  @TempDir private Path directory;

  private Invocation train(String json, Object... more) throws IOException {
    Path config = Files.writeString(directory.resolve("config.json"), json);
    Object[] args = new Object[5 + more.length];
    args[0] = "train";
    args[1] = "--config";
    args[2] = config;
    args[3] = "--out";
    args[4] = directory.resolve("run");
    System.arraycopy(more, 0, args, 5, more.length);
    return Invocation.of(directory, args);
  }

  @Test
  void optionsOverrideTheFile() throws IOException {
    String json =
        """
        {"variant": "gan", "data": "%s", "batch": 16, "seed": 7, "epochs": 9,
         "settings": {"arch": "mlp", "latent": 5, "momentum": 0.25}}
        """
            .formatted(TinyRuns.data(directory));
    Invocation training = train(json, "--steps", 1, "--set", "latent=6", "--keep", 1);
    assertThat(training.code()).as(training.err()).isZero();
    Run run = Run.open(directory.resolve("run"));
    assertThat(run.record().config())
        .satisfies(
            config -> {
              assertThat(config.get(RunOptions.SEED)).isEqualTo(7);
              assertThat(config.get(RunOptions.EPOCHS)).isNull();
              assertThat(config.get(RunOptions.STEPS)).isEqualTo(1);
              assertThat(config.get(RunOptions.KEEP)).isEqualTo(1);
              assertThat(config.settings()).containsEntry("momentum", 0.25);
            });
    assertThat(run.record().model().latent().size()).isEqualTo(6);
  }

  @Test
  void aRunsRecordIsAConfiguration() throws IOException {
    Path first = TinyRuns.trained(directory);
    Path second = directory.resolve("second");
    Invocation again =
        Invocation.of(directory, "train", "--config", first.resolve("run.json"), "--out", second);
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(TinyRuns.latestGraphs(second)).isEqualTo(TinyRuns.latestGraphs(first));
  }

  @Test
  void theCommandLinesMicroBatchTakesThePlaceOfTheFilesShards() throws IOException {
    String json =
        """
        {"variant": "gan", "data": "%s", "batch": 16, "shards": 2, "steps": 1,
         "settings": {"arch": "mlp"}}
        """
            .formatted(TinyRuns.data(directory));
    Invocation training = train(json, "--micro-batch", 4);
    assertThat(training.code()).as(training.err()).isZero();
    Path run = directory.resolve("run");
    assertThat(Run.open(run).record().config().get(RunOptions.SHARDS)).isEqualTo(4);
    Invocation inspection = Invocation.of(directory, "inspect", run);
    assertThat(inspection.out()).contains("16, in 4 shards");
    Path half = directory.resolve("half");
    Invocation again =
        Invocation.of(
            directory, "train", "--config", run.resolve("run.json"), "--batch", 8, "--out", half);
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(Run.open(half).record().config().sharding().microBatch()).isEqualTo(2);
  }

  /** Every lsgan setting is one of wgan too, with another default. */
  @Test
  void theSettingsOfAnotherVariantAreLeftOut() throws IOException {
    Path data = TinyRuns.idx(directory, "digits-idx3-ubyte", 28, 1);
    String json =
        """
        {"variant": "lsgan", "data": "%s", "batch": 16,
         "settings": {"width": 4, "generator.learning-rate": 0.0002}}
        """
            .formatted(data);
    Invocation other = train(json, "--variant", "wgan", "--dry-run");
    assertThat(other.code()).as(other.err()).isZero();
    assertThat(other.err()).contains("settings for lsgan are left out");
    assertThat(other.out())
        .contains("\"generator.learning-rate\" : 5.0E-5", "\"width\" : 64", "\"batch\" : 16");

    Invocation points = train(json, "--data", "toy:8gaussians", "--dry-run");
    assertThat(points.err()).contains("settings for images are left out");
    assertThat(points.out()).contains("\"width\" : 512");

    Invocation same = train(json, "--variant", "lsgan", "--set", "latent=5", "--dry-run");
    assertThat(same.err()).doesNotContain("left out");
    assertThat(same.out()).contains("\"width\" : 4", "\"latent\" : 5");
  }

  @Test
  void namesAnUnknownKeyAndTheNearest() throws IOException {
    Invocation training = train("{\"sede\": 3}");
    assertThat(training.code()).isEqualTo(1);
    assertThat(training.err()).contains("config.json", "'sede'", "did you mean 'seed'?");
  }

  @Test
  void namesAValueOfTheWrongTypeAndTheRange() throws IOException {
    Invocation training = train("{\"batch\": \"many\"}");
    assertThat(training.code()).isEqualTo(1);
    assertThat(training.err()).contains("batch must be a whole number of at least 1", "many");
  }

  @Test
  void namesASettingThatIsOutOfRange() throws IOException {
    for (String setting : new String[] {"\"clip\": 0", "\"critic.warmup\": 3"}) {
      Invocation training =
          train("{\"variant\": \"wgan\", \"data\": \"d\", \"settings\": {%s}}".formatted(setting));
      assertThat(training.code()).isEqualTo(2);
      assertThat(training.err())
          .contains(setting.contains("clip") ? "clip must be a number" : "critic.warmup must be");
    }
  }

  @Test
  void namesAMissingFile() {
    Invocation training =
        Invocation.of(directory, "train", "--config", directory.resolve("none.json"));
    assertThat(training.code()).isEqualTo(2);
    Invocation named =
        Invocation.of(
            directory, "train", "--out", "run", "--config", directory.resolve("none.json"));
    assertThat(named.code()).isEqualTo(1);
    assertThat(named.err()).contains("none.json: there is no such file");
  }
}
