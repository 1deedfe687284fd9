package org.samegan.core.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.samegan.core.gan.Conditioning;
import org.samegan.core.gan.FewLabels;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.GanNetwork;
import org.samegan.core.gan.Latent;
import org.samegan.core.gan.LittleData;
import org.samegan.core.gan.Recipe;
import org.samegan.core.gradient.Gradients;
import org.samegan.core.graph.Columns;
import org.samegan.core.graph.HeldArrays;
import org.samegan.core.layer.NetworkEmission;
import org.samegan.core.layer.NetworkEmission.NoiseInput;
import org.samegan.core.objective.GradientPenalty;
import org.samegan.core.objective.Objective;
import org.samegan.core.schedule.Schedule;

/** Emits one step of one network into a graph of its own. */
final class StepEmission {
  private final Gan gan;
  private final int batch;
  private final DataType type;
  private final String step;
  private final SameDiff graph = HeldArrays.newGraph();
  private final List<NoiseInput> noises = new ArrayList<>();
  private final Map<String, Schedule> schedules = new LinkedHashMap<>();
  private final Set<String> scalars = new LinkedHashSet<>();
  private final Map<String, SDVariable> numbers = new LinkedHashMap<>();
  private final AugmentationEmission augmentation;
  private final NetworkEmission generator;
  private final NetworkEmission discriminator;
  private final NetworkEmission recognition;

