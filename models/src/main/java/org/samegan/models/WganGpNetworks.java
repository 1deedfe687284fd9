package org.samegan.models;

import java.util.ArrayList;
import java.util.List;
import org.samegan.core.Shape;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.data.PixelRange;
import org.samegan.core.layer.Activation;
import org.samegan.core.layer.BatchNorm;
import org.samegan.core.layer.Conv2d;
import org.samegan.core.layer.ConvTranspose2d;
import org.samegan.core.layer.Crop;
import org.samegan.core.layer.Dense;
import org.samegan.core.layer.Initializer;
import org.samegan.core.layer.Layer;
import org.samegan.core.layer.LayerNorm;
import org.samegan.core.layer.Network;
import org.samegan.core.layer.Padding;
import org.samegan.core.layer.Reshape;

/**
 * The strided networks of the code of "Improved Training of Wasserstein GANs" (Gulrajani et al.
 * 2017, arXiv:1704.00028), each size from its script. All have 5x5 kernels with stride 2 and
 * TensorFlow's SAME padding, a bias in every layer, ReLU in the generator and leaky ReLU of slope
 * 0.2 in the critic. From 4x4 with {@code width * size / 8} channels each stage of the generator
 * doubles the size and halves the channels; the critic does the reverse.
 *
 * <table>
 * <caption>What differs</caption>
 * <tr><th>pixels</th><th>script</th><th>generator's norm</th><th>output</th><th>critic's norm</th>
 *     <th>weights</th></tr>
 * <tr><td>28</td><td>{@code gan_mnist.py}</td><td>none</td><td>sigmoid</td><td>none</td>
 *     <td>from the fans</td></tr>
 * <tr><td>32</td><td>{@code gan_cifar.py}</td><td>batch</td><td>tanh</td><td>none</td>
 *     <td>from the fans</td></tr>
 * <tr><td>64, 128</td><td>{@code gan_64x64.py}</td><td>batch</td><td>tanh</td>
 *     <td>layer, but in the first stage</td><td>deviation 0.02</td></tr>
 * </table>
 *
 * <p>28 pixels are 32 cropped to 7x7 after the first stage. 128 pixels are 64 with one stage more:
 * a first layer twice as wide, one more transposed convolution, normalised and rectified, before
 * the last, and one more normalised stage in the critic. At 28 and 32 pixels the generator's first
 * normalisation is of the dense layer's single values, above of its channels.
 */
final class WganGpNetworks {
  private static final int KERNEL = 5;
  private static final int STRIDE = 2;
  private static final int BASE = 4;

  private final ExampleForm images;
  private final int width;

  /**
   * Those of a size.
   *
   * @param width the channels of the layers next to the image
   */
  WganGpNetworks(ExampleForm images, int width) {
    this.images = images;
    this.width = width;
  }

  /** Whether the generator of a size is normalised unless told otherwise. */
  boolean normalisesGenerator() {
    return images.size() > 28;
  }

  /** What the generator's last layer gives. */
  PixelRange pixelRange() {
    return images.size() == 28 ? PixelRange.UNIT : PixelRange.SIGNED_UNIT;
  }

  Network generator(int latent, boolean normalised) {
    int full = images.size() == 28 ? 32 : images.size();
    int channels = width * full / 8;
    List<Layer> layers = new ArrayList<>();
    layers.add(dense(BASE * BASE * channels));
    if (normalised && !isLarge()) {
      layers.add(new BatchNorm());
    }
    layers.add(Reshape.to(BASE, BASE, channels));
    for (int size = BASE; size < full; size *= 2) {
      if (normalised && (isLarge() || size > BASE)) {
        layers.add(new BatchNorm());
      }
      layers.add(new Activation.Relu());
      int out = size * 2 == full ? images.channels() : channels / 2;
      layers.add(up(channels, out));
      channels = out;
      if (size == BASE && images.size() == 28) {
        layers.add(new Crop(7, 7));
      }
    }
    boolean signed = pixelRange() == PixelRange.SIGNED_UNIT;
    layers.add(signed ? new Activation.Tanh() : new Activation.Sigmoid());
    return new Network(Shape.of(latent), layers);
  }

  Network critic() {
    List<Layer> layers = new ArrayList<>();
    int in = images.channels();
    int out = width;
    for (int size = images.size(); size > BASE; size = (size + 1) / 2) {
      layers.add(down(in, out));
      if (isLarge() && size < images.size()) {
        layers.add(new LayerNorm());
      }
      layers.add(new Activation.LeakyRelu(0.2));
      in = out;
      out *= 2;
    }
    layers.add(Reshape.to(BASE * BASE * in));
    layers.add(dense(1));
    return new Network(images.shape(), layers);
  }

  /** Whether these are those of {@code gan_64x64.py}. */
  private boolean isLarge() {
    return images.size() >= 64;
  }

  private Dense dense(int units) {
    Initializer weights = isLarge() ? GulrajaniWeights.DCGAN : new Initializer.GlorotUniform();
    return new Dense(units).withInitializer(weights);
  }

  private Conv2d down(int in, int out) {
    return new Conv2d(out, KERNEL, STRIDE, Padding.SAME)
        .withInitializer(
            isLarge() ? GulrajaniWeights.DCGAN : GulrajaniWeights.conv(KERNEL, STRIDE, in, out));
  }

  private ConvTranspose2d up(int in, int out) {
    return new ConvTranspose2d(out, KERNEL, STRIDE, Padding.SAME)
        .withInitializer(
            isLarge()
                ? GulrajaniWeights.DCGAN
                : GulrajaniWeights.convTranspose(KERNEL, STRIDE, in, out));
  }
}
