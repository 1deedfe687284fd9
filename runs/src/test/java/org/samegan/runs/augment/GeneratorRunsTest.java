package org.samegan.runs.augment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.samegan.core.backend.Backend;
import org.samegan.io.file.Sha256;
import org.samegan.io.run.Run;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunOptions;
import org.samegan.runs.device.ComputeDevice;

/** Experiments with real generators: ordinary runs, of the same bits however they were ended. */
class GeneratorRunsTest {
  @TempDir private static Path directory;
  private static Backend backend;
  private static AugmentSettings settings;

  @BeforeAll
  static void makeData() throws IOException {
    System.setProperty("samegan.cache", directory.resolve("cache").toString());
    Path data = directory.resolve("data");
    write(data, "train", 60);
    write(data, "test", 12);
    RunConfig config =
        RunConfig.DEFAULTS
            .with(RunOptions.DATA, data.toString())
            .with(RunOptions.STEPS, 6L)
            .with(RunOptions.BATCH, 8L)
            .with(RunOptions.THREADS, 1L)
            .withSetting("width", 4);
    backend = ComputeDevice.select(config, notice -> {}).start().backend();
    settings =
        new AugmentSettings(
            config,
            null,
            null,
            4,
            1,
            4,
            10,
            List.of(0.0),
            List.of(0.5),
            List.of(Arm.REAL_LONGER, Arm.REAL_SYNTHETIC),
            false);
  }

  /** Folders of classes with names, of 28 x 28 pixels. */
  private static void write(Path data, String split, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      byte[] pixels = new byte[28 * 28];
      byte[] small = ToyImages.image(i % 3, split, i);
      for (int p = 0; p < small.length; p++) {
        pixels[(p / 8 + 10) * 28 + p % 8 + 10] = small[p];
      }
      Path folder = data.resolve(split).resolve(List.of("cat", "dog", "owl").get(i % 3));
      Files.createDirectories(folder);
      org.samegan.io.image.PngImage.write(
          folder.resolve(i + ".png"), org.samegan.io.image.ByteImage.of(28, 28, 1, pixels));
    }
  }

  private static boolean run(Path place, int polls) throws IOException {
    int[] asked = {0};
    return AugmentExperiment.run(
            settings, place, backend, new AugmentListener() {}, () -> asked[0]++ >= polls)
        .isPresent();
  }

  @Test
  void stoppedAgainAndAgainAnExperimentEndsInTheSameFiles() throws IOException {
    Path whole = directory.resolve("whole");
    assertThat(run(whole, Integer.MAX_VALUE)).isTrue();
    Path stopped = directory.resolve("stopped");
    assertThat(run(stopped, 0)).isFalse();
    // A process may die when it has made the run's directory, but not the run.
    Files.createDirectories(stopped.resolve("subset-01/generator/samples"));
    int starts = 1;
    while (!run(stopped, 11)) {
      starts++;
    }

    assertThat(starts).isGreaterThan(2);
    Map<String, String> expected = digests(whole);
    Map<String, String> found = digests(stopped);
    assertThat(expected.keySet())
        .contains(
            AugmentReport.FILE,
            ReportPage.FILE,
            "subset-01/generator/metrics.jsonl",
            "subset-01/real/owl/000008.png",
            "synthetic/metadata.jsonl");
    expected.forEach((name, digest) -> assertThat(found).as(name).containsEntry(name, digest));
    Run run = Run.open(stopped.resolve("subset-01/generator"));
    assertThat(run.record().data().classes().names()).containsExactly("cat", "dog", "owl");
  }

  /** All but what says where and when it was made. */
  private static Map<String, String> digests(Path place) throws IOException {
    Map<String, String> digests = new TreeMap<>();
    try (Stream<Path> tree = Files.walk(place)) {
      for (Path file : tree.filter(Files::isRegularFile).toList()) {
        String name = place.relativize(file).toString().replace('\\', '/');
        boolean dated = name.endsWith("run.json") || name.endsWith("manifest.json");
        if (!dated && !name.endsWith(".lock")) {
          digests.put(name, Sha256.hex(file));
        }
      }
    }
    return digests;
  }
}