  /** How much of the labels counts, a scalar; null for all. */
  private final SDVariable transition;

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
    augmentation = new AugmentationEmission(gan, batch, type, noises);
    generator = network(GanNetwork.GENERATOR);
    discriminator = network(GanNetwork.DISCRIMINATOR);
    recognition = GanNetwork.RECOGNITION.isIn(gan) ? network(GanNetwork.RECOGNITION) : null;
    LittleData littleData = gan.recipe().littleData();
    transition =
        littleData.hasTransition() ? scheduled("transition", littleData.transition()) : null;
  }

  private NetworkEmission network(GanNetwork which) {
    return NetworkEmission.forTraining(
        graph, which.label(), which.layers(gan), batch, type, noises);
  }

  private SDVariable scheduled(String input, Schedule schedule) {
    schedules.put(step + input, schedule);
    return graph.placeHolder(step + input, type);
  }

  StepGraph emitDiscriminatorStep() {
    SDVariable real = emitReal();
    SDVariable labels = gan.latent().label().map(this::emitLabels).orElse(null);
    SDVariable latent = emitLatent(comparesPairs() ? labels : null);
    SDVariable given = given(latent);
    SDVariable givenLabels = labels == null ? null : given(labels, transition);
    SDVariable fake = generator.emit(step + "generator", given);
    SDVariable shownReal = augmentation.emit(step + "real", real);
    SDVariable shownFake = augmentation.emit(step + "fake", fake);
    List<SDVariable> realLayers = emitDiscriminator(step + "real", shownReal, givenLabels);
    List<SDVariable> fakeLayers = emitDiscriminator(step + "fake", shownFake, labelsOf(given));
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
            schedules,
            (pass, points) -> last(emitDiscriminator(pass, points, givenLabels)));
    loss =
        penalties.emitAddedTo(
            loss,
            new PenaltyEmission.Pass(real, shownReal, realLogits),
            new PenaltyEmission.Pass(fake, shownFake, fakeLogits));
    if (gan.recipe().littleData().leCam().enabled()) {
      scalars.addAll(List.of(StepGraph.REAL_LOGIT_MEAN, StepGraph.FAKE_LOGIT_MEAN));
      SDVariable leCam = penalties.emitLeCam(realLogits, fakeLogits);
      loss = loss.add(leCam);
      numbers.put(StepReport.REAL_LOGIT, realLogits.mean());
      numbers.put(StepReport.FAKE_LOGIT, fakeLogits.mean());
      numbers.put(StepReport.LECAM, leCam);
    }
    if (recognition != null) {
      SDVariable read = emitRecognitionLoss(latent, fakeLayers, emitShareOfGenerated());
      if (labels != null) {
        read = read.add(given(emitLabelLoss(labels, realLayers), transition));
      }
      loss = loss.add(read);
      numbers.put(StepReport.DISCRIMINATOR_RECOGNITION_LOSS, read);
    }
    numbers.put(StepReport.DISCRIMINATOR_LOSS, loss);
    numbers.put(StepReport.REAL_SCORE, objective.emitScore(realLogits).mean());
    numbers.put(StepReport.FAKE_SCORE, objective.emitScore(fakeLogits).mean());
    if (followsSigns()) {
      numbers.put(StepReport.REAL_SIGN, graph.math().sign(realLogits).mean());
    }
    penalties.sum().ifPresent(sum -> numbers.put(StepReport.PENALTY, sum));
    return minimising(
        StepReport.DISCRIMINATOR_LOSS,
        recognition == null ? List.of(discriminator) : List.of(discriminator, recognition));
  }

  StepGraph emitGeneratorStep() {
    Objective objective = gan.recipe().objective();
    boolean pairs = objective.generatorSeesReal();
    SDVariable labels =
        pairs && gan.discriminatorTakesLabels()
            ? emitLabels(gan.latent().label().orElseThrow())
            : null;
    SDVariable latent = emitLatent(labels);
    SDVariable given = given(latent);
    SDVariable givenLabels = labels == null ? null : given(labels, transition);
    SDVariable fake = generator.emit(step + "generator", given);
    SDVariable shownFake = augmentation.emit(step + "fake", fake);
    List<SDVariable> fakeLayers = emitDiscriminator(step + "fake", shownFake, labelsOf(given));
    SDVariable realLogits =
        pairs
            ? last(
                emitDiscriminator(
                    step + "real", augmentation.emit(step + "real", emitReal()), givenLabels))
            : null;
    SDVariable loss = objective.emitGeneratorLoss(realLogits, last(fakeLayers));
    if (recognition != null) {
      SDVariable read = emitRecognitionLoss(latent, fakeLayers, null);
      loss = loss.add(read);
      numbers.put(StepReport.GENERATOR_RECOGNITION_LOSS, read);
    }
    numbers.put(StepReport.GENERATOR_LOSS, loss);
    return minimising(StepReport.GENERATOR_LOSS, List.of(generator));
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
    int after = at + label.size();
    List<SDVariable> parts = new ArrayList<>();
    if (at > 0) {
      parts.add(Columns.of(latent, 0, at));
    }
    parts.add(labels);
    if (after < gan.latent().size()) {
      parts.add(Columns.of(latent, after, gan.latent().size() - after));
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
        .map(label -> Columns.of(latent, gan.latent().offset(label), label.size()))
        .orElse(null);
  }

  private SDVariable emitRecognition(String pass, List<SDVariable> discriminatorLayers) {
    return recognition.emit(step + pass, discriminatorLayers.get(gan.recognition().sharedLayers()));
  }

  private SDVariable emitRecognitionLoss(
      SDVariable latent, List<SDVariable> fakeLayers, SDVariable labelShare) {
    SDVariable outputs = emitRecognition("recognition", fakeLayers);
    return gan.recognition().emitLoss(gan.latent(), latent, outputs, both(labelShare, transition));
  }

  /** What generated images' labels count for the discriminator; null for all. */
  private SDVariable emitShareOfGenerated() {
    if (gan.fewLabels().map(FewLabels::lead).orElse(0L) == 0) {
      return null;
    }
    String input = step + "share_of_generated";
    schedules.put(input, gan.fewLabels().get().shareOfGenerated());
    return graph.placeHolder(input, type);
  }

  /**
   * Emits the loss of reading real examples' labels: those of the batch, or of labelled ones beside
   * it.
   */
  private SDVariable emitLabelLoss(SDVariable labels, List<SDVariable> realLayers) {
    boolean few = gan.fewLabels().isPresent();
    List<SDVariable> layers =
        few
            ? discriminator.emitLayers(step + "labelled", emitExamples(StepGraph.LABELLED))
            : realLayers;
    SDVariable outputs = emitRecognition("real_recognition", layers);
    SDVariable loss = gan.recognition().emitLabelLoss(gan.latent(), labels, outputs);
    if (few) {
      numbers.put(StepReport.LABEL_LOSS, loss);
    }
    return loss;
  }

  /** The product of two scalars, of which either may be null for 1. */
  private static SDVariable both(SDVariable one, SDVariable other) {
    return one == null ? other : given(one, other);
  }

  /** Latents as the generator is given them: with as much of the labels as counts. */
  private SDVariable given(SDVariable latent) {
    return transition == null ? latent : labelled(latent, given(labelsOf(latent), transition));
  }

  private static SDVariable given(SDVariable labels, SDVariable part) {
    return part == null ? labels : labels.mul(part);
  }

  /** Whether the augmentation's probability goes by the signs of logits, and there are any. */
  private boolean followsSigns() {
    Recipe recipe = gan.recipe();
    return recipe.littleData().augmentation().adapts() && !recipe.objective().estimatesDistance();
  }

  private StepGraph minimising(String loss, List<NetworkEmission> trained) {
    Map<String, SDVariable> parameters = new LinkedHashMap<>();
    Map<String, SDVariable> statistics = new LinkedHashMap<>();
    trained.forEach(network -> parameters.putAll(network.parameters()));
    List<SDVariable> derivatives =
        Gradients.of(numbers.get(loss), List.copyOf(parameters.values()));
    trained.forEach(network -> statistics.putAll(network.emitStatistics()));
    Map<String, String> gradients = new LinkedHashMap<>();
    for (String path : parameters.keySet()) {
      gradients.put(path, derivatives.get(gradients.size()).name());
    }
    return new StepGraph(
        graph,
        List.copyOf(noises),
        Map.copyOf(schedules),
        Set.copyOf(scalars),
        loss,
        names(numbers),
        gradients,
        names(statistics));
  }

  private SDVariable emitReal() {
    return emitExamples(StepGraph.REAL);
  }

  private SDVariable emitExamples(String placeholder) {
    return graph.placeHolder(placeholder, type, gan.exampleShape().batch(batch));
  }

  private SDVariable emitLabels(Latent.Label label) {
    return graph.placeHolder(StepGraph.LABELS, type, batch, label.size());
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
