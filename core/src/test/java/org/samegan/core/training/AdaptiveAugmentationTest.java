package org.samegan.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.samegan.core.augmentation.AugmentationControl.Adaptive;
import org.samegan.core.augmentation.AugmentationPolicy;
import org.samegan.core.backend.Backend;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.Recipe;
import org.samegan.core.objective.Objective;

/** Augmentation whose probability follows overfitting (arXiv:2006.06676). */
class AdaptiveAugmentationTest {
  private static final int BATCH = 6;
  private static final String CONTROL = "augmentation/control";
  private final RecordingData data = RecordingData.ofImages(30);

  private static Gan gan(Recipe recipe, Adaptive control) {
    AugmentationPolicy policy =
        new AugmentationPolicy(
            AugmentationPolicy.parse("brightness,translation,cutout").transformations(), control);
    return TinyGan.gan()
        .withRecipe(recipe.withOptimizers(TinyGan.ADAM, TinyGan.ADAM).withAugmentation(policy));
  }

  /** A target below any mean sign makes p rise with every move. */
  private static Gan rising(int interval, long adjustment) {
    Recipe recipe = Recipe.of(new Objective.NonSaturating()).withDiscriminatorSteps(2);
    return gan(recipe, new Adaptive(1e-6, interval, adjustment, 0.8));
  }

  private Trainer trainer(Gan gan) {
    return new Trainer(gan, data, Sharding.of(BATCH, 2), 7, Backend.nd4j());
  }

  @Test
  void pFollowsTheMeanSignOfAllRealImagesSinceItMoved() {
    Adaptive control = new Adaptive(0.3, 3, 200, 0.8);
    Gan gan = gan(Recipe.of(new Objective.NonSaturating()), control);
    float p = 0;
    float signs = 0;
    try (Trainer trainer = trainer(gan)) {
      for (int step = 1; step <= 30; step++) {
        StepReport report = trainer.step();

        assertThat(report.get(StepReport.AUGMENTATION)).as("step %d", step).isEqualTo(p);
        signs += (float) report.get(StepReport.REAL_SIGN);
        assertThat(report.get(StepReport.REAL_SIGN)).isBetween(-1.0, 1.0);
        if (step % 3 == 0) {
          // Three steps of six images each, of the two hundred that move p by 1.
          p += (signs / 3 > 0.3 ? 1 : -1) * (3f * BATCH / 200);
          p = Math.max(0, Math.min(0.8f, p));
          signs = 0;
        }
      }
    }
  }

  @Test
  void pNeverLeavesItsRange() {
    Gan up = gan(Recipe.of(new Objective.NonSaturating()), new Adaptive(1e-6, 1, 10, 0.8));
    Gan down = gan(Recipe.of(new Objective.NonSaturating()), new Adaptive(0.999, 1, 10, 0.8));
    List<Double> seen = new ArrayList<>();
    try (Trainer rising = trainer(up);
        Trainer falling = trainer(down)) {
      for (int step = 0; step < 12; step++) {
        seen.add(rising.step().get(StepReport.AUGMENTATION));
        assertThat(falling.step().get(StepReport.AUGMENTATION)).isBetween(0.0, 0.8f + 0.0);
      }
    }
    assertThat(seen).allSatisfy(p -> assertThat(p).isBetween(0.0, 0.8f + 0.0));
    assertThat(seen.get(0)).isZero();
  }

  /** In the middle of an interval, and between two moves. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void aRestoredRunIsTheUninterruptedOneToTheBit(int interruption) {
    Gan gan = rising(3, 60);
    List<StepReport> reports = new ArrayList<>();
    TrainingState[] saved = new TrainingState[1];
    Map<String, double[]> whole;
    try (Trainer trainer = trainer(gan)) {
      trainer.train(
          8,
          (report, t) -> {
            reports.add(report);
            if (report.step() == interruption) {
              saved[0] = TinyGan.copy(t.state());
            }
          });
      whole = TinyGan.values(trainer.state().arrays());
    }
    assertThat(whole.get(CONTROL)).hasSize(4);
    try (Trainer trainer = trainer(gan)) {
      // Not from a new trainer's state alone: what has been drawn ahead must not be used either.
      trainer.train(2, (report, t) -> {});
      trainer.restore(saved[0]);
      List<StepReport> again = new ArrayList<>();
      trainer.train(8 - interruption, (report, t) -> again.add(report));

      assertThat(again).isEqualTo(reports.subList(interruption, 8));
      Map<String, double[]> found = TinyGan.values(trainer.state().arrays());
      assertThat(found.keySet()).isEqualTo(whole.keySet());
      whole.forEach((path, values) -> assertThat(found.get(path)).as(path).isEqualTo(values));
    }
  }

  @Test
  void withoutItAStateIsWhatItWas() {
    try (Trainer trainer = trainer(TinyGan.gan())) {
      assertThat(trainer.state().arrays()).doesNotContainKey(CONTROL);
    }
    try (Trainer trainer = trainer(rising(4, 100))) {
      assertThat(trainer.state().arrays()).containsKey(CONTROL);
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  trainer.restore(
                      new TrainingState(Progress.START, TinyGan.initialArrays(TinyGan.gan()))))
          .withMessageContaining(CONTROL);
    }
  }

  @Test
  void withProbability0NothingIsChanged() {
    Recipe recipe = Recipe.of(new Objective.NonSaturating());
    Gan never = gan(recipe, new Adaptive(0.5, 1000, 1000, 0.8));
    Gan plain = never.withRecipe(never.recipe().withAugmentation(AugmentationPolicy.NONE));
    try (Trainer augmented = trainer(never);
        Trainer without = trainer(plain)) {
      for (int step = 0; step < 3; step++) {
        StepReport report = augmented.step();
        StepReport expected = without.step();
        for (String name : expected.numbers().keySet()) {
          assertThat(report.get(name)).as(name).isEqualTo(expected.get(name));
        }
      }
    }
  }

  @Test
  void aCriticsGoesByHeldOutExamples() {
    Recipe recipe = Recipe.of(new Objective.Wasserstein());
    Gan gan = gan(recipe, new Adaptive(0.3, 2, 12, 0.8));
    RecordingData heldOut = RecordingData.ofImages(18);
    try (Trainer trainer = trainer(gan)) {
      assertThatIllegalStateException()
          .isThrownBy(trainer::step)
          .withMessageContaining("give the trainer some with holdOut");
      trainer.holdOut(heldOut);
      float p = 0;
      for (int step = 1; step <= 8; step++) {
        StepReport report = trainer.step();
        assertThat(report.get(StepReport.AUGMENTATION)).isEqualTo(p);
        assertThat(report.numbers()).doesNotContainKey(StepReport.REAL_SIGN);
        if (step % 2 == 0) {
          float moved = (float) TinyGan.values(trainer.state().arrays()).get(CONTROL)[0];
          // By one tenth at most, though the twelve images would move it by 1.
          assertThat(Math.abs(moved - p)).isLessThan(0.1001f);
          p = moved;
        }
      }
    }
  }
}
