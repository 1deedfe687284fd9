package org.samegan.core.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.Shape;
import org.samegan.core.data.Dataset;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.Recipe;
import org.samegan.core.layer.Variable;
import org.samegan.core.layer.Variable.Role;
import org.samegan.core.objective.Constraint;
import org.samegan.core.objective.Objective;
import org.samegan.core.optimizer.RmsProp;

/** Weight clipping in training (Arjovsky et al. 2017, arXiv:1701.07875, algorithm 1). */
class ClippedCriticTest {
  private static final float BOUND = 0.05f;

  private static Gan gan(Constraint constraint, int criticSteps) {
    RmsProp fast = new RmsProp(5e-3);
    return TinyGan.gan()
        .withRecipe(
            Recipe.of(new Objective.Wasserstein())
                .withConstraint(constraint)
                .withOptimizers(fast, fast)
                .withDiscriminatorSteps(criticSteps));
  }

  private static List<Variable> critic(Role role) {
    return gan(new Constraint.None(), 1).discriminatorVariables().stream()
        .filter(variable -> variable.role() == role)
        .toList();
  }

  @Test
  void aCriticStepIsTheOptimizersUpdateAndThenTheClippingToTheBit() {
    Dataset data = RecordingData.ofImages(12);
    try (Trainer clipped = new Trainer(gan(new Constraint.WeightClipping(BOUND), 1), data, 4, 1);
        Trainer free = new Trainer(gan(new Constraint.None(), 1), data, 4, 1)) {
      int moved = 0;
      int cut = 0;
      for (int step = 0; step < 6; step++) {
        free.restore(clipped.state());
        Map<String, double[]> before = TinyGan.values(clipped.state().arrays());
        clipped.step();
        free.step();
        Map<String, double[]> bounded = TinyGan.values(clipped.state().arrays());
        Map<String, double[]> updated = TinyGan.values(free.state().arrays());
        for (Variable weight : critic(Role.PARAMETER)) {
          double[] found = bounded.get(weight.name());
          for (int i = 0; i < found.length; i++) {
            double wanted = updated.get(weight.name())[i];
            assertThat(found[i])
                .as(weight.name())
                .isEqualTo(Math.max(-BOUND, Math.min(BOUND, wanted)));
            if (found[i] != wanted) {
              cut++;
            } else if (found[i] != before.get(weight.name())[i]) {
              moved++;
            }
          }
        }
        // Nothing else of the critic's is cut: neither what it observed nor the optimizer's memory.
        for (Variable statistic : critic(Role.STATISTIC)) {
          assertThat(bounded.get(statistic.name())).isEqualTo(updated.get(statistic.name()));
        }
        String state = "discriminator/optimizer/mean_square";
        assertThat(bounded.get(state)).isEqualTo(updated.get(state));
      }
      assertThat(moved).as("weights moved freely").isGreaterThan(100);
      assertThat(cut).as("weights cut").isGreaterThan(100);
    }
  }

  @Test
  void everyWeightIsWithinTheBoundAfterEachOfSeveralCriticSteps() {
    Watched data = new Watched(RecordingData.ofImages(12));
    try (Trainer trainer = new Trainer(gan(new Constraint.WeightClipping(BOUND), 3), data, 4, 1)) {
      trainer.step();
      data.trainer = trainer;
      trainer.train(4, (report, t) -> data.check());
    }
    assertThat(data.checks).isEqualTo(4 * (3 * 4 + 1));
  }

  /** Data that looks at the critic whenever an example is asked for: before each critic step. */
  private static final class Watched implements Dataset {
    private final Dataset images;
    private Trainer trainer;
    private int checks;

    Watched(Dataset images) {
      this.images = images;
    }

    void check() {
      Map<String, INDArray> arrays = trainer.state().arrays();
      for (Variable weight : critic(Role.PARAMETER)) {
        assertThat(arrays.get(weight.name()).amaxNumber().floatValue())
            .as(weight.name())
            .isLessThanOrEqualTo(BOUND);
      }
      checks++;
    }

    @Override
    public Shape exampleShape() {
      return images.exampleShape();
    }

    @Override
    public int size() {
      return images.size();
    }

    @Override
    public void copyTo(int index, FloatBuffer destination) {
      if (trainer != null) {
        check();
      }
      images.copyTo(index, destination);
    }
  }
}
