package org.samegan.core.inference;

import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.execution.ArrayParts;
import org.samegan.core.layer.SpectralNorm;

/** Divides a weight by the spectral norm that {@link SpectralNorm} estimates of it. */
final class SpectralNormFolding {
  private SpectralNormFolding() {}

  /** The inner layer's values, from those of the layer with spectral normalisation. */
  static Map<String, INDArray> of(Map<String, INDArray> own) {
    Map<String, INDArray> inner = new LinkedHashMap<>(own);
    float[] u = Folding.floats(inner.remove(SpectralNorm.LEFT_SINGULAR_VECTOR));
    INDArray weight = own.get("weight");
    double sigma = sigma(weight, u);
    inner.put("weight", ArrayParts.map(weight, (value, i) -> value / sigma));
    return inner;
  }

  /**
   * One step of power iteration, as in the layer: with {@code v = W'u / ||W'u||} it is {@code
   * ||Wv||}.
   *
   * @param weight W' in row-major order, of shape (inputs, outputs)
   * @param u of length outputs
   */
  private static double sigma(INDArray weight, float[] u) {
    double[] product = new double[u.length];
    double[] squares = new double[1];
    // A part of the array can end within a row.
    FloatBuffer row = FloatBuffer.allocate(u.length);
    ArrayParts.read(
        weight,
        part -> {
          while (part.hasRemaining()) {
            row.put(part.get());
            if (!row.hasRemaining()) {
              squares[0] += addProduct(row.clear().array(), u, product);
            }
          }
        });
    double sum = 0;
    for (double value : product) {
      sum += value * value;
    }
    return Math.sqrt(sum / squares[0]);
  }

  /** Adds a row's part of {@code Wv}, and returns the square of its element of {@code v}. */
  private static double addProduct(float[] row, float[] u, double[] product) {
    double v = 0;
    for (int j = 0; j < u.length; j++) {
      v += (double) row[j] * u[j];
    }
    for (int j = 0; j < u.length; j++) {
      product[j] += v * row[j];
    }
    return v * v;
  }
}
