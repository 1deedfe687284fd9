package org.samegan.core.layer;

import org.samegan.core.Shape;
import org.samegan.core.random.Distribution;
import org.samegan.core.random.RandomSource;

/**
 * An array that a layer or a network owns and a checkpoint keeps.
 *
 * @param name within a layer {@code weight}, within a network a path such as {@code
 *     generator/2_conv_transpose2d/weight}; paths are part of the file format
 * @param shape the array's shape
 * @param initial where its first values come from
 * @param role whether an optimizer changes it
 */
public record Variable(String name, Shape shape, RandomSource initial, Role role) {
  /** Who changes a variable. */
  public enum Role {
    /** Trained by the optimizer. */
    PARAMETER,
    /** A running statistic, updated by the training step from the batches it sees. */
    STATISTIC
  }

  /** The same variable under another name. */
  public Variable withName(String newName) {
    return new Variable(newName, shape, initial, role);
  }

  /** A trained variable. */
  static Variable parameter(String name, Shape shape, RandomSource initial) {
    return new Variable(name, shape, initial, Role.PARAMETER);
  }

  /** A running statistic that starts at one value. */
  static Variable statistic(String name, Shape shape, double value) {
    return statistic(name, shape, new Distribution.Normal(value, 0));
  }

  /** A running statistic that starts at drawn values. */
  static Variable statistic(String name, Shape shape, RandomSource initial) {
    return new Variable(name, shape, initial, Role.STATISTIC);
  }
}
