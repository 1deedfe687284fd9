package org.samegan.io.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.samegan.core.data.PixelRange;
import org.samegan.io.file.UnusableFileException;

/** Files that people or programs elsewhere have made. */
class HostileJsonTest {
  private static final JsonFile PLAIN = JsonFile.plain("an object", "correct it");
  private static final JsonFile VERSIONED = new JsonFile("a record", null, 2, 0, "undo the change");

  @TempDir private Path directory;

  private record Plain(String name, PixelRange range, List<Integer> numbers) {}

  private Path file(String content) throws IOException {
    return Files.writeString(directory.resolve("x.json"), content);
  }

  @Test
  void aByteOrderMarkMeansNothing() throws IOException {
    assertThat(PLAIN.read(file("\uFEFF{\"a\": 1}")).path("a").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 2_000, 1_000_000})
  void whatIsNestedTooDeeplyIsRefusedInASentence(int depth) throws IOException {
    Path path = file("{\"a\":" + "[".repeat(depth) + "]".repeat(depth) + "}");
    assertThatThrownBy(() -> PLAIN.read(path))
        .isInstanceOf(UnusableFileException.class)
        .hasMessageContainingAll(path + ": ", "nesting depth", "correct it")
        .hasMessageNotContaining("StreamRead");
  }

  /** In less than the limit of bytes there are objects that take gigabytes. */
  @Test
  @Timeout(60)
  void moreValuesThanAnyFileHasAreRefused() throws IOException {
    Path path = file("{\"files\":[" + "{},".repeat(5_000_000) + "{}]}");
    assertThat(Files.size(path)).isLessThan(JsonFile.MAXIMUM_SIZE);
    assertThatThrownBy(() -> PLAIN.read(path))
        .isInstanceOf(UnusableFileException.class)
        .hasMessageContainingAll("oken count", "correct it")
        .hasMessageNotContaining("StreamRead");
  }

  /** As the schemas have it. */
  @ParameterizedTest
  @ValueSource(strings = {"\"2\"", "1.5", "2.0", "true", "null", "4294967297", "[2]"})
  void aVersionIsAWholeNumber(String version) throws IOException {
    Path path = file("{\"format\": " + version + "}");
    assertThatThrownBy(() -> VERSIONED.read(path))
        .isInstanceOf(UnusableFileException.class)
        .hasMessageContaining("format version: expected 1 to 2, found");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\": 1, \"range\": \"UNIT\", \"numbers\": [1]}",
        "{\"name\": true, \"range\": \"UNIT\", \"numbers\": [1]}",
        "{\"name\": \"x\", \"range\": 0, \"numbers\": [1]}",
        "{\"name\": \"x\", \"range\": \"\", \"numbers\": [1]}",
        "{\"name\": \"x\", \"range\": \"UNIT\", \"numbers\": [\"1\"]}",
        "{\"name\": \"x\", \"range\": \"UNIT\", \"numbers\": [1.0]}",
        "{\"name\": \"x\", \"range\": \"UNIT\", \"numbers\": 1}",
        "{\"name\": \"x\", \"range\": \"UNIT\", \"numbers\": \"\"}"
      })
  void nothingIsReadAsAnotherType(String json) {
    assertThatThrownBy(
            () -> Json.value(Json.tree(json.getBytes(StandardCharsets.UTF_8)), Plain.class))
        .isInstanceOf(IOException.class);
  }
}
