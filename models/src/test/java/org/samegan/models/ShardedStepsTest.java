package org.samegan.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.backend.Backend;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.GanNetwork;
import org.samegan.core.layer.Layer;
import org.samegan.core.layer.Variable;
import org.samegan.core.layer.Variable.Role;
import org.samegan.core.objective.GradientPenalty;
import org.samegan.core.optimizer.MovingAverage;
import org.samegan.core.optimizer.Sgd;
import org.samegan.core.training.Sharding;
import org.samegan.core.training.StepReport;
import org.samegan.core.training.Trainer;

/**
 * Every variant's steps on batches in shards. What a trainer computes is compared with the mean of
 * steps on each shard by itself, in double, and with the step on the whole batch.
 */
class ShardedStepsTest {
  static List<SmallGans.Named> gans() {
    return SmallGans.least();
  }

  /** Whether a step's value is a mean over examples that know nothing of each other. */
  private static boolean isMeanOverExamples(Gan gan) {
    return GanNetwork.of(gan).stream()
            .flatMap(network -> network.layers(gan).layers().stream())
            .noneMatch(Layer::mixesExamples)
        && gan.recipe().penalties().stream()
            .noneMatch(penalty -> penalty.points() == GradientPenalty.Points.AROUND_REAL);
  }

  @ParameterizedTest
  @MethodSource("gans")
  void theMeanOverShardsIsTheWholeBatchs(SmallGans.Named named) {
    Gan gan = named.gan();
    Map<String, INDArray> variables = initial(gan);
    for (GanNetwork trained : List.of(GanNetwork.DISCRIMINATOR, GanNetwork.GENERATOR)) {
      StepResult whole = new ShardSteps(gan, trained, 1).mean(variables);
      for (int shards : new int[] {2, 4}) {
        StepResult cut = new ShardSteps(gan, trained, shards).mean(variables);
        if (isMeanOverExamples(gan)) {
          cut.requireClose(whole, 1e-12);
        } else if (trained == GanNetwork.DISCRIMINATOR) {
          assertThat(cut.difference(whole)).as("%d shards", shards).isGreaterThan(1e-6);
        }
      }
    }
  }

  /**
   * In float. Between normalisations over a batch of two, rounding grows, and a value that it moves
   * across a ReLU's kink has another derivative.
   */
  @ParameterizedTest
  @MethodSource("gans")
  void aTrainersGradientsAreTheMeansOfItsShards(SmallGans.Named named) {
    Gan gan = observable(named.gan());
    boolean mean = isMeanOverExamples(gan);
    double tolerance = mean ? 1e-5 : 0.02;
    for (int shards : new int[] {2, 4}) {
      try (Trainer trainer = trainer(gan, shards)) {
        Map<String, INDArray> before = copy(trainer.state().arrays());
        StepReport report = trainer.step();
        Map<String, INDArray> after = copy(trainer.state().arrays());
        // The generator's step sees the discriminator that has just been moved.
        Map<String, INDArray> between = new LinkedHashMap<>(after);
        before.entrySet().stream()
            .filter(array -> array.getKey().startsWith("generator/"))
            .forEach(array -> between.put(array.getKey(), array.getValue()));
        for (GanNetwork trained : List.of(GanNetwork.DISCRIMINATOR, GanNetwork.GENERATOR)) {
          StepResult expected =
              new ShardSteps(gan, trained, mean ? 1 : shards)
                  .mean(trained == GanNetwork.GENERATOR ? between : before);
          found(gan, trained, after, report, expected).requireClose(expected, tolerance);
        }
      }
    }
  }

  private static Trainer trainer(Gan gan, int shards) {
    Sharding sharding = Sharding.of(ShardSteps.BATCH, shards);
    return new Trainer(
        gan, new ShardSteps.Examples(gan), sharding, ShardSteps.SEED, Backend.nd4j());
  }

  /** With optimizers that leave the gradient in their state, and the parameters where they are. */
  private static Gan observable(Gan gan) {
    Sgd still = new Sgd(1e-30, 0);
    return gan.withRecipe(
        gan.recipe()
            .withOptimizers(still, still)
            .withGeneratorAverage(MovingAverage.NONE.decay())
            .withDiscriminatorSteps(1));
  }

  /** What a trainer's step has left, of the names that are expected. */
  private static StepResult found(
      Gan gan,
      GanNetwork trained,
      Map<String, INDArray> after,
      StepReport report,
      StepResult expected) {
    Map<String, double[]> gradients = new LinkedHashMap<>();
    double[] flat = StepResult.values(after.get(trained.label() + "/optimizer/velocity"));
    int at = 0;
    for (Variable variable : ShardSteps.variables(gan, trained)) {
      if (variable.role() == Role.PARAMETER) {
        int end = at + variable.shape().elements();
        gradients.put(variable.name(), Arrays.copyOfRange(flat, at, end));
        at = end;
      }
    }
    assertThat(at).isEqualTo(flat.length);
    Map<String, double[]> others = new LinkedHashMap<>();
    for (String name : expected.others().keySet()) {
      INDArray statistic = after.get(name);
      others.put(
          name, statistic == null ? new double[] {report.get(name)} : StepResult.values(statistic));
    }
    return new StepResult(gradients, others);
  }

  private static Map<String, INDArray> initial(Gan gan) {
    Map<String, INDArray> values = new LinkedHashMap<>();
    for (GanNetwork trained : List.of(GanNetwork.GENERATOR, GanNetwork.DISCRIMINATOR)) {
      for (Variable variable : ShardSteps.variables(gan, trained)) {
        values.put(variable.name(), ShardSteps.initial(variable));
      }
    }
    return values;
  }

  private static Map<String, INDArray> copy(Map<String, INDArray> arrays) {
    Map<String, INDArray> copies = new LinkedHashMap<>();
    arrays.forEach((path, array) -> copies.put(path, array.dup('c')));
    return copies;
  }
}
