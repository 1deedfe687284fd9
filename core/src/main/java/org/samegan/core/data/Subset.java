package org.samegan.core.data;

import java.nio.FloatBuffer;
import java.util.Objects;
import org.samegan.core.Shape;

/** Some examples of a dataset, under indices of their own. */
public final class Subset implements Dataset {
  private final Dataset all;
  private final int[] chosen;

  /**
   * Chooses examples.
   *
   * @param chosen their indices, in the order that they are to have; at least one
   * @throws IllegalArgumentException if none is chosen
   * @throws IndexOutOfBoundsException if there is no such example
   */
  public Subset(Dataset all, int... chosen) {
    if (chosen.length == 0) {
      throw new IllegalArgumentException("a subset needs at least 1 example, found none");
    }
    for (int index : chosen) {
      Objects.checkIndex(index, all.size());
    }
    this.all = all;
    this.chosen = chosen.clone();
  }

  @Override
  public int size() {
    return chosen.length;
  }

  @Override
  public Shape exampleShape() {
    return all.exampleShape();
  }

  @Override
  public void copyTo(int index, FloatBuffer destination) {
    all.copyTo(chosen[index], destination);
  }

  @Override
  public Classes classes() {
    return all.classes();
  }

  @Override
  public int label(int index) {
    return all.label(chosen[index]);
  }
}
