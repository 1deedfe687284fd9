package org.samegan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.gan.Gan;
import org.samegan.io.checkpoint.Manifest;
import org.samegan.io.json.ChecksummedJson;
import org.samegan.io.json.Json;
import org.samegan.io.run.Run;
import org.samegan.io.run.RunRecord;
import org.samegan.models.Variants;

/**
 * A null in place of any value of what is written: where the published schema refuses it the reader
 * does, and says where it is; where the schema accepts it the reader does.
 */
class NullsTest {
  @TempDir private Path directory;

  private interface Reader {
    void read(JsonNode tree) throws IOException;
  }

  @ParameterizedTest
  @ValueSource(strings = {"infogan", "ssinfogan", "acgan", "sngan", "wgan", "wgan-gp", "gan"})
  void inAModel(String variant) {
    Map<String, Object> settings =
        variant.equals("wgan") ? Map.of("critic.warmup", "true") : Map.of();
    Gan gan = Variants.named(variant).gan(ExampleForm.images(28, 1, 3), settings);
    compare(Schemas.MODEL, Json.tree(gan), tree -> Json.value(tree, Gan.class));
  }

  @Test
  void inAResidualNetwork() {
    Gan gan =
        Variants.named("wgan-gp")
            .gan(ExampleForm.images(32, 3, 0), Map.of("arch", "resnet", "width", 4));
    compare(Schemas.MODEL, Json.tree(gan), tree -> Json.value(tree, Gan.class));
  }

  /** Its checksum, which would have to be right, is checked before anything else is looked at. */
  @Test
  void inAManifest() throws IOException {
    Path run = TinyRuns.trained(directory);
    Path file = run.resolve("checkpoints/step-00000004").resolve(Manifest.FILE);
    ObjectNode written = (ObjectNode) Json.tree(Files.readAllBytes(file));
    JsonNode checksum = written.remove("checksum");
    compare(
        Schemas.MANIFEST,
        written,
        tree -> ((ObjectNode) tree).set("checksum", checksum),
        tree -> Json.value(tree, Manifest.class));
  }

  @Test
  void inARunsRecord() throws IOException {
    Path file = TinyRuns.trained(directory).resolve(RunRecord.FILE);
    ObjectNode written = (ObjectNode) Json.tree(Files.readAllBytes(file));
    JsonNode checksum = written.remove("checksum");
    compare(
        Schemas.RUN,
        written,
        tree -> ((ObjectNode) tree).set("checksum", checksum),
        tree -> {
          Files.write(file, ChecksummedJson.write(tree));
          Run.open(file.getParent());
        });
  }

  private static void compare(Schema schema, JsonNode written, Reader reader) {
    compare(schema, written, tree -> {}, reader);
  }

  private static void compare(
      Schema schema, JsonNode written, Consumer<JsonNode> complete, Reader reader) {
    for (JsonPointer place : places(JsonPointer.empty(), written).skip(1).toList()) {
      JsonNode tree = written.deepCopy();
      putNull(tree.at(place.head()), place.last());
      String refusal = refusal(reader, tree);
      complete.accept(tree);
      if (!Schemas.faults(schema, Json.text(tree)).isEmpty()) {
        assertThat(refusal).as("%s", place).contains(name(place));
      } else if (refusal != null) {
        // A schema does not know whether a latent needs a recognition network.
        assertThat(refusal).as("%s", place).doesNotContain("null").contains("problem");
      }
    }
  }

  /** A place as messages name it. Without its type an object is not what it should be. */
  private static String name(JsonPointer place) {
    StringBuilder name = new StringBuilder();
    for (JsonPointer at = place; !at.matches(); at = at.tail()) {
      if (at.mayMatchElement()) {
        name.append('[').append(at.getMatchingIndex()).append(']');
      } else if (!at.getMatchingProperty().equals("type")) {
        name.append(name.isEmpty() ? "" : ".").append(at.getMatchingProperty());
      }
    }
    return name.toString().replaceFirst("^record\\.", "");
  }

  private static String refusal(Reader reader, JsonNode tree) {
    try {
      reader.read(tree);
      return null;
    } catch (JsonProcessingException e) {
      return e.getOriginalMessage();
    } catch (IOException e) {
      return e.getMessage();
    }
  }

  private static Stream<JsonPointer> places(JsonPointer at, JsonNode node) {
    List<Stream<JsonPointer>> all = new ArrayList<>(List.of(Stream.of(at)));
    node.properties()
        .forEach(entry -> all.add(places(at.appendProperty(entry.getKey()), entry.getValue())));
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      all.add(places(at.appendIndex(i), node.get(i)));
    }
    return all.stream().flatMap(Function.identity());
  }

  private static void putNull(JsonNode parent, JsonPointer last) {
    if (parent instanceof ArrayNode array) {
      array.setNull(last.getMatchingIndex());
    } else {
      ((ObjectNode) parent).putNull(last.getMatchingProperty());
    }
  }
}
