package org.samegan.core.training;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * All that a run needs to go on exactly as if it had never stopped: how far it has come and every
 * array it has learnt. Randomness needs no state, since it is a function of seed and step.
 *
 * <p>The networks' variables are those to be used and shown. Where the recipe averages the
 * generator's weights, the generator's are the averages, and what training moves are the raw
 * vectors beside them.
 *
 * @param progress how far the run has come
 * @param arrays by path: the networks' variables, such as {@code generator/0_dense/weight}, and
 *     what training needs besides, one flat vector each, in the order of the network's variables:
 *     the optimizers' state, such as {@code generator/optimizer/first_moment}, and, under an
 *     average, {@code generator/raw/parameters} and {@code generator/raw/statistics}, see {@link
 *     RawVector}
 */
public record TrainingState(Progress progress, Map<String, INDArray> arrays) {
  /** Keeps the arrays' order; the arrays themselves are not copied. */
  public TrainingState {
    arrays = Collections.unmodifiableMap(new LinkedHashMap<>(arrays));
  }
}
