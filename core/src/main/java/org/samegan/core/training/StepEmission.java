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
import org.samegan.core.layer.Network;
import org.samegan.core.layer.NetworkEmission;
import org.samegan.core.layer.NetworkEmission.NoiseInput;
import org.samegan.core.objective.GradientPenalty;
import org.samegan.core.objective.Objective;

/** Emits one step of one network into a graph of its own. */
final class StepEmission {
  private final Gan gan;
  private final int batch;
  private final DataType type;
  private final String step;
  private final SameDiff graph = SameDiff.create();
  private final List<NoiseInput> noises = new ArrayList<>();
  private final Map<String, SDVariable> metrics = new HashMap<>();
  private final NetworkEmission generator;
  private final NetworkEmission discriminator;
  private final NetworkEmission recognition;

  /**
   * For one step.
   *
   * @param step the first part of the step's random streams
   */
  StepEmission(Gan gan, int batch, DataType type, String step) {
    this.gan = gan;
    this.batch = batch;
    this.type = type;
    this.step = step;
    generator = network(Gan.GENERATOR, gan.generator());
    discriminator = network(Gan.DISCRIMINATOR, gan.discriminator());
    recognition =
        gan.recognition() == null ? null : network(Gan.RECOGNITION, gan.recognition().network());
  }

  private NetworkEmission network(String name, Network network) {
    return NetworkEmission.forTraining(graph, name, network, batch, type, noises);
  }

  StepGraph emitDiscriminatorStep() {
    SDVariable real = emitReal();
    SDVariable labels = gan.latent().label().map(this::emitLabels).orElse(null);
    SDVariable latent = emitLatent(comparesPairs() ? labels : null);
    SDVariable fake = generator.emit(step + "generator", latent);
    List<SDVariable> realLayers = emitDiscriminator(step + "real", real, labels);
    List<SDVariable> fakeLayers = emitDiscriminator(step + "fake", fake, labelsOf(latent));
    SDVariable realLogits = last(realLayers);
    SDVariable fakeLogits = last(fakeLayers);
    Objective objective = gan.recipe().objective();
    SDVariable loss = objective.emitDiscriminatorLoss(realLogits, fakeLogits);
    PenaltyEmission penalties =
        new PenaltyEmission(
            gan,
            batch,
            type,
            noises,
            (pass, points) -> last(emitDiscriminator(pass, points, labels)));
    loss = penalties.emitAddedTo(loss, real, realLogits, fake, fakeLogits);
    if (recognition != null) {
      SDVariable read = emitRecognitionLoss(latent, fakeLayers);
      if (labels != null) {
        SDVariable outputs = emitRecognition("real_recognition", realLayers);
        read = read.add(gan.recognition().emitLabelLoss(gan.latent(), labels, outputs));
      }
      loss = addRecognition(loss, read);
    }
    metrics.put(StepGraph.REAL_SCORE, objective.emitScore(realLogits).mean());
    metrics.put(StepGraph.FAKE_SCORE, objective.emitScore(fakeLogits).mean());
    return minimising(
        loss, recognition == null ? List.of(discriminator) : List.of(discriminator, recognition));
  }

  StepGraph emitGeneratorStep() {
    Objective objective = gan.recipe().objective();
    boolean pairs = objective.generatorSeesReal();
    SDVariable labels =
        pairs && gan.discriminatorTakesLabels()
            ? emitLabels(gan.latent().label().orElseThrow())
            : null;
    SDVariable latent = emitLatent(labels);
    SDVariable fake = generator.emit(step + "generator", latent);
    List<SDVariable> fakeLayers = emitDiscriminator(step + "fake", fake, labelsOf(latent));
    SDVariable realLogits =
        pairs ? last(emitDiscriminator(step + "real", emitReal(), labels)) : null;
    SDVariable loss = objective.emitGeneratorLoss(realLogits, last(fakeLayers));
    if (recognition != null) {
      loss = addRecognition(loss, emitRecognitionLoss(latent, fakeLayers));
    }
    return minimising(loss, List.of(generator));
  }

