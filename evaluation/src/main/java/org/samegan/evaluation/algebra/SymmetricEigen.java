package org.samegan.evaluation.algebra;

import java.util.Arrays;

/**
 * Eigenvalues, and eigenvectors where asked for, of a real symmetric matrix: Householder
 * reflections make it tridiagonal, implicit QL steps with Wilkinson's shift make that diagonal
 * (Golub and Van Loan, Matrix Computations, 8.3; Bowdler, Martin, Reinsch and Wilkinson 1968,
 * doi:10.1007/BF02219771). In O(d^3); values are accurate to some units in the last place of the
 * largest one.
 */
public final class SymmetricEigen {
  /** QL needs under two steps a value; this many mean that the matrix holds NaN. */
  private static final int MOST_STEPS = 60;

  private final int size;
  private final double[] diagonal;
  private final double[] beside;

  /** The transposed vectors: row k is the one of value k. Null where only values are asked for. */
  private final double[] vectors;

  private SymmetricEigen(double[] matrix, int size, boolean withVectors) {
    this.size = size;
    this.diagonal = new double[size];
    this.beside = new double[size];
    double[] work = matrix.clone();
    this.vectors = withVectors ? identity(size) : null;
    tridiagonalize(work);
    diagonalize();
  }

  /** The eigenvalues of a size x size matrix, in no particular order. */
  public static double[] valuesOf(double[] matrix, int size) {
    return new SymmetricEigen(matrix, size, false).diagonal;
  }

  /** Values and vectors of a size x size matrix. */
  public static SymmetricEigen of(double[] matrix, int size) {
    return new SymmetricEigen(matrix, size, true);
  }

  /** The eigenvalues, in no particular order. */
  public double[] values() {
    return diagonal.clone();
  }

  /** The unit eigenvector of value k. */
  public double[] vector(int k) {
    return Arrays.copyOfRange(vectors, k * size, (k + 1) * size);
  }

  /**
   * The symmetric square root of a positive semi-definite matrix; eigenvalues below zero, which
   * rounding makes, count as zero.
   */
  public double[] squareRoot() {
    double[] root = new double[size * size];
    for (int k = 0; k < size; k++) {
      double scale = Math.sqrt(Math.max(0, diagonal[k]));
      if (scale == 0) {
        continue;
      }
      int vector = k * size;
      for (int i = 0; i < size; i++) {
        double factor = scale * vectors[vector + i];
        int row = i * size;
        for (int j = 0; j < size; j++) {
          root[row + j] += factor * vectors[vector + j];
        }
      }
    }
    return root;
  }

  private static double[] identity(int size) {
    double[] identity = new double[size * size];
    for (int i = 0; i < size; i++) {
      identity[i * size + i] = 1;
    }
    return identity;
  }

  /** A := P ... A ... P for reflections P = I - 2 u u'; what they do to the vectors is kept. */
  private void tridiagonalize(double[] a) {
    double[] u = new double[size];
    double[] p = new double[size];
    for (int k = 0; k < size - 2; k++) {
      int first = k + 1;
      double scale = 0;
      for (int i = first; i < size; i++) {
        scale = Math.max(scale, Math.abs(a[k * size + i]));
      }
      double rest = 0;
      for (int i = first + 1; i < size; i++) {
        rest = Math.max(rest, Math.abs(a[k * size + i]));
      }
      if (rest == 0) {
        continue;
      }
      double squares = 0;
      for (int i = first; i < size; i++) {
        u[i] = a[k * size + i] / scale;
        squares += u[i] * u[i];
      }
      double norm = Math.copySign(Math.sqrt(squares), u[first]);
      u[first] += norm;
      double half = norm * u[first];
      reflectBothSides(a, u, p, half, first);
      a[k * size + first] = -norm * scale;
      if (vectors != null) {
        reflectVectors(u, p, half, first);
      }
    }
    for (int i = 0; i < size; i++) {
      diagonal[i] = a[i * size + i];
      beside[i] = i + 1 < size ? a[i * size + i + 1] : 0;
    }
  }

