package org.samegan.core.training;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.samegan.core.gradient.Gradients;
import org.samegan.core.layer.NetworkEmission;
import org.samegan.core.layer.NetworkEmission.NoiseInput;
import org.samegan.core.objective.Objective;

/**
 * One training step of one network as a graph: a pure function of both networks' variables, the
 * batch and the noise, to a loss, the trained network's gradients and its next running statistics.
 * The other network appears in it without gradients.
 *
 * @param graph the graph; its inputs are placeholders of static shape
 * @param noises the random inputs
 * @param metrics scalars to watch: name of the metric to variable
 * @param gradients the gradients of the trained network: parameter path to variable
 * @param statistics the next running statistics of the trained network: path to variable
 */
public record StepGraph(
    SameDiff graph,
    List<NoiseInput> noises,
    Map<String, String> metrics,
    Map<String, String> gradients,
    Map<String, String> statistics) {
  /** The placeholder of real examples, of shape (batch, example...). */
  public static final String REAL = "real";

  /** The metric that the step minimises. */
  public static final String LOSS = "loss";

  /** The mean over the batch of real examples of the objective's score of D(x). */
  public static final String REAL_SCORE = "real_score";

  /** The mean over the batch of generated examples of the objective's score of D(G(z)). */
  public static final String FAKE_SCORE = "fake_score";

  static final String GENERATOR = "generator";
  static final String DISCRIMINATOR = "discriminator";

  /**
   * Emits the discriminator's step. Real and generated examples pass the discriminator separately,
   * so that batch statistics never mix them.
   */
  public static StepGraph emitDiscriminatorStep(Gan gan, int batch, DataType type) {
    String step = "discriminator_step/";
    SameDiff graph = SameDiff.create();
    List<NoiseInput> noises = new ArrayList<>();
    NetworkEmission generator = emission(graph, GENERATOR, gan, batch, type, noises);
    NetworkEmission discriminator = emission(graph, DISCRIMINATOR, gan, batch, type, noises);
    SDVariable real = graph.placeHolder(REAL, type, gan.exampleShape().batch(batch));
    SDVariable latent = emitLatent(graph, step, gan, batch, type, noises);
    SDVariable fake = generator.emit(step + "generator", latent);
    SDVariable realLogits = discriminator.emit(step + "real", real);
    SDVariable fakeLogits = discriminator.emit(step + "fake", fake);
    Objective objective = gan.recipe().objective();
    SDVariable loss = objective.emitDiscriminatorLoss(realLogits, fakeLogits);
    PenaltyEmission penalties = new PenaltyEmission(gan, batch, type, noises, discriminator);
    loss = penalties.emitAddedTo(loss, real, realLogits, fake, fakeLogits);
    return of(
        graph,
        noises,
        Map.of(
            LOSS, loss,
            REAL_SCORE, objective.emitScore(realLogits).mean(),
            FAKE_SCORE, objective.emitScore(fakeLogits).mean()),
        discriminator);
  }

  /** Emits the generator's step, with latents of its own. */
  public static StepGraph emitGeneratorStep(Gan gan, int batch, DataType type) {
    String step = "generator_step/";
    SameDiff graph = SameDiff.create();
    List<NoiseInput> noises = new ArrayList<>();
    NetworkEmission generator = emission(graph, GENERATOR, gan, batch, type, noises);
    NetworkEmission discriminator = emission(graph, DISCRIMINATOR, gan, batch, type, noises);
    SDVariable latent = emitLatent(graph, step, gan, batch, type, noises);
    SDVariable fake = generator.emit(step + "generator", latent);
    SDVariable fakeLogits = discriminator.emit(step + "fake", fake);
    Objective objective = gan.recipe().objective();
    SDVariable realLogits = null;
    if (objective.generatorSeesReal()) {
      SDVariable real = graph.placeHolder(REAL, type, gan.exampleShape().batch(batch));
      realLogits = discriminator.emit(step + "real", real);
    }
    SDVariable loss = objective.emitGeneratorLoss(realLogits, fakeLogits);
    return of(graph, noises, Map.of(LOSS, loss), generator);
  }

  private static StepGraph of(
      SameDiff graph,
      List<NoiseInput> noises,
      Map<String, SDVariable> metrics,
      NetworkEmission trained) {
    List<String> paths = List.copyOf(trained.parameters().keySet());
    List<SDVariable> parameters = List.copyOf(trained.parameters().values());
    List<SDVariable> derivatives = Gradients.of(metrics.get(LOSS), parameters);
    Map<String, String> gradients = new LinkedHashMap<>();
    for (int i = 0; i < paths.size(); i++) {
      gradients.put(paths.get(i), derivatives.get(i).name());
    }
    return new StepGraph(
        graph, List.copyOf(noises), names(metrics), gradients, names(trained.emitStatistics()));
  }

  private static NetworkEmission emission(
      SameDiff graph, String name, Gan gan, int batch, DataType type, List<NoiseInput> noises) {
    return NetworkEmission.forTraining(
        graph,
        name,
        name.equals(GENERATOR) ? gan.generator() : gan.discriminator(),
        batch,
        type,
        noises);
  }

  private static SDVariable emitLatent(
      SameDiff graph, String step, Gan gan, int batch, DataType type, List<NoiseInput> noises) {
    String name = step + "latent";
    noises.add(new NoiseInput(name, gan.generator().input(), gan.latent().distribution()));
    return graph.placeHolder(name, type, gan.generator().input().batch(batch));
  }

  private static Map<String, String> names(Map<String, SDVariable> variables) {
    Map<String, String> names = new HashMap<>();
    variables.forEach((key, variable) -> names.put(key, variable.name()));
    return names;
  }
}
