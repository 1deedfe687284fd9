package org.samegan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.samegan.core.data.Classes;
import org.samegan.core.gan.Gan;
import org.samegan.core.setting.Setting;
import org.samegan.evaluation.comparison.Metric;
import org.samegan.io.checkpoint.Manifest;
import org.samegan.io.checkpoint.Software;
import org.samegan.io.file.UnusableFileException;
import org.samegan.io.json.ChecksummedJson;
import org.samegan.io.json.Json;
import org.samegan.io.run.Run;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunOption;
import org.samegan.io.run.RunOptions;
import org.samegan.io.run.RunRecord;

/**
 * That the published schemas are right. What the other tests write is held against them too: every
 * run by {@link Invocation}, every variant's manifest by {@link VariantContractTest}.
 */
class SchemasTest {
  private static final String FIRST_LAYER = "/record/model/generator/layers/0";

  @TempDir private Path directory;

  @Test
  void areSchemas() throws IOException {
    for (String name : new String[] {"model", "run", "manifest", "evaluation", "augment"}) {
      Schemas.requireValid(Schemas.META, Schemas.DIRECTORY.resolve(name + ".schema.json"));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("org.samegan.cli.VariantContractTest#gans")
  void theRecordOfEveryVariantIsValid(String name, Gan gan) throws IOException {
    RunRecord.Data data = new RunRecord.Data("0f".repeat(32), 50, Classes.of(10), null);
    RunConfig config = RunConfig.DEFAULTS.with(RunOptions.DATA, "/data/images");
    Run run =
        Run.create(directory.resolve("run"), new RunRecord(config, gan, data, Software.current()));
    Schemas.requireValid(run.directory());
  }

  @Test
  void refuseWhatTheReaderRefuses() throws IOException {
    Path file = TinyRuns.trained(directory).resolve("run.json");
    String written = Files.readString(file);
    faultyRecords()
        .forEach(
            (what, change) -> {
              String changed = signed(changed(written, change));
              assertThat(Schemas.faults(Schemas.RUN, changed)).as(what).isNotEmpty();
              assertThatThrownBy(
                      () -> {
                        Files.writeString(file, changed);
                        Run.open(file.getParent());
                      })
                  .as(what)
                  .isInstanceOf(UnusableFileException.class);
            });
    assertThat(Schemas.faults(Schemas.RUN, written)).isEmpty();
  }

  private static Map<String, Consumer<ObjectNode>> faultyRecords() {
    Map<String, Consumer<ObjectNode>> faults = new TreeMap<>();
    faults.put("unknown option", tree -> tree.put("bacth", 16));
    faults.put("batch of 0", tree -> tree.put("batch", 0));
    faults.put("batch in words", tree -> tree.put("batch", "16"));
    faults.put("two lengths", tree -> tree.put("epochs", 1));
    faults.put("decay of 1", tree -> tree.put("ema", 1));
    faults.put("two channels", tree -> tree.put("channels", 2));
    faults.put("unknown device", tree -> tree.put("device", "tpu"));
    faults.put("no record", tree -> tree.remove("record"));
    faults.put("later format", tree -> at(tree, "/record").put("format", 3));
    faults.put("format 0", tree -> at(tree, "/record").put("format", 0));
    faults.put("no format", tree -> at(tree, "/record").remove("format"));
    faults.put("no fingerprint", tree -> at(tree, "/record/data").remove("fingerprint"));
    faults.put("null for a model", tree -> at(tree, "/record").putNull("model"));
    faults.put("a half origin", tree -> at(tree, "/record").putObject("origin").put("whole", 1));
    faults.put("no examples", tree -> at(tree, "/record/data").put("examples", 0));
    faults.put("no recognition", tree -> at(tree, "/record/model").remove("recognition"));
    faults.put("unknown pixel range", tree -> at(tree, "/record/model").put("pixel-range", "X"));
    faults.put("unknown layer", tree -> at(tree, FIRST_LAYER).put("type", "dens"));
    faults.put("layer without units", tree -> at(tree, FIRST_LAYER).remove("units"));
    faults.put("layer with more", tree -> at(tree, FIRST_LAYER).put("colour", 1));
    faults.put("layer of 0 units", tree -> at(tree, FIRST_LAYER).put("units", 0));
    faults.put(
        "unknown objective",
        tree -> at(tree, "/record/model/recipe/objective").put("type", "maximax"));
    faults.put(
        "momentum of Adam",
        tree -> at(tree, "/record/model/recipe/generator-optimizer").put("momentum", 0.5));
    return faults;
  }

  @Test
  void refuseFaultyManifests() throws IOException {
    String written =
        Files.readString(
            TinyRuns.trained(directory)
                .resolve("checkpoints/step-00000004")
                .resolve(Manifest.FILE));
    Map<String, Consumer<ObjectNode>> faults =
        Map.of(
            "no checksum", tree -> tree.remove("checksum"),
            "short checksum", tree -> tree.put("checksum", "ab"),
            "local time", tree -> tree.put("created", "2026-01-01T00:00:00"),
            "negative step", tree -> at(tree, "/progress").put("step", -1),
            "file elsewhere", tree -> at(tree, "/files/0").put("name", "../generator.fb"),
            "unknown layer", tree -> at(tree, "/model/generator/layers/0").put("type", "dens"),
            "later format", tree -> tree.put("format", 3),
            "unknown key", tree -> tree.put("comment", "mine"));
    faults.forEach(
        (what, change) ->
            assertThat(Schemas.faults(Schemas.MANIFEST, changed(written, change)))
                .as(what)
                .isNotEmpty());
    assertThat(Schemas.faults(Schemas.MANIFEST, written)).isEmpty();
  }

  /** With a checksum that is right, so that it is not the checksum that is refused. */
  private static String signed(String json) {
    try {
      ObjectNode tree = (ObjectNode) Json.tree(json.getBytes(StandardCharsets.UTF_8));
      tree.remove(ChecksummedJson.CHECKSUM);
      return new String(ChecksummedJson.write(tree), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Each option is declared once, and the schema says the same. */
  @Test
  void theOptionsInTheSchemaAreTheDeclaredOnes() throws IOException {
    JsonNode schema = Json.tree(Files.readAllBytes(Schemas.DIRECTORY.resolve("run.schema.json")));
    ObjectNode expected = (ObjectNode) Json.tree(Map.of());
    for (RunOption<?> option : RunOptions.all()) {
      expected.set(option.key(), Json.tree(described(option)));
    }
    ObjectNode found = ((ObjectNode) schema.path("properties")).deepCopy();
    found.remove(List.of("settings", "record", "checksum"));
    assertThat(Json.text(found)).isEqualTo(Json.text(expected));
  }

  /** Each metric is declared once, and the schema says the same. */
  @Test
  void theMetricsInTheSchemaAreTheDeclaredOnes() throws IOException {
    JsonNode schema =
        Json.tree(Files.readAllBytes(Schemas.DIRECTORY.resolve("evaluation.schema.json")));
    List<String> keys = Arrays.stream(Metric.values()).map(Metric::key).toList();
    assertThat(schema.at("/$defs/metric/enum")).isEqualTo(Json.tree(keys));
  }

  private static Map<String, Object> described(RunOption<?> option) {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("description", option.setting().description());
    boolean mayBeNull = option.setting().defaultValue() == null || option.equals(RunOptions.EPOCHS);
    if (option.setting() instanceof Setting.Whole whole) {
      described.put("type", mayBeNull ? List.of("integer", "null") : "integer");
      if (whole.low() > Long.MIN_VALUE) {
        described.put("minimum", whole.low());
      }
      if (whole.high() < Integer.MAX_VALUE) {
        described.put("maximum", whole.high());
      }
    } else if (option.setting() instanceof Setting.WholeChoice choice) {
      List<Object> values = new ArrayList<>(choice.options());
      values.add(null);
      described.put("enum", values);
    } else if (option.setting() instanceof Setting.Choice choice) {
      List<Object> values = new ArrayList<>(choice.options());
      if (mayBeNull) {
        values.add(null);
      }
      described.put("enum", values);
    } else if (option.setting() instanceof Setting.Flag) {
      described.put("type", "boolean");
    } else if (option.setting() instanceof Setting.Real real) {
      described.put("type", mayBeNull ? List.of("number", "null") : "number");
      if (real.lowIncluded()) {
        described.put("minimum", (long) real.low());
      }
    } else if (option.setting() instanceof Setting.Scheduled) {
      described.put(
          "oneOf",
          List.of(Map.of("type", "null"), Map.of("$ref", "model.schema.json#/$defs/fraction")));
    } else {
      described.put("type", List.of("string", "null"));
    }
    return described;
  }

  private static String changed(String json, Consumer<ObjectNode> change) {
    try {
      ObjectNode tree = (ObjectNode) Json.tree(json.getBytes(StandardCharsets.UTF_8));
      change.accept(tree);
      return Json.text(tree);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static ObjectNode at(JsonNode tree, String place) {
    return (ObjectNode) tree.at(place);
  }
}
