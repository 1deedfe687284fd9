package org.samegan.io.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.samegan.core.Shape;
import org.samegan.core.augmentation.AugmentationPolicy;
import org.samegan.core.data.PixelRange;
import org.samegan.core.gan.DiscriminatorSteps;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.Latent;
import org.samegan.core.gan.LittleData;
import org.samegan.core.gan.Recipe;
import org.samegan.core.gan.Recognition;
import org.samegan.core.layer.Activation;
import org.samegan.core.layer.BatchNorm;
import org.samegan.core.layer.Conv2d;
import org.samegan.core.layer.ConvTranspose2d;
import org.samegan.core.layer.Dense;
import org.samegan.core.layer.Dropout;
import org.samegan.core.layer.Initializer;
import org.samegan.core.layer.Layer;
import org.samegan.core.layer.Maxout;
import org.samegan.core.layer.Network;
import org.samegan.core.layer.Padding;
import org.samegan.core.layer.Reshape;
import org.samegan.core.layer.SpectralNorm;
import org.samegan.core.objective.Constraint;
import org.samegan.core.objective.GradientPenalty;
import org.samegan.core.objective.LeCam;
import org.samegan.core.objective.Objective;
import org.samegan.core.optimizer.MovingAverage;
import org.samegan.core.optimizer.RmsProp;
import org.samegan.core.optimizer.Sgd;
import org.samegan.core.random.Distribution;
import org.samegan.core.schedule.Schedule;

class ModelJsonTest {
  @Test
  void everyPartOfAModelSurvives() throws JsonProcessingException {
    Network generator =
        Network.of(
            Shape.of(8),
            new Dense(16, false, new Initializer.Uniform(0.05)),
            new BatchNorm(0.8, 1e-3, new Initializer.Normal(1, 0.02)),
            new Activation.Relu(),
            Reshape.to(2, 2, 4),
            new ConvTranspose2d(3, 5, 2, Padding.SAME, true, new Initializer.GlorotUniform()),
            new Activation.Sigmoid(),
            new Conv2d(1, 3, 1, Padding.SAME, true, new Initializer.Constant(0.5)),
            new Activation.Tanh());
    Network discriminator =
        Network.of(
            Shape.of(4, 4, 1),
            new Conv2d(2, 4, 2, Padding.of(1)).withoutBias(),
            new Activation.LeakyRelu(0.1),
            Reshape.to(8),
            new Dropout(0.7),
            new Maxout(3, 2, new Initializer.HeNormal()),
            new SpectralNorm(new Dense(1)));
    Gan gan =
        new Gan(
            "custom",
            new Latent(
                List.of(
                    new Latent.Noise(1, new Distribution.Uniform(-2, 2)),
                    new Latent.Label(2),
                    new Latent.Categorical(4),
                    new Latent.Continuous(1, Distribution.Normal.STANDARD))),
            generator,
            discriminator,
            new Recognition(3, Network.of(Shape.of(8), new Dense(8)), 1, 0.1),
            new Recipe(
                new Objective.Saturating(),
                List.of(GradientPenalty.wganLp(), GradientPenalty.r1(1)),
                new Constraint.WeightClipping(0.01),
                new RmsProp(5e-5),
                new Sgd(0.1, 0.7),
                new DiscriminatorSteps(3, DiscriminatorSteps.Warmup.WGAN),
                new MovingAverage(0.999)),
            PixelRange.UNIT);
    byte[] json = Json.write(gan);
    assertThat(Json.value(Json.tree(json), Gan.class)).isEqualTo(gan);
    assertThat(Json.write(Json.value(Json.tree(json), Gan.class))).isEqualTo(json);
  }

