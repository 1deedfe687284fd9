package org.samegan.core.objective;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * What discriminator and generator minimise, in terms of the discriminator's outputs, its logits (a
 * critic's values). All losses are means over the batch; logits are of shape (batch, 1).
 */
public sealed interface Objective {
  /** Emits the discriminator's loss, a scalar to minimise. */
  SDVariable emitDiscriminatorLoss(SDVariable realLogits, SDVariable fakeLogits);

  /**
   * Emits the generator's loss, a scalar to minimise.
   *
   * @param realLogits null unless {@link #generatorSeesReal}
   */
  SDVariable emitGeneratorLoss(SDVariable realLogits, SDVariable fakeLogits);

  /** Whether the generator's loss compares with real examples, which its step then needs. */
  default boolean generatorSeesReal() {
    return false;
  }

  /**
   * Whether the mean of D(x) minus that of D(G(z)) is an estimate of a distance between the real
   * and the generated distribution, up to the critic's Lipschitz constant.
   */
  default boolean estimatesDistance() {
    return false;
  }

  /** Whether what {@link #emitScore} emits are probabilities. */
  default boolean scoresAreProbabilities() {
    return false;
  }

  /** Emits what the logits say in the objective's own unit: a probability, or the value itself. */
  default SDVariable emitScore(SDVariable logits) {
    return logits;
  }

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
    public SDVariable emitGeneratorLoss(SDVariable realLogits, SDVariable fakeLogits) {
      return emitSoftplus(fakeLogits.neg()).mean();
    }

    @Override
    public SDVariable emitScore(SDVariable logits) {
      return emitProbability(logits);
    }

    @Override
    public boolean scoresAreProbabilities() {
      return true;
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
    public SDVariable emitGeneratorLoss(SDVariable realLogits, SDVariable fakeLogits) {
      return emitSoftplus(fakeLogits).mean().neg();
    }

    @Override
    public SDVariable emitScore(SDVariable logits) {
      return emitProbability(logits);
    }

    @Override
    public boolean scoresAreProbabilities() {
      return true;
    }
  }

  /**
   * Least squares with labels 1 and 0: {@code mean (D(x) - 1)² / 2 + mean D(G(z))² / 2}, and {@code
   * mean (D(G(z)) - 1)² / 2} (Mao et al. 2017, arXiv:1611.04076, eq. 9).
   */
  record LeastSquares() implements Objective {
    @Override
    public SDVariable emitDiscriminatorLoss(SDVariable realLogits, SDVariable fakeLogits) {
      return emitHalfSquare(realLogits.sub(1)).add(emitHalfSquare(fakeLogits));
    }

    @Override
    public SDVariable emitGeneratorLoss(SDVariable realLogits, SDVariable fakeLogits) {
      return emitHalfSquare(fakeLogits.sub(1));
    }

    private static SDVariable emitHalfSquare(SDVariable x) {
      return x.mul(x).mean().mul(0.5);
    }
  }

  /**
   * The hinge loss {@code mean max(0, 1 - D(x)) + mean max(0, 1 + D(G(z)))}, and {@code -mean
   * D(G(z))} (Lim and Ye 2017, arXiv:1705.02894; Miyato et al. 2018, arXiv:1802.05957, eq. 16 and
   * 17).
   */
  record Hinge() implements Objective {
    @Override
    public SDVariable emitDiscriminatorLoss(SDVariable realLogits, SDVariable fakeLogits) {
      SameDiff graph = realLogits.getSameDiff();
      return graph
          .nn()
          .relu(realLogits.rsub(1), 0)
          .mean()
          .add(graph.nn().relu(fakeLogits.add(1), 0).mean());
    }

    @Override
    public SDVariable emitGeneratorLoss(SDVariable realLogits, SDVariable fakeLogits) {
      return fakeLogits.mean().neg();
    }
  }

  /**
   * The Wasserstein distance's dual: the critic minimises {@code mean D(G(z)) - mean D(x)}, the
   * generator {@code -mean D(G(z))}; the critic must be kept Lipschitz by a constraint or a penalty
   * (Arjovsky et al. 2017, arXiv:1701.07875, eq. 2 and algorithm 1).
   */
  record Wasserstein() implements Objective {
    @Override
    public SDVariable emitDiscriminatorLoss(SDVariable realLogits, SDVariable fakeLogits) {
      return fakeLogits.mean().sub(realLogits.mean());
    }

    @Override
    public SDVariable emitGeneratorLoss(SDVariable realLogits, SDVariable fakeLogits) {
      return fakeLogits.mean().neg();
    }

    @Override
    public boolean estimatesDistance() {
      return true;
    }
  }

  /**
   * The relativistic pairing loss {@code mean softplus(-(D(x) - D(G(z))))} over pairs of a real and
   * a generated example; the generator minimises the same with the difference's sign turned
   * (Jolicoeur-Martineau 2018, arXiv:1807.00734; Huang et al. 2024, arXiv:2501.05441, eq. 2).
   */
  record Relativistic() implements Objective {
    @Override
    public SDVariable emitDiscriminatorLoss(SDVariable realLogits, SDVariable fakeLogits) {
      return emitSoftplus(fakeLogits.sub(realLogits)).mean();
    }

    @Override
    public SDVariable emitGeneratorLoss(SDVariable realLogits, SDVariable fakeLogits) {
      return emitSoftplus(realLogits.sub(fakeLogits)).mean();
    }

    @Override
    public boolean generatorSeesReal() {
      return true;
    }
  }

  private static SDVariable emitProbability(SDVariable logits) {
    return logits.getSameDiff().nn().sigmoid(logits);
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
