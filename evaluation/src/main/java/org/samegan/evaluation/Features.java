package org.samegan.evaluation;

import java.util.Locale;
import java.util.Objects;

/**
 * What a network saw in n images: a matrix of n rows of d numbers, and the name of the network and
 * layer they come from. Metrics compare two such matrices; numbers from features of different names
 * mean different things, so comparing those is refused.
 *
 * <p>Immutable: values are copied in, and all of them are finite.
 */
public final class Features {
  private final String name;
  private final int count;
  private final int dimensions;
  private final float[] values;

  private Features(String name, int count, int dimensions, float[] values) {
    this.name = name;
    this.count = count;
    this.dimensions = dimensions;
    this.values = values;
  }

  /**
   * The features of this name, row by row.
   *
   * @param name what computed them, such as {@code samegan-mnist-1}
   * @param count the number of rows, at least 2
   * @param dimensions numbers a row, at least 1
   * @param values row after row, {@code count * dimensions} finite numbers
   * @throws IllegalArgumentException for fewer rows, another length, NaN or infinity
   */
  public static Features of(String name, int count, int dimensions, float[] values) {
    Objects.requireNonNull(name, "name");
    if (count < 2 || dimensions < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the features '%s' need at least 2 rows of at least 1 number, found %d rows of %d;"
                  + " measure more images",
              name,
              count,
              dimensions));
    }
    if (values.length != (long) count * dimensions) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the features '%s' of %d rows of %d numbers need %d values, found %d",
              name,
              count,
              dimensions,
              (long) count * dimensions,
              values.length));
    }
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "the features '%s' hold %s in row %d, column %d (counted from 0), where a finite"
                    + " number was expected; look at that image and at the network that computed"
                    + " them",
                name,
                values[i],
                i / dimensions,
                i % dimensions));
      }
    }
    return new Features(name, count, dimensions, values.clone());
  }

  /** What computed them. */
  public String name() {
    return name;
  }

  /** The number of rows. */
  public int count() {
    return count;
  }

  /** Numbers a row. */
  public int dimensions() {
    return dimensions;
  }

  /** One number. */
  public float at(int row, int column) {
    Objects.checkIndex(column, dimensions);
    return values[Objects.checkIndex(row, count) * dimensions + column];
  }

  /**
   * Copies rows {@code from} (inclusive) to {@code to} (exclusive) into an array's beginning, in
   * double precision.
   */
  public void copyRows(int from, int to, double[] target) {
    Objects.checkFromToIndex(from, to, count);
    int offset = from * dimensions;
    int length = (to - from) * dimensions;
    for (int i = 0; i < length; i++) {
      target[i] = values[offset + i];
    }
  }

  /** The chosen rows in the order given, at least 2. */
  public Features select(int[] rows) {
    float[] selected = new float[rows.length * dimensions];
    for (int i = 0; i < rows.length; i++) {
      int from = Objects.checkIndex(rows[i], count) * dimensions;
      System.arraycopy(values, from, selected, i * dimensions, dimensions);
    }
    if (rows.length < 2) {
      throw new IllegalArgumentException(
          "a selection of the features '"
              + name
              + "' needs at least 2 rows, found "
              + rows.length
              + "; measure more images");
    }
    return new Features(name, rows.length, dimensions, selected);
  }

  /**
   * Checks that these and others came out of the same layer of the same network.
   *
   * @throws IllegalArgumentException if names or dimensions differ
   */
  public void requireComparable(Features other) {
    if (!name.equals(other.name) || dimensions != other.dimensions) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "features of the same network are compared, found '%s' of %d dimensions and '%s' of"
                  + " %d; compute both with one of them",
              name,
              dimensions,
              other.name,
              other.dimensions));
    }
  }

  @Override
  public String toString() {
    return count + " x " + dimensions + " features of " + name;
  }
}
