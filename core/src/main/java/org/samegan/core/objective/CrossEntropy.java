package org.samegan.core.objective;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** The loss of telling classes apart, as graph ops. */
public final class CrossEntropy {
  private CrossEntropy() {}

  /**
   * Emits -mean log softmax(logits)[class], a scalar, with the greatest logit taken out so that
   * nothing overflows.
   *
   * @param oneHot of shape (batch, classes)
   * @param logits of shape (batch, classes)
   */
  public static SDVariable emit(SDVariable oneHot, SDVariable logits) {
    SameDiff graph = logits.getSameDiff();
    SDVariable greatest = logits.max(true, 1);
    SDVariable shifted = logits.sub(greatest);
    SDVariable logSum = graph.math().log(graph.math().exp(shifted).sum(true, 1));
    return logSum.sub(shifted.mul(oneHot).sum(true, 1)).mean();
  }
}
