package org.samegan.core.layer;

import org.samegan.core.Draws;
import org.samegan.core.Shape;
import org.samegan.core.layer.NaiveImages.Extent;

/** Small layers with spectral normalisation, and their variables. */
final class NormalisedLayers {
  static final String PATH = "0_spectral_norm/";
  static final String WEIGHT = PATH + "weight";
  static final String BIAS = PATH + "bias";
  static final String U = PATH + "left_singular_vector";

  /** Of 3 units, for vectors of 4. */
  static final Layer DENSE = new SpectralNorm(new Dense(3));

  /** Of 3 channels, for {@link #IMAGE}. */
  static final Layer CONVOLUTION = new SpectralNorm(new Conv2d(3, 2, 2, Padding.of(1)));

  static final Shape IMAGE = Shape.of(4, 4, 2);

  private NormalisedLayers() {}

  /** With weights of both signs. */
  static Emission emission(int batch, Shape input, Layer layer) {
    Emission emission = new Emission(batch, input, layer);
    emission.set(WEIGHT, Draws.uniform(5, emission.variable(WEIGHT).length, -1, 1));
    return emission;
  }

  /** Has the vector make so many steps of power iteration, as training does. */
  static void iterate(Emission emission, int steps) {
    for (int i = 0; i < steps; i++) {
      emission.set(U, emission.statistics().get(U));
    }
  }

  /** What the convolution gives for two images, without bias. */
  static double[] convolve(double[] x, double[] weight) {
    return NaiveImages.convolve(x, new Extent(2, 4, 2), weight, new Extent(2, 3, 3), 2, 2, 1);
  }
}
