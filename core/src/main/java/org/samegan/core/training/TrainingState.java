package org.samegan.core.training;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * All that a run needs to go on exactly as if it had never stopped: how far it has come and every
 * array it has learnt. Randomness needs no state, since it is a function of seed and step.
 *
 * @param progress how far the run has come
 * @param arrays by path: the networks' variables, such as {@code generator/0_dense/weight}, and the
 *     optimizers' state vectors, such as {@code generator/optimizer/first_moment}
 */
public record TrainingState(Progress progress, Map<String, INDArray> arrays) {
  /** Keeps the arrays' order; the arrays themselves are not copied. */
  public TrainingState {
    arrays = Collections.unmodifiableMap(new LinkedHashMap<>(arrays));
  }
}
