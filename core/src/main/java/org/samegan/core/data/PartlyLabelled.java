package org.samegan.core.data;

import java.nio.FloatBuffer;
import java.util.Locale;
import java.util.Objects;
import org.samegan.core.Shape;

/**
 * Examples with labels, and behind them examples of the same shape without: what {@linkplain
 * #label} says of those is {@link Dataset#UNLABELLED}, whatever they were called elsewhere.
 */
public final class PartlyLabelled implements Dataset {
  private final Dataset labelled;
  private final Dataset unlabelled;

  /**
   * Puts the one behind the other.
   *
   * @param labelled whose classes these are; it may hold examples without labels itself
   * @param unlabelled whose labels, if it has any, are not looked at
   * @throws IllegalArgumentException if the first has no classes, or the examples have not the same
   *     shape
   */
  public PartlyLabelled(Dataset labelled, Dataset unlabelled) {
    if (labelled.classes().count() == 0) {
      throw new IllegalArgumentException(
          "expected labelled examples and others without labels, found no labels in either; use"
              + " images in folders, one a class, or IDX images with their labels' file beside"
              + " them");
    }
    if (!labelled.exampleShape().equals(unlabelled.exampleShape())) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the labelled examples are %s but those without labels are %s; bring both to one"
                  + " form",
              labelled.exampleShape(),
              unlabelled.exampleShape()));
    }
    Math.addExact(labelled.size(), unlabelled.size());
    this.labelled = labelled;
    this.unlabelled = unlabelled;
  }

  @Override
  public int size() {
    return labelled.size() + unlabelled.size();
  }

  @Override
  public Shape exampleShape() {
    return labelled.exampleShape();
  }

  @Override
  public void copyTo(int index, FloatBuffer destination) {
    Objects.checkIndex(index, size());
    if (index < labelled.size()) {
      labelled.copyTo(index, destination);
    } else {
      unlabelled.copyTo(index - labelled.size(), destination);
    }
  }

  @Override
  public Classes classes() {
    return labelled.classes();
  }

  @Override
  public int label(int index) {
    Objects.checkIndex(index, size());
    return index < labelled.size() ? labelled.label(index) : UNLABELLED;
  }
}
