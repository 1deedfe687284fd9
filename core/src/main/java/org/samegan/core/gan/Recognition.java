package org.samegan.core.gan;

import java.util.Locale;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.samegan.core.SinglePrecision;
import org.samegan.core.graph.Columns;
import org.samegan.core.layer.Network;
import org.samegan.core.objective.CrossEntropy;

/**
 * A network Q that reads the latent's codes and label back from images, sharing the discriminator's
 * first layers (Chen et al. 2016, arXiv:1606.03657). Its loss, which discriminator and generator
 * both add to theirs, is the negative of the lower bound on the codes' mutual information with the
 * image, up to the codes' constant entropy (eq. 5): {@code categoricalWeight} times the
 * cross-entropy of the categorical codes plus {@code continuousWeight} times the negative
 * log-likelihood of the continuous ones under normal distributions with the means and log-variances
 * that Q gives. (The authors' code has Q give means only, with variance 1: {@link
 * Latent.Continuous#learnedVariance}.)
 *
 * <p>A label is read back as a categorical code is, and from real examples too: the discriminator
 * adds the cross-entropy of their labels as well, with the same weight. That makes Q an auxiliary
 * classifier (Odena et al. 2017, arXiv:1610.09585, section 3). Where only some real examples have a
 * label, it is read from those, with a weight of its own ({@link FewLabels}).
 *
 * @param sharedLayers how many of the discriminator's first layers Q shares, at least 1
 * @param network Q's own layers; its outputs follow the latent's parts in order: a categorical
 *     code's or the label's logits, a continuous code's means and then, where they are learned, its
 *     log-variances
 * @param categoricalWeight of categorical codes and of the label, at least 0
 * @param continuousWeight at least 0
 * @param fewLabels how the label is learnt where only some real examples have one; null where all
 *     have one, or the latent has no label
 */
public record Recognition(
    int sharedLayers,
    Network network,
    double categoricalWeight,
    double continuousWeight,
    FewLabels fewLabels) {
  /** Checks the weights. */
  public Recognition {
    if (!isWeight(categoricalWeight) || !isWeight(continuousWeight)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the weights of recognition must be at least 0, finite and not rounded to 0 as 32-bit"
                  + " floats, found %s and %s",
              categoricalWeight,
              continuousWeight));
    }
  }

  /** Where every real example has a label, or there is none. */
  public Recognition(
      int sharedLayers, Network network, double categoricalWeight, double continuousWeight) {
    this(sharedLayers, network, categoricalWeight, continuousWeight, null);
  }

  private static boolean isWeight(double value) {
    return value >= 0 && SinglePrecision.keeps(value);
  }

  /**
   * Checks that Q fits a GAN.
   *
   * @throws IllegalArgumentException if it doesn't, with what was expected and found
   */
  void requireFit(Latent latent, Network discriminator) {
    int layers = discriminator.layers().size();
    if (sharedLayers < 1 || sharedLayers > layers) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "recognition must share from 1 to %d layers of the discriminator, found %d",
              layers,
              sharedLayers));
    }
    if (!network.input().equals(discriminator.outputShapes().get(sharedLayers - 1))) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "recognition takes %s but layer %d of the discriminator gives %s",
              network.input(),
              sharedLayers - 1,
              discriminator.outputShapes().get(sharedLayers - 1)));
    }
    if (latent.recognitionSize() == 0 || network.output().elements() != latent.recognitionSize()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the latent's codes need %d outputs of recognition (the classes of each categorical"
                  + " code and of the label, one for each continuous value or two with its"
                  + " variance), found %s",
              latent.recognitionSize(),
              network.output()));
    }
    if (fewLabels != null && latent.label().isEmpty()) {
      throw new IllegalArgumentException(
          "recognition is to learn the labels of a few examples, but the latent has no label; give"
              + " it one in place of a categorical code");
    }
  }

  /**
   * Emits the loss, a scalar.
   *
   * @param latents of shape (batch, latent)
   * @param outputs Q's, of shape (batch, outputs)
   */
  public SDVariable emitLoss(Latent layout, SDVariable latents, SDVariable outputs) {
    return emitLoss(layout, latents, outputs, null);
  }

  /**
   * The same with another weight of the label.
   *
   * @param labelShare a scalar that the label's loss is multiplied by; null for 1
   */
  public SDVariable emitLoss(
      Latent layout, SDVariable latents, SDVariable outputs, SDVariable labelShare) {
    SDVariable loss = null;
    int at = 0;
    int from = 0;
    for (Latent.Part part : layout.parts()) {
      SDVariable value = null;
      if (part instanceof Latent.Categorical || part instanceof Latent.Label) {
        value =
            CrossEntropy.emit(
                    Columns.of(latents, at, part.size()), Columns.of(outputs, from, part.size()))
                .mul(categoricalWeight);
        if (part instanceof Latent.Label && labelShare != null) {
          value = value.mul(labelShare);
        }
      } else if (part instanceof Latent.Continuous continuous) {
        value =
            emitNegativeLogLikelihood(
                    Columns.of(latents, at, part.size()),
                    Columns.of(outputs, from, part.size()),
                    continuous.learnedVariance()
                        ? Columns.of(outputs, from + part.size(), part.size())
                        : null)
                .mul(continuousWeight);
      }
      at += part.size();
      from += part.recognitionSize();
      if (value != null) {
        loss = loss == null ? value : loss.add(value);
      }
    }
    return loss;
  }

  /**
   * Emits the loss of reading the labels of real examples, a scalar: their cross-entropy times
   * {@link FewLabels#weight}, or {@code categoricalWeight} where all examples have a label.
   *
   * @param layout a latent with a label
   * @param labels one-hot, of shape (batch, classes)
   * @param outputs Q's for the examples, of shape (batch, outputs)
   */
  public SDVariable emitLabelLoss(Latent layout, SDVariable labels, SDVariable outputs) {
    Latent.Label label = layout.label().orElseThrow();
    int from = layout.recognitionOffset(label);
    double weight = fewLabels == null ? categoricalWeight : fewLabels.weight();
    return CrossEntropy.emit(labels, Columns.of(outputs, from, label.size())).mul(weight);
  }

  /**
   * mean over the batch of sum (log 2 pi + s + (c - m)² / exp s) / 2, with s = log variance, null
   * for 0.
   */
  private static SDVariable emitNegativeLogLikelihood(
      SDVariable codes, SDVariable means, SDVariable logVariances) {
    SameDiff graph = codes.getSameDiff();
    SDVariable error = codes.sub(means);
    SDVariable terms = error.mul(error);
    if (logVariances != null) {
      terms = terms.mul(graph.math().exp(logVariances.neg())).add(logVariances);
    }
    return terms.add(Math.log(2 * Math.PI)).sum(false, 1).mean().mul(0.5);
  }
}