  /**
   * Whether a conditional discriminator meets a real example and a generated one as a pair: in the
   * difference of their logits, or at a point between them. Both must be of one class then, or the
   * pair says nothing of either class's examples.
   */
  private boolean comparesPairs() {
    Recipe recipe = gan.recipe();
    return gan.discriminatorTakesLabels()
        && (recipe.objective().generatorSeesReal()
            || recipe.penalties().stream()
                .anyMatch(penalty -> penalty.points() == GradientPenalty.Points.BETWEEN));
  }

  /** Latents with these labels in place of those that were drawn. */
  private SDVariable labelled(SDVariable latent, SDVariable labels) {
    Latent.Label label = gan.latent().label().orElseThrow();
    int at = gan.latent().offset(label);
    int after = at + label.classes();
    List<SDVariable> parts = new ArrayList<>();
    if (at > 0) {
      parts.add(Recognition.columns(latent, 0, at));
    }
    parts.add(labels);
    if (after < gan.latent().size()) {
      parts.add(Recognition.columns(latent, after, gan.latent().size() - after));
    }
    return parts.size() == 1 ? labels : graph.concat(1, parts.toArray(SDVariable[]::new));
  }

  /**
   * Emits a pass of the discriminator.
   *
   * @param labels of the examples, which only a conditional discriminator is given; else perhaps
   *     null
   */
  private List<SDVariable> emitDiscriminator(String pass, SDVariable examples, SDVariable labels) {
    SDVariable input =
        gan.discriminatorTakesLabels()
            ? Conditioning.emit(
                examples, gan.exampleShape(), labels, gan.latent().label().orElseThrow())
            : examples;
    return discriminator.emitLayers(pass, input);
  }

  /** The labels that the generator was given, of shape (batch, classes); null without labels. */
  private SDVariable labelsOf(SDVariable latent) {
    return gan.latent()
        .label()
        .map(label -> Recognition.columns(latent, gan.latent().offset(label), label.classes()))
        .orElse(null);
  }

  private SDVariable emitRecognition(String pass, List<SDVariable> discriminatorLayers) {
    return recognition.emit(step + pass, discriminatorLayers.get(gan.recognition().sharedLayers()));
  }

  private SDVariable emitRecognitionLoss(SDVariable latent, List<SDVariable> fakeLayers) {
    SDVariable outputs = emitRecognition("recognition", fakeLayers);
    return gan.recognition().emitLoss(gan.latent(), latent, outputs);
  }

  private SDVariable addRecognition(SDVariable loss, SDVariable read) {
    metrics.put(StepGraph.RECOGNITION_LOSS, read);
    return loss.add(read);
  }

  private StepGraph minimising(SDVariable loss, List<NetworkEmission> trained) {
    metrics.put(StepGraph.LOSS, loss);
    Map<String, SDVariable> parameters = new LinkedHashMap<>();
    Map<String, SDVariable> statistics = new LinkedHashMap<>();
    trained.forEach(network -> parameters.putAll(network.parameters()));
    List<SDVariable> derivatives = Gradients.of(loss, List.copyOf(parameters.values()));
    trained.forEach(network -> statistics.putAll(network.emitStatistics()));
    Map<String, String> gradients = new LinkedHashMap<>();
    for (String path : parameters.keySet()) {
      gradients.put(path, derivatives.get(gradients.size()).name());
    }
    return new StepGraph(graph, List.copyOf(noises), names(metrics), gradients, names(statistics));
  }

  private SDVariable emitReal() {
    return graph.placeHolder(StepGraph.REAL, type, gan.exampleShape().batch(batch));
  }

  private SDVariable emitLabels(Latent.Label label) {
    return graph.placeHolder(StepGraph.LABELS, type, batch, label.classes());
  }

  /**
   * Emits the generator's input.
   *
   * @param labels in place of those that are drawn with it; null to leave them
   */
  private SDVariable emitLatent(SDVariable labels) {
    String name = step + "latent";
    noises.add(new NoiseInput(name, gan.generator().input(), gan.latent()));
    SDVariable drawn = graph.placeHolder(name, type, gan.generator().input().batch(batch));
    return labels == null ? drawn : labelled(drawn, labels);
  }

  private static SDVariable last(List<SDVariable> layers) {
    return layers.get(layers.size() - 1);
  }

  private static Map<String, String> names(Map<String, SDVariable> variables) {
    Map<String, String> names = new LinkedHashMap<>();
    variables.forEach((key, variable) -> names.put(key, variable.name()));
    return names;
  }
}
