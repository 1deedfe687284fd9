package org.samegan.core.objective;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * What discriminator and generator minimise, in terms of the discriminator's logits. Both losses
 * are means over the batch; logits are of shape (batch, 1), or any shape with the batch in front.
 */
public sealed interface Objective {
  /** Emits the discriminator's loss, a scalar to minimise. */
  SDVariable emitDiscriminatorLoss(SDVariable realLogits, SDVariable fakeLogits);

  /** Emits the generator's loss, a scalar to minimise. */
  SDVariable emitGeneratorLoss(SDVariable fakeLogits);

  /** The objective's name in hyperparameters, such as {@code non-saturating}. */
  String label();

  /**
   * The original discriminator's loss {@code -mean log D(x) - mean log(1 - D(G(z)))} with the
   * generator's non-saturating {@code -mean log D(G(z))} (Goodfellow et al. 2014, arXiv:1406.2661,
   * eq. 1 and the end of section 3).
   */
  record NonSaturating() implements Objective {
    @Override
    public SDVariable emitDiscriminatorLoss(SDVariable realLogits, SDVariable fakeLogits) {
      return emitBinaryCrossEntropy(realLogits, fakeLogits);
    }

    @Override
    public SDVariable emitGeneratorLoss(SDVariable fakeLogits) {
      return emitSoftplus(fakeLogits.neg()).mean();
    }

    @Override
    public String label() {
      return "non-saturating";
    }
  }

  /**
   * The original minimax game: the generator minimises {@code mean log(1 - D(G(z)))}, whose
   * gradient vanishes while the discriminator is sure (Goodfellow et al. 2014, arXiv:1406.2661, eq.
   * 1).
   */
  record Saturating() implements Objective {
    @Override
    public SDVariable emitDiscriminatorLoss(SDVariable realLogits, SDVariable fakeLogits) {
      return emitBinaryCrossEntropy(realLogits, fakeLogits);
    }

    @Override
    public SDVariable emitGeneratorLoss(SDVariable fakeLogits) {
      return emitSoftplus(fakeLogits).mean().neg();
    }

    @Override
    public String label() {
      return "saturating";
    }
  }

  private static SDVariable emitBinaryCrossEntropy(SDVariable realLogits, SDVariable fakeLogits) {
    return emitSoftplus(realLogits.neg()).mean().add(emitSoftplus(fakeLogits).mean());
  }

  /**
   * log(1 + exp x) as m + log(exp(-m) + exp(x - m)) with m = max(x, 0), which can't overflow; the
   * derivative by m is zero, so the gradient is the sigmoid everywhere, also at 0.
   */
  private static SDVariable emitSoftplus(SDVariable x) {
    SameDiff graph = x.getSameDiff();
    SDVariable m = graph.nn().relu(x, 0);
    SDVariable sum = graph.math().exp(m.neg()).add(graph.math().exp(x.sub(m)));
    return m.add(graph.math().log(sum));
  }
}
