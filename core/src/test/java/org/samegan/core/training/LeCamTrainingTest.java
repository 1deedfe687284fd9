package org.samegan.core.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.LittleData;
import org.samegan.core.objective.LeCam;
import org.samegan.core.schedule.Span;

/** Training with moving averages of logits (arXiv:2104.03310). */
class LeCamTrainingTest {
  private static final String MEANS = "lecam/means";

  private static Gan gan(int start) {
    LeCam leCam = new LeCam(0.3, 0.75, new Span.Steps(start));
    Gan gan = TinyGan.withDiscriminatorSteps(1);
    return gan.withRecipe(gan.recipe().withLittleData(LittleData.NONE.withLeCam(leCam)));
  }

  private static Trainer trainer(Gan gan) {
    return new Trainer(gan, RecordingData.ofImages(30), 6, 7);
  }

  @Test
  void theAveragesFollowTheLogitsAndThePenaltyTheAverages() {
    double real = 0;
    double fake = 0;
    try (Trainer trainer = trainer(gan(2))) {
      for (int step = 0; step < 6; step++) {
        StepReport report = trainer.step();

        if (step <= 2) {
          assertThat(report.get(StepReport.LECAM)).isZero();
        } else {
          // At least that of the means, as squares are convex.
          double ofReal = Math.max(0, report.get(StepReport.REAL_LOGIT) - fake);
          double ofFake = Math.max(0, real - report.get(StepReport.FAKE_LOGIT));
          assertThat(report.get(StepReport.LECAM))
              .isGreaterThan(0.3 * (ofReal * ofReal + ofFake * ofFake) - 1e-6);
        }
        double keep = step == 0 ? 0 : 0.75;
        real = (float) (keep * real + (1 - keep) * report.get(StepReport.REAL_LOGIT));
        fake = (float) (keep * fake + (1 - keep) * report.get(StepReport.FAKE_LOGIT));
        assertThat(TinyGan.values(trainer.state().arrays()).get(MEANS))
            .containsExactly(real, fake, 1);
      }
    }
  }

  @Test
  void aRestoredRunIsTheUninterruptedOneToTheBit() {
    List<StepReport> reports = new ArrayList<>();
    TrainingState saved;
    Map<String, double[]> whole;
    try (Trainer trainer = trainer(gan(1))) {
      trainer.train(3, (report, t) -> {});
      saved = TinyGan.copy(trainer.state());
      trainer.train(3, (report, t) -> reports.add(report));
      whole = TinyGan.values(trainer.state().arrays());
    }
    assertThat(reports).allSatisfy(report -> assertThat(report.get("lecam")).isPositive());
    try (Trainer trainer = trainer(gan(1))) {
      trainer.step();
      trainer.restore(saved);
      // Measuring takes the same averages, and leaves them.
      trainer.evaluateDiscriminator(RecordingData.ofImages(12), 2);
      List<StepReport> again = new ArrayList<>();
      trainer.train(3, (report, t) -> again.add(report));

      assertThat(again).isEqualTo(reports);
      Map<String, double[]> found = TinyGan.values(trainer.state().arrays());
      whole.forEach((path, values) -> assertThat(found.get(path)).as(path).isEqualTo(values));
    }
  }
}
