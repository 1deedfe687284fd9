package org.samegan.io.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.KebabCaseStrategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.samegan.core.augmentation.AugmentationPolicy;
import org.samegan.core.data.PixelRange;
import org.samegan.core.gan.DiscriminatorSteps;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.Latent;
import org.samegan.core.gan.LittleData;
import org.samegan.core.gan.Recipe;
import org.samegan.core.gan.Recognition;
import org.samegan.core.layer.Network;
import org.samegan.core.objective.GradientPenalty;
import org.samegan.core.objective.LeCam;
import org.samegan.core.optimizer.MovingAverage;

/** That {@code docs/schemas/model.schema.json} has all that a model can be made of. */
class ModelSchemaTest {
  /** A recipe says nothing of little data where nothing is done about it. */
  private static final Set<String> OPTIONAL = Set.of("little-data");

  private static JsonNode schema;

  @BeforeAll
  static void read() throws IOException {
    Path file = Path.of("..", "docs", "schemas", "model.schema.json");
    schema = Json.tree(Files.readAllBytes(file));
  }

  static List<Class<?>> choices() {
    return ModelTypes.CHOICES;
  }

  @ParameterizedTest
  @MethodSource("choices")
  void hasEveryTypeWithItsComponents(Class<?> choice) {
    String place =
        "/$defs/" + (choice == Latent.Part.class ? "latent-part" : ModelTypes.name(choice));
    Map<String, List<String>> described = new TreeMap<>();
    for (JsonNode one : schema.at(place + "/oneOf")) {
      described.put(one.at("/properties/type/const").asText(), keys(one));
    }
    Map<String, List<String>> written = new TreeMap<>();
    ModelTypes.records(choice)
        .forEach(
            type -> {
              List<String> keys = new ArrayList<>(List.of("type"));
              keys.addAll(components(type));
              written.put(ModelTypes.name(type), keys);
            });
    assertThat(described).isEqualTo(written);
  }

  @Test
  void hasTheComponentsOfAllElse() {
    Map<String, Class<?>> records =
        Map.ofEntries(
            Map.entry("", Gan.class),
            Map.entry("/properties/latent", Latent.class),
            Map.entry("/$defs/network", Network.class),
            Map.entry("/$defs/recognition", Recognition.class),
            Map.entry("/$defs/recipe", Recipe.class),
            Map.entry("/$defs/penalty", GradientPenalty.class),
            Map.entry("/$defs/recipe/properties/discriminator-steps", DiscriminatorSteps.class),
            Map.entry(
                "/$defs/recipe/properties/discriminator-steps/properties/warmup/oneOf/1",
                DiscriminatorSteps.Warmup.class),
            Map.entry("/$defs/recipe/properties/generator-average", MovingAverage.class),
            Map.entry("/$defs/recipe/properties/little-data", LittleData.class),
            Map.entry(
                "/$defs/recipe/properties/little-data/properties/augmentation",
                AugmentationPolicy.class),
            Map.entry("/$defs/recipe/properties/little-data/properties/le-cam", LeCam.class));
    records.forEach(
        (place, type) -> assertThat(keys(schema.at(place))).as(place).isEqualTo(components(type)));
    assertThat(texts(schema.at("/$defs/penalty/properties/points/enum")))
        .isEqualTo(names(GradientPenalty.Points.values()));
    List<String> ranges = new ArrayList<>(names(PixelRange.values()));
    ranges.add("null");
    assertThat(texts(schema.at("/properties/pixel-range/enum"))).isEqualTo(ranges);
  }

  /** The keys, all of which must be required and the only ones, as the reader has it. */
  private static List<String> keys(JsonNode object) {
    List<String> keys = new ArrayList<>();
    object.path("properties").fieldNames().forEachRemaining(keys::add);
    List<String> required = new ArrayList<>(keys);
    required.removeAll(OPTIONAL);
    assertThat(texts(object.path("required"))).isEqualTo(required);
    assertThat(object.path("additionalProperties").asBoolean(true)).isFalse();
    return keys;
  }

  private static List<String> components(Class<?> type) {
    return Arrays.stream(type.getRecordComponents())
        .map(component -> KebabCaseStrategy.INSTANCE.translate(component.getName()))
        .toList();
  }

  private static List<String> names(Enum<?>[] values) {
    return Arrays.stream(values).map(Enum::name).toList();
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }
}
