package org.samegan.core.training;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The gradient of the mean cross-entropy of {@code tanh(x W1 + b1) W2 + b2}, by the chain rule
 * written out in double precision.
 */
final class DenseClassifierReference {
  static final String W1 = "classifier/0_dense/weight";
  static final String B1 = "classifier/0_dense/bias";
  static final String W2 = "classifier/2_dense/weight";
  static final String B2 = "classifier/2_dense/bias";

  private final int inputs;
  private final int hidden;
  private final int classes;
  final Map<String, double[]> weights = new LinkedHashMap<>();
  final Map<String, double[]> gradients = new LinkedHashMap<>();

  /** Of the last {@link #differentiate}. */
  double loss;

  DenseClassifierReference(int inputs, int hidden, int classes, Map<String, double[]> start) {
    this.inputs = inputs;
    this.hidden = hidden;
    this.classes = classes;
    for (String path : new String[] {W1, B1, W2, B2}) {
      weights.put(path, start.get(path).clone());
    }
  }

  /** Computes loss and gradients over all points. */
  void differentiate(LabelledPoints points) {
    loss = 0;
    weights.forEach((path, values) -> gradients.put(path, new double[values.length]));
    for (int i = 0; i < points.size(); i++) {
      add(points.point(i), points.label(i), 1.0 / points.size());
    }
  }

  private void add(float[] x, int label, double share) {
    double[] h = new double[hidden];
    for (int j = 0; j < hidden; j++) {
      double sum = weights.get(B1)[j];
      for (int i = 0; i < inputs; i++) {
        sum += x[i] * weights.get(W1)[i * hidden + j];
      }
      h[j] = Math.tanh(sum);
    }
    double[] p = new double[classes];
    for (int c = 0; c < classes; c++) {
      double sum = weights.get(B2)[c];
      for (int j = 0; j < hidden; j++) {
        sum += h[j] * weights.get(W2)[j * classes + c];
      }
      p[c] = Math.exp(sum);
    }
    double total = Arrays.stream(p).sum();
    loss -= share * Math.log(p[label] / total);
    double[] back = new double[hidden];
    for (int c = 0; c < classes; c++) {
      double error = share * (p[c] / total - (c == label ? 1 : 0));
      gradients.get(B2)[c] += error;
      for (int j = 0; j < hidden; j++) {
        gradients.get(W2)[j * classes + c] += error * h[j];
        back[j] += error * weights.get(W2)[j * classes + c];
      }
    }
    for (int j = 0; j < hidden; j++) {
      double error = back[j] * (1 - h[j] * h[j]);
      gradients.get(B1)[j] += error;
      for (int i = 0; i < inputs; i++) {
        gradients.get(W1)[i * hidden + j] += error * x[i];
      }
    }
  }

  double gradientNorm() {
    return Math.sqrt(
        gradients.values().stream().flatMapToDouble(Arrays::stream).map(g -> g * g).sum());
  }
}
