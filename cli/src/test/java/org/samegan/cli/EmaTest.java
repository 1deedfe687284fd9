package org.samegan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.schedule.Schedule;
import org.samegan.io.json.Json;
import org.samegan.io.run.Run;
import org.samegan.io.safetensors.SafetensorsFile;

/** A run whose generator's weights are averaged, from the command line. */
class EmaTest {
  private static final int COUNT = 20;

  /** Sums of some hundred products of floats, in another order. */
  private static final float ROUNDING = 1e-5f;

  @TempDir private Path directory;

  private Path trained(String name, Object... options) {
    Path run = directory.resolve(name);
    Invocation training = TinyRuns.train(directory, run, options);
    assertThat(training.code()).as(training.err()).isZero();
    return run;
  }

  @Test
  void trainsAsWithoutAndShowsTheAverageEverywhere() throws IOException {
    Path with = trained("with", "--steps", 4, "--ema", 0.99);
    Path without = TinyRuns.trained(directory);

    assertThat(Run.open(with).record().model().recipe().generatorAverage().decay())
        .isEqualTo(Schedule.constant(0.99));
    assertThat(with.resolve("metrics.jsonl"))
        .hasSameBinaryContentAs(without.resolve("metrics.jsonl"));
    Map<String, String> averaged = TinyRuns.latestGraphs(with);
    Map<String, String> raw = TinyRuns.latestGraphs(without);
    assertThat(averaged.get("discriminator.fb")).isEqualTo(raw.get("discriminator.fb"));
    assertThat(averaged.get("generator.fb")).isNotEqualTo(raw.get("generator.fb"));

    String grid = "samples/step-00000004.png";
    assertThat(Files.mismatch(with.resolve(grid), without.resolve(grid))).isNotNegative();
    Path sampled = directory.resolve("sampled.png");
    assertThat(Invocation.of(directory, "sample", with, "--grid", sampled).code()).isZero();
    assertThat(sampled).hasSameBinaryContentAs(with.resolve(grid));
  }

  /** The average is what {@code sample} draws with, and what is raw trains as without. */
  @Test
  void anExportHasTheAverageOrTheRawWeights() throws IOException {
    Path with = trained("with", "--steps", 4, "--ema", 0.99);
    Path without = TinyRuns.trained(directory);
    float[] average = images(with);
    float[] raw = images(without);

    Path byDefault = exported("samediff", with);
    Path averaged = exported("samediff", with, "--ema");
    Path notAveraged = exported("samediff", with, "--no-ema");
    assertThat(averaged).hasSameBinaryContentAs(byDefault);
    assertThat(notAveraged).hasSameBinaryContentAs(exported("samediff", without));
    assertClose(draw(byDefault), average);
    assertClose(draw(notAveraged), raw);
    assertThat(Math.abs(average[0] - raw[0])).isGreaterThan(100 * ROUNDING);
    assertThat(metadata(byDefault))
        .contains("\"generator-weights\":\"average\"", "\"source-file\":\"generator.fb\"");
    assertThat(metadata(notAveraged))
        .contains("\"generator-weights\":\"raw\"", "\"source-file\":\"training.fb\"");

    Path onnx = exported("onnx", with, "--no-ema");
    assertThat(Files.mismatch(onnx, exported("onnx", with))).isNotNegative();
  }

  @Test
  void weightsAreThoseThatWereAskedFor() throws IOException {
    Path with = trained("with", "--steps", 4, "--ema", 0.99);
    Path without = TinyRuns.trained(directory);
    Map<String, String> average = TinyRuns.latestGraphs(with);
    Map<String, String> raw = TinyRuns.latestGraphs(without);

    Path averaged = exported("safetensors", with);
    Path notAveraged = exported("safetensors", with, "--no-ema");

    assertThat(averaged).hasSameBinaryContentAs(exported("safetensors", with, "--ema"));
    assertThat(SafetensorsFile.read(averaged).metadata())
        .containsEntry("samegan.generator-weights", "average");
    assertThat(SafetensorsFile.read(notAveraged).metadata())
        .containsEntry("samegan.generator-weights", "raw");
    assertThat(imported(averaged)).containsEntry("generator.fb", average.get("generator.fb"));
    assertThat(imported(notAveraged))
        .containsEntry("generator.fb", raw.get("generator.fb"))
        .containsEntry("discriminator.fb", raw.get("discriminator.fb"));
  }

  private Path exported(String format, Path run, Object... options) throws IOException {
    Path file = Files.createTempDirectory(directory, "export").resolve("exported." + format);
    List<Object> args = new ArrayList<>(List.of("export", run, "--format", format, "--out", file));
    args.addAll(Arrays.asList(options));
    Invocation export = Invocation.of(directory, args.toArray());
    assertThat(export.code()).as(export.err()).isZero();
    assertThat(export.err()).contains("verified");
    return file;
  }

