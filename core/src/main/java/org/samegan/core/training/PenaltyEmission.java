package org.samegan.core.training;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.samegan.core.Shape;
import org.samegan.core.gan.Gan;
import org.samegan.core.layer.NetworkEmission.NoiseInput;
import org.samegan.core.objective.GradientPenalty;
import org.samegan.core.objective.LeCam;
import org.samegan.core.random.Distribution;
import org.samegan.core.schedule.Schedule;

/** Emits a recipe's gradient penalties into the discriminator's step. */
final class PenaltyEmission {
  private static final Distribution UNIFORM = new Distribution.Uniform(0, 1);

  private final Gan gan;
  private final int batch;
  private final DataType type;
  private final List<NoiseInput> noises;
  private final Map<String, Schedule> schedules;
  private final Critic critic;
  private SDVariable sum;

  /** What is penalised. */
  @FunctionalInterface
  interface Critic {
    /** Emits the logits at points, in a pass of this name. */
    SDVariable emit(String pass, SDVariable points);
  }

  /**
   * For one discriminator's step.
   *
   * @param noises receives the random arrays that the penalties ask for
   * @param schedules receives the scalar inputs that follow schedules
   * @param critic the discriminator, for the points that are neither real nor generated; if it
   *     takes labels, then with those of the real examples that the points lie beside
   */
  PenaltyEmission(
      Gan gan,
      int batch,
      DataType type,
      List<NoiseInput> noises,
      Map<String, Schedule> schedules,
      Critic critic) {
    this.gan = gan;
    this.batch = batch;
    this.type = type;
    this.noises = noises;
    this.schedules = schedules;
    this.critic = critic;
  }

  /**
   * Examples in the step.
   *
   * @param examples as they are
   * @param shown to the discriminator: the same, or what augmentation makes of them
   * @param logits the discriminator's
   */
  record Pass(SDVariable examples, SDVariable shown, SDVariable logits) {}

  /**
   * Emits a loss with the penalties added. Those at real and at generated examples are of the
   * gradient by the examples as they are, through the augmentation (as in StyleGAN2-ADA's code);
   * those beside and between them are at points beside and between what the discriminator is shown.
   */
  SDVariable emitAddedTo(SDVariable loss, Pass real, Pass fake) {
    int rank = gan.exampleShape().rank() + 1;
    List<GradientPenalty> penalties = gan.recipe().penalties();
    for (int i = 0; i < penalties.size(); i++) {
      GradientPenalty penalty = penalties.get(i);
      String pass = "discriminator_step/penalty_" + i;
      SDVariable value =
          switch (penalty.points()) {
            case REAL -> penalty.emit(real.examples(), rank, real.logits());
            case FAKE -> penalty.emit(fake.examples(), rank, fake.logits());
            case BETWEEN ->
                emitAt(penalty, rank, pass, emitBetween(pass, real.shown(), fake.shown()));
            case AROUND_REAL -> emitAt(penalty, rank, pass, emitAround(pass, real.shown()));
          };
      SDVariable weighted = weighted(value, penalty.weight(), pass + "/weight");
      sum = sum == null ? weighted : sum.add(weighted);
      loss = loss.add(weighted);
    }
    return loss;
  }

  /** Emits the recipe's LeCam penalty with its weight; the averages are scalars of the step's. */
  SDVariable emitLeCam(SDVariable realLogits, SDVariable fakeLogits) {
    SameDiff graph = realLogits.getSameDiff();
    SDVariable value =
        LeCam.emit(
            realLogits,
            fakeLogits,
            graph.placeHolder(StepGraph.REAL_LOGIT_MEAN, type),
            graph.placeHolder(StepGraph.FAKE_LOGIT_MEAN, type));
    Schedule weight = gan.recipe().littleData().leCam().weights();
    return weighted(value, weight, "discriminator_step/lecam/weight");
  }

  /** The sum of the weighted penalties that have been emitted; empty if there are none. */
  Optional<SDVariable> sum() {
    return Optional.ofNullable(sum);
  }

  private SDVariable weighted(SDVariable value, Schedule weight, String input) {
    if (weight instanceof Schedule.Constant constant) {
      return value.mul(constant.value());
    }
    schedules.put(input, weight);
    return value.mul(value.getSameDiff().placeHolder(input, type));
  }

  private SDVariable emitAt(GradientPenalty penalty, int rank, String pass, SDVariable points) {
    return penalty.emit(points, rank, critic.emit(pass, points));
  }

  /** real + part (fake - real), with one part for each example. */
  private SDVariable emitBetween(String pass, SDVariable real, SDVariable fake) {
    return real.add(fake.sub(real).mul(emitPart(real.getSameDiff(), pass)));
  }

  /** real + part (deviation / 2) noise, with one part for each example. */
  private SDVariable emitAround(String pass, SDVariable real) {
    SameDiff graph = real.getSameDiff();
    SDVariable centred = real.sub(real.mean());
    SDVariable deviation = graph.math().sqrt(centred.mul(centred).mean());
    SDVariable noise = emitNoise(graph, pass + "/perturbation", gan.exampleShape());
    return real.add(noise.mul(deviation.mul(0.5)).mul(emitPart(graph, pass)));
  }

  private SDVariable emitPart(SameDiff graph, String pass) {
    int[] ones = new int[gan.exampleShape().rank()];
    Arrays.fill(ones, 1);
    return emitNoise(graph, pass + "/part", Shape.of(ones));
  }

  private SDVariable emitNoise(SameDiff graph, String name, Shape shape) {
    noises.add(new NoiseInput(name, shape, UNIFORM));
    return graph.placeHolder(name, type, shape.batch(batch));
  }
}
