package org.samegan.core.gradient;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * How a gradient passes one kind of op. A rule emits only ops that have a rule themselves, so that
 * a gradient can be differentiated again.
 */
@FunctionalInterface
interface GradientRule {
  /**
   * Emits the gradients at the op's inputs.
   *
   * @return one for each input, of a shape that broadcasts to the input's; null where none is
   *     needed or where the derivative is zero
   */
  List<SDVariable> emit(OpGradient op);
}