  private static String metadata(Path samediff) throws IOException {
    Path manifest = samediff.resolveSibling(samediff.getFileName() + ".json");
    return Json.tree(Files.readAllBytes(manifest)).path("metadata").toString();
  }

  /** The graphs of a run that starts from a file's weights. */
  private Map<String, String> imported(Path file) throws IOException {
    Path data = TinyRuns.data(directory);
    Path out = Files.createTempDirectory(directory, "import").resolve("run");
    Invocation importing = Invocation.of(directory, "import", file, "--data", data, "--out", out);
    assertThat(importing.code()).as(importing.err()).isZero();
    return TinyRuns.latestGraphs(out);
  }

  /** What {@code sample} draws. */
  private float[] images(Path run) throws IOException {
    SafetensorsFile samples = samples(run);
    return samples.floats(samples.entry("image"));
  }

  /** What an exported graph gives for the latents of {@code sample}, from plain SameDiff. */
  private float[] draw(Path samediff) throws IOException {
    SafetensorsFile samples = samples(directory.resolve("with"));
    INDArray latents =
        Nd4j.createFromArray(samples.floats(samples.entry("latent"))).reshape('c', COUNT, 100);
    return SameDiff.load(samediff.toFile(), false)
        .outputSingle(Map.of("latent", latents), "image")
        .dup('c')
        .data()
        .asFloat();
  }

  private SafetensorsFile samples(Path run) throws IOException {
    Path file = Files.createTempDirectory(directory, "samples").resolve("s.safetensors");
    Invocation sampling =
        Invocation.of(directory, "sample", run, "--count", COUNT, "--tensors", file);
    assertThat(sampling.code()).as(sampling.err()).isZero();
    return SafetensorsFile.read(file);
  }

  /** Images have one channel, so that channels first and last are the same. */
  private static void assertClose(float[] found, float[] expected) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.length; i++) {
      assertThat(Math.abs(found[i] - expected[i])).as("value %d", i).isLessThan(ROUNDING);
    }
  }

  @Test
  void aResumedRunIsTheUninterruptedOneToTheBit() throws IOException {
    Path whole = trained("whole", "--steps", 5, "--ema", 0.99);
    Path parts = trained("parts", "--steps", 2, "--ema", 0.99);

    Invocation resumed = Invocation.of(directory, "resume", parts, "--steps", 5);

    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(TinyRuns.latestGraphs(parts)).isEqualTo(TinyRuns.latestGraphs(whole));
    String grid = "samples/step-00000005.png";
    assertThat(parts.resolve(grid)).hasSameBinaryContentAs(whole.resolve(grid));
  }

  @Test
  void inspectSaysThatItIsOn() throws IOException {
    Path run = trained("run", "--steps", 1, "--ema", 0.999);
    Path checkpoint = run.resolve("checkpoints/step-00000001");

    assertThat(Invocation.of(directory, "inspect", run).out())
        .contains("ema         decay 0.999; generator.fb holds the average");
    Path alone = Files.move(checkpoint, directory.resolve("alone"));
    String json = Invocation.of(directory, "inspect", alone, "--json").out();
    JsonNode tree = Json.tree(json.getBytes(StandardCharsets.UTF_8));
    assertThat(tree.path("ema").asDouble()).isEqualTo(0.999);
  }

  @Test
  void aCheckpointOfARunWithoutIsRefused() throws IOException {
    Path with = trained("with", "--steps", 1, "--ema", 0.9);
    Path without = trained("without", "--steps", 1);
    String step = "checkpoints/step-00000001";
    Files.move(with.resolve(step), directory.resolve("away"));
    Files.move(without.resolve(step), with.resolve(step));

    Invocation resumed = Invocation.of(directory, "resume", with, "--steps", 2);

    assertThat(resumed.code()).isEqualTo(1);
    assertThat(resumed.err())
        .contains("another model", "the generator's averaged with decay 0.9", "no average");
  }

  @Test
  void aConfigurationFileAsksForItAndAnOptionTurnsItOff() throws IOException {
    Path config = Files.writeString(directory.resolve("config.json"), "{\"ema\": 0.95}");

    Path on = trained("on", "--steps", 1, "--config", config);
    Path off = trained("off", "--steps", 1, "--config", config, "--ema", 0);

    assertThat(Run.open(on).record().model().recipe().generatorAverage().decay())
        .isEqualTo(Schedule.constant(0.95));
    assertThat(Run.open(off).record().model().recipe().generatorAverage().enabled()).isFalse();
    assertThat(Invocation.of(directory, "inspect", off).out()).doesNotContain("ema");
  }
}
