package org.samegan.core.inference;

import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.layer.SpectralNorm;

/** Divides a weight by the spectral norm that {@link SpectralNorm} estimates of it. */
final class SpectralNormFolding {
  private SpectralNormFolding() {}

  /** The inner layer's values, from those of the layer with spectral normalisation. */
  static Map<String, INDArray> of(Map<String, INDArray> own) {
    Map<String, INDArray> inner = new LinkedHashMap<>(own);
    float[] u = Folding.floats(inner.remove(SpectralNorm.LEFT_SINGULAR_VECTOR));
    INDArray weight = own.get("weight");
    float[] weights = Folding.floats(weight);
    double sigma = sigma(weights, u);
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (weights[i] / sigma);
    }
    inner.put("weight", Nd4j.createFromArray(weights).reshape('c', weight.shape()));
    return inner;
  }

  /**
   * One step of power iteration, as in the layer: with {@code v = W'u / ||W'u||} it is {@code
   * ||Wv||}.
   *
   * @param weights W' in row-major order, of shape (inputs, outputs)
   * @param u of length outputs
   */
  private static double sigma(float[] weights, float[] u) {
    double[] product = new double[u.length];
    double squares = 0;
    for (int from = 0; from < weights.length; from += u.length) {
      double v = 0;
      for (int j = 0; j < u.length; j++) {
        v += (double) weights[from + j] * u[j];
      }
      squares += v * v;
      for (int j = 0; j < u.length; j++) {
        product[j] += v * weights[from + j];
      }
    }
    double sum = 0;
    for (double value : product) {
      sum += value * value;
    }
    return Math.sqrt(sum / squares);
  }
}
