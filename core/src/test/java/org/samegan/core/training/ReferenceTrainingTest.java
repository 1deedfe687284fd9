package org.samegan.core.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.Shape;
import org.samegan.core.backend.Backend;
import org.samegan.core.backend.ForwardingBackend;
import org.samegan.core.execution.CallTimer;
import org.samegan.core.execution.CompiledGraph;
import org.samegan.core.execution.Tensor;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.Latent;
import org.samegan.core.gan.Recipe;
import org.samegan.core.layer.Activation;
import org.samegan.core.layer.Conv2d;
import org.samegan.core.layer.ConvTranspose2d;
import org.samegan.core.layer.Dense;
import org.samegan.core.layer.Network;
import org.samegan.core.layer.Padding;
import org.samegan.core.layer.Reshape;
import org.samegan.core.objective.GradientPenalty;
import org.samegan.core.objective.Objective;
import org.samegan.core.optimizer.Adam;

/** A seeded run is what SameDiff's own session makes of the same steps. */
class ReferenceTrainingTest {
  private static final int STEPS = 200;
  private static final int BATCH = 4;

  /** Gulrajani et al. 2017, algorithm 1 (arXiv:1704.00028), with beta1 of their code. */
  private static final Adam ADAM = new Adam(1e-4, 0.5, 0.9);

  /** Steps are computed by SameDiff's session, everything else by ND4J's backend. */
  private static final class SessionBackend extends ForwardingBackend {
    SessionBackend() {
      super(Backend.nd4j());
    }

    @Override
    public CompiledGraph compile(
        SameDiff graph, Map<String, Tensor> inputs, Map<String, Tensor> results) {
      // The step gives its graph's arrays back once it has been compiled.
      return new Session(graph.dup(), inputs, results);
    }
  }

  private record Session(SameDiff graph, Map<String, Tensor> inputs, Map<String, Tensor> results)
      implements CompiledGraph {
    @Override
    public void run() {
      Map<String, INDArray> values = new HashMap<>();
      inputs.forEach((name, tensor) -> values.put(name, tensor.array().dup('c')));
      Map<String, INDArray> found = graph.output(values, results.keySet().toArray(new String[0]));
      results.forEach((name, tensor) -> tensor.assign(found.get(name)));
    }

    @Override
    public void time(CallTimer timer) {
      throw new UnsupportedOperationException("a session's ops are not timed");
    }

    @Override
    public void close() {
      // The graph is the garbage collector's.
    }
  }

  private static List<double[]> losses(Gan gan, Backend backend) {
    List<double[]> losses = new ArrayList<>();
    try (Trainer trainer = new Trainer(gan, RecordingData.ofImages(10), BATCH, 5, backend)) {
      trainer.train(
          STEPS,
          (report, t) ->
              losses.add(
                  new double[] {
                    report.get(StepReport.DISCRIMINATOR_LOSS), report.get(StepReport.GENERATOR_LOSS)
                  }));
    }
    return losses;
  }

  /** A penalised critic whose convolutions have more padding at one end than at the other. */
  private static Gan penalised() {
    Network generator =
        Network.of(
            Shape.of(TinyGan.LATENT),
            new Dense(4 * 4 * 6),
            new Activation.Relu(),
            Reshape.to(4, 4, 6),
            new ConvTranspose2d(1, 5, 2, Padding.SAME),
            new Activation.Sigmoid());
    Network critic =
        Network.of(
            Shape.of(8, 8, 1),
            new Conv2d(6, 5, 2, Padding.SAME),
            new Activation.LeakyRelu(0.2),
            new Conv2d(7, 5, 2, Padding.SAME),
            new Activation.LeakyRelu(0.2),
            Reshape.to(28),
            new Dense(1));
    Gan gan = Gan.of(Latent.normal(TinyGan.LATENT), generator, critic);
    Recipe recipe =
        Recipe.of(new Objective.Wasserstein())
            .withPenalties(GradientPenalty.wganGp())
            .withOptimizers(ADAM, ADAM);
    return gan.withRecipe(recipe);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void lossesAreTheSessions(boolean penalised) {
    Gan gan = penalised ? penalised() : TinyGan.gan();
    List<double[]> planned = losses(gan, Backend.nd4j());
    List<double[]> expected = losses(gan, new SessionBackend());
    assertThat(planned).hasSize(STEPS);
    for (int step = 0; step < STEPS; step++) {
      assertThat(planned.get(step))
          .as("step " + (step + 1))
          .containsExactly(expected.get(step), Offset.offset(1e-4));
    }
  }
}
