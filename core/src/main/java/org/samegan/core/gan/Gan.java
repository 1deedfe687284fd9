package org.samegan.core.gan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.samegan.core.Shape;
import org.samegan.core.data.Classes;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.data.PixelRange;
import org.samegan.core.layer.Network;
import org.samegan.core.layer.Variable;
import org.samegan.core.objective.Objective;

/**
 * Everything that is trained and how: two networks and a recipe. A value; a run is this, data, a
 * batch size and a seed.
 *
 * @param variant the name of the variant, such as {@code dcgan}; {@code custom} for one's own
 * @param latent the generator's input
 * @param generator from latents to examples
 * @param discriminator from examples to one logit each; from examples with their labels appended if
 *     its input is {@link Latent.Label#appendedTo} the generator's output
 * @param recognition reads the latent's codes and label back from images; null where there is none
 * @param recipe what each network minimises, and what moves it
 * @param pixelRange what black and white are in the generator's output; null if it makes no images
 */
public record Gan(
    String variant,
    Latent latent,
    Network generator,
    Network discriminator,
    Recognition recognition,
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
              Locale.ROOT,
              "the generator takes %s but the latent has %d values",
              generator.input(),
              latent.size()));
    }
    boolean conditional = takesLabels(latent, generator, discriminator);
    if (!conditional && !generator.output().equals(discriminator.input())) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the generator gives %s but the discriminator takes %s",
              generator.output(),
              discriminator.input()));
    }
    if (discriminator.output().elements() != 1) {
      throw new IllegalArgumentException(
          "the discriminator must give one logit, found an output of " + discriminator.output());
    }
    if (recognition != null) {
      if (conditional) {
        throw new IllegalArgumentException(
            "the discriminator is given the labels, so recognition would read them off its input;"
                + " give the discriminator the examples alone, or the GAN no recognition network");
      }
      recognition.requireFit(latent, discriminator);
    } else {
      requireNothingToRead(latent, generator.output(), conditional);
    }
    recipe.littleData().augmentation().requireFit(generator.output());
    recipe.littleData().requireFit(latent);
    if (!recipe.penalties().isEmpty()) {
      refuseMixing(discriminator);
    }
  }

  private static boolean takesLabels(Latent latent, Network generator, Network discriminator) {
    return latent
        .label()
        .map(label -> discriminator.input().equals(label.appendedTo(generator.output())))
        .orElse(false);
  }

  /** Without recognition there must be no codes, and the discriminator must see the label. */
  private static void requireNothingToRead(Latent latent, Shape example, boolean conditional) {
    for (Latent.Part part : latent.parts()) {
      if (part instanceof Latent.Label label) {
        if (!conditional) {
          throw new IllegalArgumentException(
              String.format(
                  Locale.ROOT,
                  "the latent has a label, but nothing compares it with the examples; let the"
                      + " discriminator take %s, the examples with their labels, or give the GAN a"
                      + " recognition network",
                  label.appendedTo(example)));
        }
      } else if (part.recognitionSize() > 0) {
        throw new IllegalArgumentException(
            "the latent has codes, but there is no recognition network to read them back; use noise"
                + " instead of codes, or give the GAN a recognition network");
      }
    }
  }

  private static void refuseMixing(Network critic) {
    for (int i = 0; i < critic.layers().size(); i++) {
      if (critic.layers().get(i).mixesExamples()) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "layer %d of the critic has batch normalisation, which a gradient penalty does not"
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
        null,
        Recipe.of(new Objective.NonSaturating()),
        PixelRange.SIGNED_UNIT);
  }

  /** The variables that the discriminator's step trains: its own, and those of recognition. */
  public List<Variable> discriminatorVariables() {
    List<Variable> variables = new ArrayList<>(GanNetwork.DISCRIMINATOR.variables(this));
    if (recognition != null) {
      variables.addAll(GanNetwork.RECOGNITION.variables(this));
    }
    return variables;
  }

  /** The variables that the generator's step trains. */
  public List<Variable> generatorVariables() {
    return GanNetwork.GENERATOR.variables(this);
  }

  /** The shape of one example, real or generated, without its label. */
  public Shape exampleShape() {
    return generator.output();
  }

  /**
   * Checks that it can be trained on examples of this form, before there are any.
   *
   * @throws IllegalArgumentException if they have another shape, or not the label's classes
   */
  public void requireForm(ExampleForm form) {
    if (!form.shape().equals(exampleShape())) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the networks work on examples of %s but the data holds %s",
              exampleShape(),
              form.shape()));
    }
    latent.label().ifPresent(label -> requireClasses(label, form.classes()));
  }

  private static void requireClasses(Latent.Label label, Classes classes) {
    if (classes.count() == 0) {
      throw new IllegalArgumentException(
          "the model learns from labels, but the data has none; use images in folders, one a class,"
              + " or IDX images with their labels' file beside them, or a model without labels");
    }
    if (classes.count() != label.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the model's label has %d classes but the data has %d; make the model for the data's"
                  + " classes",
              label.size(),
              classes.count()));
    }
    List<String> names = label.classes().names();
    if (!names.isEmpty() && !classes.names().isEmpty() && !names.equals(classes.names())) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the model's classes are %s but the data's are %s; name and order them alike",
              names,
              classes.names()));
    }
  }

  /** Whether weights of the one are weights of the other. */
  public boolean hasNetworksOf(Gan other) {
    return latent.equals(other.latent)
        && generator.equals(other.generator)
        && discriminator.equals(other.discriminator)
        && Objects.equals(recognition, other.recognition);
  }

  /** Whether the discriminator is given examples with their labels. */
  public boolean discriminatorTakesLabels() {
    return takesLabels(latent, generator, discriminator);
  }

  /** How recognition learns labels that only some examples have; empty for all other GANs. */
  public Optional<FewLabels> fewLabels() {
    return Optional.ofNullable(recognition).map(Recognition::fewLabels);
  }

  /** Trained in another way. */
  public Gan withRecipe(Recipe other) {
    return new Gan(variant, latent, generator, discriminator, recognition, other, pixelRange);
  }

  /** With another pixel range. */
  public Gan withPixelRange(PixelRange range) {
    return new Gan(variant, latent, generator, discriminator, recognition, recipe, range);
  }
}
