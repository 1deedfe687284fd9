package org.samegan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.samegan.io.json.Json;

class VariantsTest {
  @TempDir private Path directory;

  @Test
  void listsEveryVariantWithSizesAndSettings() {
    Invocation variants = Invocation.of(directory, "variants");
    assertThat(variants.code()).isZero();
    assertThat(variants.out())
        .contains("gan: ", "dcgan: ", "image sizes: 28, 32, 64, 128", "image sizes: any")
        .contains("one of maxout, mlp", "generator.learning-rate")
        .contains("on points (--data toy:...)")
        .containsPattern("penalty.weight +0.1 ");
  }

  @Test
  void printsJsonForMachines() throws IOException {
    Invocation variants = Invocation.of(directory, "variants", "--json");
    JsonNode tree = Json.tree(variants.out().getBytes(StandardCharsets.UTF_8));
    assertThat(tree.findValuesAsText("name")).contains("gan", "dcgan");
    JsonNode first = tree.path(0).path("settings").path(0);
    assertThat(first.path("key").asText()).isEqualTo("arch");
    assertThat(first.path("default-value").asText()).isEqualTo("maxout");
    assertThat(tree.path(0).path("point-settings").path(0).path("default-value").asInt())
        .isEqualTo(2);
    assertThat(tree.path(1).path("point-settings").isNull()).isTrue();
  }
}
