package org.samegan.core.training;

import org.samegan.core.Shape;
import org.samegan.core.data.PixelRange;
import org.samegan.core.layer.BatchNorm;
import org.samegan.core.layer.Layer;
import org.samegan.core.layer.Network;
import org.samegan.core.objective.Objective;

/**
 * Everything that is trained and how: two networks and a recipe. A value; a run is this, data, a
 * batch size and a seed.
 *
 * @param variant the name of the variant, such as {@code dcgan}; {@code custom} for one's own
 * @param latent the generator's input
 * @param generator from latents to examples
 * @param discriminator from examples to one logit each
 * @param recipe what each network minimises, and what moves it
 * @param pixelRange what black and white are in the generator's output
 */
public record Gan(
    String variant,
    Latent latent,
    Network generator,
    Network discriminator,
    Recipe recipe,
    PixelRange pixelRange) {
  /**
   * Checks that the parts fit.
   *
   * @throws IllegalArgumentException if they don't, with both shapes, or if a penalised
   *     discriminator has batch normalisation
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
    if (!recipe.penalties().isEmpty()) {
      refuseBatchNorm(discriminator);
    }
  }

  private static void refuseBatchNorm(Network critic) {
    for (int i = 0; i < critic.layers().size(); i++) {
      Layer layer = critic.layers().get(i);
      if (layer instanceof BatchNorm) {
        throw new IllegalArgumentException(
            String.format(
                "layer %d of the critic is batch normalisation, which a gradient penalty does not"
                    + " allow: it makes an example's output depend on its batch, so the norm of its"
                    + " own gradient means nothing (arXiv:1704.00028, section 4); use layer"
                    + " normalisation or none",
                i));
      }
    }
  }

  /**
   * A GAN of one's own with the non-saturating loss, DCGAN's Adam (2e-4, 0.5, 0.999) for both
   * networks, one discriminator step for each generator step, and outputs in [-1, 1].
   */
  public static Gan of(Latent latent, Network generator, Network discriminator) {
    return new Gan(
        "custom",
        latent,
        generator,
        discriminator,
        Recipe.of(new Objective.NonSaturating()),
        PixelRange.SIGNED_UNIT);
  }

  /** The shape of one example, real or generated. */
  public Shape exampleShape() {
    return discriminator.input();
  }

  /** Trained in another way. */
  public Gan withRecipe(Recipe other) {
    return new Gan(variant, latent, generator, discriminator, other, pixelRange);
  }

  /** With another pixel range. */
  public Gan withPixelRange(PixelRange range) {
    return new Gan(variant, latent, generator, discriminator, recipe, range);
  }
}
