package org.samegan.core.training;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.execution.Tensor;

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
 *     RawVector}; and, where the recipe has them, {@code augmentation/control} of an adaptive
 *     augmentation and {@code lecam/means}
 */
public record TrainingState(Progress progress, Map<String, INDArray> arrays) {
  /** Keeps the arrays' order; the arrays themselves are not copied. */
  public TrainingState {
    arrays = Collections.unmodifiableMap(new LinkedHashMap<>(arrays));
  }

  /**
   * Makes sure that every value is finite. A step's losses are those before its update, which may
   * be what went wrong.
   *
   * @throws DivergenceException if one isn't
   */
  public void requireFinite() {
    arrays.forEach(
        (path, array) -> {
          if (!Double.isFinite(array.sumNumber().doubleValue())) {
            throw new DivergenceException(progress.step(), path + " holds NaN or infinity");
          }
        });
  }

  /**
   * Makes sure that the state has these arrays and no others.
   *
   * @param expected a trainer's tensors by path
   * @throws IllegalArgumentException if an array is missing, left over, or of another shape
   */
  void requireArrays(Map<String, Tensor> expected) {
    Set<String> missing = new LinkedHashSet<>(expected.keySet());
    missing.removeAll(arrays.keySet());
    Set<String> unknown = new LinkedHashSet<>(arrays.keySet());
    unknown.removeAll(expected.keySet());
    if (!missing.isEmpty() || !unknown.isEmpty()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the state is of another model: of the arrays expected it lacks %s, and it has %s"
                  + " besides; use a state of a GAN equal to the trainer's",
              missing,
              unknown));
    }
    expected.forEach((path, tensor) -> requireShape("state is", path, tensor, arrays.get(path)));
  }

  /** Makes sure that an array has the shape of the one that it takes the place of. */
  static void requireShape(String what, String path, Tensor expected, INDArray found) {
    if (!Arrays.equals(found.shape(), expected.shape())) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the %s of another model: '%s' should have the shape %s, found %s",
              what,
              path,
              Arrays.toString(expected.shape()),
              Arrays.toString(found.shape())));
    }
  }
}
