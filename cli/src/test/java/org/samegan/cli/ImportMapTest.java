package org.samegan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.samegan.core.Shape;
import org.samegan.io.run.Run;
import org.samegan.io.safetensors.SafetensorsFile;
import org.samegan.io.safetensors.SafetensorsWriter;

/** {@code import --map}, for a file whose names say nothing. */
class ImportMapTest {
  private static final Path TORCH = Path.of("../testdata/torch/dcgan-28.safetensors");

  /** What t0, t1 and so on are: the writer sorts them by name. */
  private static final List<String> NAMES =
      List.of(
          "0.bias",
          "0.weight",
          "1.bias",
          "1.running_mean",
          "1.running_var",
          "1.weight",
          "4.weight",
          "5.bias",
          "5.running_mean",
          "5.running_var",
          "5.weight",
          "7.weight");

  @TempDir private Path directory;
  private Path data;
  private Path map;

  @BeforeEach
  void makeData() {
    data = TinyRuns.idx(directory, "images-idx3-ubyte", 28, 1);
    map = directory.resolve("map.json");
  }

  private Invocation imported(Path file, String name, Object... more) {
    List<Object> args = new ArrayList<>(List.of("import", file, "--data", data));
    args.addAll(List.of("--out", directory.resolve(name), "--variant", "dcgan"));
    args.addAll(List.of("--set", "width=2", "--set", "latent=4"));
    args.addAll(List.of("--batch", TinyRuns.BATCH, "--threads", 1));
    args.addAll(Arrays.asList(more));
    return Invocation.of(directory, args.toArray());
  }

  /** The generator of the file from PyTorch with other names, and perhaps a tensor of no use. */
  private Path odd(boolean withMore) throws IOException {
    SafetensorsFile file = SafetensorsFile.read(TORCH);
    List<SafetensorsWriter.Tensor> tensors = new ArrayList<>();
    for (var entry : file.entries()) {
      if (entry.name().startsWith("netG") && !entry.name().endsWith("tracked")) {
        float[] values = file.floats(entry);
        tensors.add(
            new SafetensorsWriter.Tensor(
                "t" + tensors.size(),
                new Shape(entry.shape().stream().map(Long::intValue).toList()),
                () -> values));
      }
    }
    if (withMore) {
      tensors.add(new SafetensorsWriter.Tensor("more", Shape.of(2), () -> new float[] {1, 2}));
    }
    Path path = directory.resolve("odd.safetensors");
    SafetensorsWriter.write(path, Map.of(), tensors);
    return path;
  }

  private static String mapping() {
    StringBuilder json = new StringBuilder("{");
    for (int i = 0; i < NAMES.size(); i++) {
      json.append(String.format("%s\"t%d\": \"generator.%s\"", i == 0 ? "" : ",", i, NAMES.get(i)));
    }
    return json + "}";
  }

  /** The weights and running statistics of the generator, by path. */
  private Map<String, float[]> generator(String run) throws IOException {
    Map<String, float[]> arrays = new TreeMap<>();
    Run.open(directory.resolve(run))
        .latest()
        .state()
        .arrays()
        .forEach(
            (path, array) -> {
              if (path.startsWith("generator/") && !path.contains("/optimizer/")) {
                arrays.put(path, array.dup('c').data().asFloat());
              }
            });
    assertThat(arrays).hasSize(NAMES.size());
    return arrays;
  }

  @Test
  void saysWhichTensorIsWhich() throws IOException {
    Path odd = odd(false);
    Invocation refused = imported(odd, "refused");
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("by order and shape, module 0", "say which tensor is which");
    assertThat(directory.resolve("refused")).doesNotExist();

    Files.writeString(map, mapping());
    Invocation mapped = imported(odd, "mapped", "--map", map);
    assertThat(mapped.code()).as(mapped.err()).isZero();
    assertThat(imported(TORCH, "named").code()).isZero();
    Map<String, float[]> expected = generator("named");
    generator("mapped")
        .forEach((path, values) -> assertThat(values).as(path).containsExactly(expected.get(path)));
  }

  @Test
  void mayLeaveATensorOut() throws IOException {
    Path odd = odd(true);
    Files.writeString(map, mapping());
    Invocation refused = imported(odd, "refused", "--map", map);
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("more");
    assertThat(directory.resolve("refused")).doesNotExist();

    Files.writeString(map, mapping().replace("}", ", \"more\": null}"));
    Invocation mapped = imported(odd, "mapped", "--map", map);
    assertThat(mapped.code()).as(mapped.err()).isZero();
  }

  @Test
  void mustBeAnObjectOfNames() throws IOException {
    Path odd = odd(false);
    Files.writeString(map, "{\"t0\": 3}");
    assertThat(imported(odd, "other", "--map", map).err())
        .contains("map.json: 't0': expected a name or null, found 3");
    Files.writeString(map, "{\"t0\": null, \"t1\": null, \"t0\": null}");
    assertThat(imported(odd, "other", "--map", map).err())
        .contains("map.json", "Duplicate field 't0'");
    Files.writeString(map, "[");
    assertThat(imported(odd, "other", "--map", map).err())
        .contains("map.json", "expected a JSON object");
    assertThat(directory.resolve("other")).doesNotExist();
  }
}
