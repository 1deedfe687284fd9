package org.samegan.models;

import org.samegan.core.layer.Initializer;

/**
 * The initial weights of the code of "Improved Training of Wasserstein GANs" (Gulrajani et al.
 * 2017, arXiv:1704.00028; {@code tflib/ops} of github.com/igul222/improved_wgan_training): uniform
 * around 0, with a deviation that depends on both fans. Dense layers have {@code sqrt(2 / (fanIn +
 * fanOut))}, which is {@link Initializer.GlorotUniform}. Convolutions have twice that variance, and
 * their fans take the stride into account, as {@link Initializer.GlorotUniform} does not: of a
 * strided convolution an input adds to fewer outputs, of a transposed one an output has fewer
 * inputs.
 */
final class GulrajaniWeights {
  /** What {@code gan_64x64.py} sets for every weight of its DCGAN: deviation 0.02. */
  static final Initializer DCGAN = uniform(0.02);

  private GulrajaniWeights() {}

  /** Of a convolution. */
  static Initializer conv(int kernel, int stride, int in, int out) {
    double area = kernel * kernel;
    return rectified(area * in, area * out / (stride * stride));
  }

  /** Of a transposed convolution. */
  static Initializer convTranspose(int kernel, int stride, int in, int out) {
    double area = kernel * kernel;
    return rectified(area * in / (stride * stride), area * out);
  }

  /** The mean of what He et al. 2015 have for the outputs' and for the gradients' variance. */
  private static Initializer rectified(double fanIn, double fanOut) {
    return uniform(Math.sqrt(4 / (fanIn + fanOut)));
  }

  private static Initializer uniform(double deviation) {
    return new Initializer.Uniform(deviation * Math.sqrt(3));
  }
}
