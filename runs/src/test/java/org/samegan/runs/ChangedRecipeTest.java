package org.samegan.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.samegan.core.Shape;
import org.samegan.core.data.Classes;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.gan.Gan;
import org.samegan.core.layer.Dense;
import org.samegan.core.layer.Network;
import org.samegan.core.layer.Reshape;
import org.samegan.core.optimizer.Adam;
import org.samegan.io.checkpoint.Software;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunOptions;
import org.samegan.io.run.RunRecord;
import org.samegan.models.Variants;

class ChangedRecipeTest {
  private static final RunConfig CONFIG =
      RunConfig.DEFAULTS
          .with(RunOptions.VARIANT, "dcgan")
          .with(RunOptions.DATA, "/data/images")
          .withSettings(Map.of("width", 2L, "latent", 4L));
  private static final RunRecord.Data DATA =
      new RunRecord.Data("ab".repeat(32), 500, Classes.NONE, null);

  /** The record of a run whose variant made other networks then. */
  private static RunRecord ofAnotherVersion() throws IOException {
    Gan now = RunPlan.of(CONFIG).gan(ExampleForm.images(28, 1));
    Gan then =
        new Gan(
            now.variant(),
            now.latent(),
            Network.of(Shape.of(4), new Dense(784), Reshape.to(28, 28, 1)),
            Network.of(Shape.of(28, 28, 1), Reshape.to(784), new Dense(1)),
            null,
            now.recipe(),
            now.pixelRange());
    return new RunRecord(RunPlan.of(CONFIG).config(), then, DATA, Software.current());
  }

  @Test
  void theRecipeOfARunChangesWhereItsVariantMakesOtherNetworksNow() throws IOException {
    RunRecord record = ofAnotherVersion();
    RunRecord changed =
        ChangedRecipe.in(
            record, 5, new Continuation(Map.of(), Map.of("generator.learning-rate", 0.5)));

    assertThat(changed.model().hasNetworksOf(record.model())).isTrue();
    assertThat(changed.model().recipe().generatorOptimizer().learningRate().at(6)).isEqualTo(0.5);
    assertThat(changed.model().recipe().discriminatorOptimizer())
        .isEqualTo(record.model().recipe().discriminatorOptimizer())
        .isInstanceOf(Adam.class);
  }

  @Test
  void aSettingOfTheNetworksIsRefusedThereToo() throws IOException {
    RunRecord record = ofAnotherVersion();
    assertThatThrownBy(
            () -> ChangedRecipe.in(record, 5, new Continuation(Map.of(), Map.of("width", 3L))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("what is trained can't be changed in a run");
  }

  @Test
  void aVariantMakesWhatItMakesAndNoMore() throws IOException {
    Gan dcgan =
        Variants.named("dcgan").gan(ExampleForm.images(28, 1), Map.of("width", 2L, "latent", 4L));
    assertThat(RunPlan.makes(CONFIG, dcgan)).isTrue();
    assertThat(RunPlan.makes(CONFIG, ofAnotherVersion().model())).isFalse();
    assertThat(RunPlan.makes(CONFIG.withSettings(Map.of("old-setting", 2L)), dcgan)).isFalse();
    assertThat(RunPlan.makes(CONFIG.with(RunOptions.VARIANT, "none"), dcgan)).isFalse();
  }
}
