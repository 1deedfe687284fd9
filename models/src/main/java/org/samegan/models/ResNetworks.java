package org.samegan.models;

import java.util.ArrayList;
import java.util.List;
import org.samegan.core.Shape;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.layer.Activation;
import org.samegan.core.layer.AveragePool;
import org.samegan.core.layer.BatchNorm;
import org.samegan.core.layer.Conv2d;
import org.samegan.core.layer.Dense;
import org.samegan.core.layer.Initializer;
import org.samegan.core.layer.Layer;
import org.samegan.core.layer.LayerNorm;
import org.samegan.core.layer.Network;
import org.samegan.core.layer.Padding;
import org.samegan.core.layer.Reshape;
import org.samegan.core.layer.Residual;
import org.samegan.core.layer.Upsample;

/**
 * The residual networks of the code of "Improved Training of Wasserstein GANs" for 64 pixels
 * (Gulrajani et al. 2017, arXiv:1704.00028): blocks of two 3x3 convolutions before each of which
 * the values are normalised and rectified, with a 1x1 convolution as the shortcut. The generator
 * has batch normalisation, the critic layer normalisation. (The networks of the paper's appendix F,
 * for CIFAR-10, have the same number of channels in all blocks and no normalisation in the critic.)
 * Initial weights are theirs as well: convolutions of the blocks and the generator's last as {@link
 * GulrajaniWeights} has it, Glorot's uniform for the shortcuts, the critic's first convolution and
 * the dense layers.
 *
 * <p>From 4x4 (7x7 for 28 pixels) each block doubles the size. Channels double from the image
 * inwards, to at most eight times the width; only the first layer of five blocks is twice as wide
 * as that. So with a width of 64 the generator of 128 pixels has 1024 channels at 4x4 and then 512,
 * 512, 256, 128 and 64, and the critic has the same in turn, from 64 to 1024.
 */
final class ResNetworks {
  private ResNetworks() {}

  static Network generator(int latent, int width, ExampleForm images) {
    List<Integer> channels = channels(width, images);
    int base = base(images);
    List<Layer> layers = new ArrayList<>();
    layers.add(new Dense(base * base * channels.get(0)));
    layers.add(Reshape.to(base, base, channels.get(0)));
    for (int i = 1; i < channels.size(); i++) {
      layers.add(up(channels.get(i - 1), channels.get(i)));
    }
    layers.add(new BatchNorm());
    layers.add(new Activation.Relu());
    layers.add(conv(width, images.channels()));
    layers.add(new Activation.Tanh());
    return new Network(Shape.of(latent), layers);
  }

  static Network critic(int width, ExampleForm images) {
    List<Integer> channels = channels(width, images);
    int base = base(images);
    List<Layer> layers = new ArrayList<>();
    layers.add(plain(3, width));
    for (int i = channels.size() - 2; i >= 0; i--) {
      layers.add(down(channels.get(i + 1), channels.get(i)));
    }
    layers.add(Reshape.to(base * base * channels.get(0)));
    layers.add(new Dense(1));
    return new Network(images.shape(), layers);
  }

  private static int base(ExampleForm images) {
    return images.size() == 28 ? 7 : 4;
  }

  /** What the generator's blocks are given and give, the innermost first. */
  private static List<Integer> channels(int width, ExampleForm images) {
    int blocks = Integer.numberOfTrailingZeros(images.size() / base(images));
    List<Integer> channels = new ArrayList<>();
    channels.add(width << (blocks - 1));
    for (int i = blocks - 1; i >= 0; i--) {
      channels.add(width << Math.min(3, i));
    }
    return channels;
  }

  private static Layer up(int in, int out) {
    return new Residual(
        List.of(
            new BatchNorm(),
            new Activation.Relu(),
            new Upsample(2),
            conv(in, out).withoutBias(),
            new BatchNorm(),
            new Activation.Relu(),
            conv(out, out)),
        List.of(new Upsample(2), plain(1, out)));
  }

  private static Layer down(int in, int out) {
    return new Residual(
        List.of(
            new LayerNorm(),
            new Activation.Relu(),
            conv(in, in).withoutBias(),
            new LayerNorm(),
            new Activation.Relu(),
            conv(in, out),
            new AveragePool(2)),
        List.of(new AveragePool(2), plain(1, out)));
  }

  private static Conv2d conv(int in, int out) {
    return new Conv2d(out, 3, 1, Padding.of(1))
        .withInitializer(GulrajaniWeights.conv(3, 1, in, out));
  }

  /** With the weights that the authors' code has where {@code he_init} is false. */
  private static Conv2d plain(int kernel, int out) {
    return new Conv2d(out, kernel, 1, Padding.of(kernel / 2))
        .withInitializer(new Initializer.GlorotUniform());
  }
}