  /** The trailing block becomes (I - u u'/half) A (I - u u'/half), as A - q u' - u q'. */
  private void reflectBothSides(double[] a, double[] u, double[] q, double half, int first) {
    double along = 0;
    Arrays.fill(q, first, size, 0);
    for (int i = first; i < size; i++) {
      double factor = u[i] / half;
      int row = i * size;
      for (int j = first; j < size; j++) {
        q[j] += factor * a[row + j];
      }
    }
    for (int i = first; i < size; i++) {
      along += u[i] * q[i];
    }
    double share = along / (2 * half);
    for (int i = first; i < size; i++) {
      q[i] -= share * u[i];
    }
    for (int i = first; i < size; i++) {
      double ui = u[i];
      double qi = q[i];
      int row = i * size;
      for (int j = first; j < size; j++) {
        a[row + j] -= qi * u[j] + ui * q[j];
      }
    }
  }

  private void reflectVectors(double[] u, double[] sums, double half, int first) {
    Arrays.fill(sums, 0);
    for (int i = first; i < size; i++) {
      double factor = u[i] / half;
      int row = i * size;
      for (int j = 0; j < size; j++) {
        sums[j] += factor * vectors[row + j];
      }
    }
    for (int i = first; i < size; i++) {
      double ui = u[i];
      int row = i * size;
      for (int j = 0; j < size; j++) {
        vectors[row + j] -= ui * sums[j];
      }
    }
  }

  private void diagonalize() {
    // Absolute, so that blocks of zeros end at once; a value that small changes no other.
    double largest = 0;
    for (int i = 0; i < size; i++) {
      largest = Math.max(largest, Math.abs(diagonal[i]) + Math.abs(beside[i]));
    }
    double negligible = Math.ulp(1.0) * largest;
    for (int from = 0; from < size; from++) {
      for (int step = 0; ; step++) {
        int to = from;
        while (to < size - 1
            && Math.abs(beside[to])
                > Math.max(
                    negligible * 1e-3,
                    Math.ulp(1.0) * (Math.abs(diagonal[to]) + Math.abs(diagonal[to + 1])))) {
          to++;
        }
        if (to == from) {
          break;
        }
        if (step == MOST_STEPS) {
          throw new ArithmeticException(
              "the eigenvalues of a matrix of "
                  + size
                  + " rows were not found in "
                  + MOST_STEPS
                  + " steps; features of very different sizes do that, scale them");
        }
        step(from, to);
      }
    }
  }

  /** One implicit QL step on the unreduced block from..to. */
  private void step(int from, int to) {
    double g = (diagonal[from + 1] - diagonal[from]) / (2 * beside[from]);
    double r = Math.hypot(g, 1);
    g = diagonal[to] - diagonal[from] + beside[from] / (g + Math.copySign(r, g));
    double s = 1;
    double c = 1;
    double p = 0;
    for (int i = to - 1; i >= from; i--) {
      double f = s * beside[i];
      double b = c * beside[i];
      r = Math.hypot(f, g);
      beside[i + 1] = r;
      if (r == 0) {
        diagonal[i + 1] -= p;
        beside[to] = 0;
        return;
      }
      s = f / r;
      c = g / r;
      g = diagonal[i + 1] - p;
      r = (diagonal[i] - g) * s + 2 * c * b;
      p = s * r;
      diagonal[i + 1] = g + p;
      g = c * r - b;
      if (vectors != null) {
        rotate(i, c, s);
      }
    }
    diagonal[from] -= p;
    beside[from] = g;
    beside[to] = 0;
  }

  private void rotate(int i, double c, double s) {
    int low = i * size;
    int high = low + size;
    for (int j = 0; j < size; j++) {
      double f = vectors[high + j];
      vectors[high + j] = s * vectors[low + j] + c * f;
      vectors[low + j] = c * vectors[low + j] - s * f;
    }
  }
}
