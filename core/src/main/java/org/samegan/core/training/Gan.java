package org.samegan.core.training;

import org.samegan.core.Shape;
import org.samegan.core.data.PixelRange;
import org.samegan.core.layer.Network;
import org.samegan.core.objective.Objective;
import org.samegan.core.optimizer.Adam;
import org.samegan.core.optimizer.Optimizer;

/**
 * Everything that is trained and how: two networks, what each minimises, and what moves it. A
 * value; a run is this, data, a batch size and a seed.
 *
 * @param variant the name of the recipe, such as {@code dcgan}; {@code custom} for one's own
 * @param latent the generator's input
 * @param generator from latents to examples
 * @param discriminator from examples to one logit each
 * @param objective the two losses
 * @param generatorOptimizer moves the generator
 * @param discriminatorOptimizer moves the discriminator
 * @param discriminatorSteps discriminator steps for each generator step, at least 1
 * @param pixelRange what black and white are in the generator's output
 */
public record Gan(
    String variant,
    Latent latent,
    Network generator,
    Network discriminator,
    Objective objective,
    Optimizer generatorOptimizer,
    Optimizer discriminatorOptimizer,
    int discriminatorSteps,
    PixelRange pixelRange) {
  /**
   * Checks that the parts fit.
   *
   * @throws IllegalArgumentException if they don't, with both shapes
   */
  public Gan {
    if (!generator.input().equals(Shape.of(latent.size()))) {
      throw new IllegalArgumentException(
          String.format(
              "the generator takes %s but the latent has %d values",
              generator.input(), latent.size()));
    }
    if (!generator.output().equals(discriminator.input())) {
      throw new IllegalArgumentException(
          String.format(
              "the generator gives %s but the discriminator takes %s",
              generator.output(), discriminator.input()));
    }
    if (discriminator.output().elements() != 1) {
      throw new IllegalArgumentException(
          "the discriminator must give one logit, found an output of " + discriminator.output());
    }
    if (discriminatorSteps < 1) {
      throw new IllegalArgumentException(
          "there must be at least 1 discriminator step for each generator step, found "
              + discriminatorSteps);
    }
  }

  /**
   * A GAN of one's own with the non-saturating loss, DCGAN's Adam (2e-4, 0.5, 0.999) for both
   * networks, one discriminator step for each generator step, and outputs in [-1, 1].
   */
  public static Gan of(Latent latent, Network generator, Network discriminator) {
    Adam adam = new Adam(2e-4, 0.5, 0.999);
    return new Gan(
        "custom",
        latent,
        generator,
        discriminator,
        new Objective.NonSaturating(),
        adam,
        adam,
        1,
        PixelRange.SIGNED_UNIT);
  }

  /** The shape of one example, real or generated. */
  public Shape exampleShape() {
    return discriminator.input();
  }

  /** With another objective. */
  public Gan withObjective(Objective other) {
    return new Gan(
        variant,
        latent,
        generator,
        discriminator,
        other,
        generatorOptimizer,
        discriminatorOptimizer,
        discriminatorSteps,
        pixelRange);
  }

  /** With other optimizers. */
  public Gan withOptimizers(Optimizer ofGenerator, Optimizer ofDiscriminator) {
    return new Gan(
        variant,
        latent,
        generator,
        discriminator,
        objective,
        ofGenerator,
        ofDiscriminator,
        discriminatorSteps,
        pixelRange);
  }

  /** With this many discriminator steps for each generator step. */
  public Gan withDiscriminatorSteps(int steps) {
    return new Gan(
        variant,
        latent,
        generator,
        discriminator,
        objective,
        generatorOptimizer,
        discriminatorOptimizer,
        steps,
        pixelRange);
  }

  /** With another pixel range. */
  public Gan withPixelRange(PixelRange range) {
    return new Gan(
        variant,
        latent,
        generator,
        discriminator,
        objective,
        generatorOptimizer,
        discriminatorOptimizer,
        discriminatorSteps,
        range);
  }
}