  void aRecipeSpeaksOfLittleDataOnlyWhereSomethingIsDone() throws JsonProcessingException {
    Recipe recipe = Recipe.of(new Objective.NonSaturating());
    JsonNode tree = Json.tree(recipe);
    assertThat(tree.has("little-data")).as("as in version 0.2.0").isFalse();
    assertThat(Json.value(tree, Recipe.class)).isEqualTo(recipe);

    for (String text : List.of("ada:color,translation", "cutout,mirror")) {
      Recipe augmented = recipe.withAugmentation(AugmentationPolicy.parse(text));
      JsonNode written = Json.tree(augmented);
      assertThat(written.at("/little-data/augmentation/control/type").asText())
          .isEqualTo(text.startsWith("ada") ? "adaptive" : "always");
      assertThat(Json.value(written, Recipe.class)).isEqualTo(augmented);
    }
    Recipe recipeOfAll =
        recipe.withLittleData(
            LittleData.NONE
                .withLeCam(LeCam.of(0.3))
                .withTransition(Schedule.parse("after:20%:linear:0:1:20%")));
    assertThat(Json.tree(recipeOfAll).at("/little-data/le-cam/start").asText()).isEqualTo("10%");
    assertThat(Json.value(Json.tree(recipeOfAll), Recipe.class)).isEqualTo(recipeOfAll);
    Recipe ofRun = recipeOfAll.over(500);
    assertThat(Json.value(Json.tree(ofRun), Recipe.class)).isEqualTo(ofRun);
    ((ObjectNode) tree).putObject("little-data");
    assertThatExceptionOfType(JsonProcessingException.class)
        .isThrownBy(() -> Json.value(tree, Recipe.class))
        .satisfies(
            e ->
                assertThat(e.getOriginalMessage())
                    .isEqualTo("little-data.augmentation: is missing"));
  }

  @Test
  void writesTheDocumentedForm() throws JsonProcessingException {
    Layer layer = new ConvTranspose2d(3, 4, 2, Padding.of(1)).withoutBias();
    assertThat(Json.tree(layer))
        .isEqualTo(
            Json.tree(
                """
                {"type": "conv-transpose2d", "channels": 3, "kernel": 4, "stride": 2,
                 "padding": {"type": "explicit", "pixels": 1}, "bias": false,
                 "initializer": {"type": "he-normal"}}
                """
                    .getBytes(StandardCharsets.UTF_8)));
    assertThat(Json.line(Shape.of(28, 28, 1))).isEqualTo("[28,28,1]");
    Latent latent = new Latent(List.of(new Latent.Label(10)));
    assertThat(Json.line(latent)).isEqualTo("{\"parts\":[{\"type\":\"label\",\"classes\":10}]}");
  }

  @Test
  void refusesUnknownMissingAndMistyped() {
    for (String json :
        List.of(
            "{\"type\": \"dropout\"}",
            "{\"type\": \"dropout\", \"keep\": 0.5, \"kept\": 1}",
            "{\"type\": \"dropout\", \"keep\": \"0.5\"}",
            "{\"type\": \"dropout\", \"keep\": 7}",
            "{\"type\": \"dropuot\", \"keep\": 0.5}",
            "{\"keep\": 0.5}")) {
      assertThatThrownBy(
              () -> Json.value(Json.tree(json.getBytes(StandardCharsets.UTF_8)), Layer.class))
          .as(json)
          .isInstanceOf(JsonProcessingException.class);
    }
  }

  @Test
  void saysWhereTheFaultIs() {
    String layers = "{\"input\": [2], \"layers\": [{\"type\": \"tanh\"}, %s]}";
    Map<String, String> faults =
        Map.of(
            layers.formatted("null"),
            "layers[1]: must not be null",
            layers.formatted("{\"type\": \"dropout\", \"keep\": null}"),
            "layers[1].keep: must not be null",
            layers.formatted("{\"type\": \"reshape\", \"shape\": [null]}"),
            "layers[1].shape[0]: must not be null",
            layers.formatted("{\"type\": \"dropout\", \"keep\": 7}"),
            "layers[1]: ",
            "{\"input\": [], \"layers\": []}",
            "input: ",
            "null",
            "must be an object, found nothing",
            "",
            "must be an object, found nothing");
    faults.forEach(
        (json, message) ->
            assertThatExceptionOfType(JsonProcessingException.class)
                .isThrownBy(
                    () ->
                        Json.value(Json.tree(json.getBytes(StandardCharsets.UTF_8)), Network.class))
                .satisfies(e -> assertThat(e.getOriginalMessage()).as(json).startsWith(message)));
  }
}
