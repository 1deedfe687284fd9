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
import org.samegan.core.layer.Dense;
import org.samegan.core.layer.Initializer;
import org.samegan.core.layer.Layer;
import org.samegan.core.layer.Network;
import org.samegan.core.layer.Padding;
import org.samegan.core.layer.Reshape;

/**
 * InfoGAN's networks (Chen et al. 2016, arXiv:1606.03657, appendix C), weights N(0, 0.02²) as in
 * the authors' code, and the settings that its variants share. At 28 pixels they are those for
 * MNIST (table 1), with pixels in [0, 1]; at 32 those for SVHN (table 2), with pixels in [-1, 1],
 * but for batch normalisation, which every layer inside has, as DCGAN's do. Of larger images the
 * discriminator halves as often as it takes to 4x4, with twice the channels each time, and the
 * generator is its mirror image.
 *
 * @param width channels of the layer next to the image; all others keep their proportion to it
 */
record InfoGanNetworks(int width) {
  static final List<Integer> SIZES = List.of(28, 32, 64, 128);

  /** The paper's. */
  static final InfoGanNetworks OF_PAPER = new InfoGanNetworks(64);

  private static final Initializer WEIGHTS = new Initializer.Normal(0, 0.02);

  Network generator(int latent, ExampleForm images) {
    return images.size() == 28
        ? generator28(latent, images.channels())
        : doublingGenerator(latent, images);
  }

  /** All layers but the last are the trunk that recognition shares. */
  Network discriminator(ExampleForm images, Activation leaky) {
    return images.size() == 28
        ? discriminator28(images.shape(), leaky)
        : halvingDiscriminator(images, leaky);
  }

  /** What reads codes and label back on the trunk. */
  Network recognition(Network discriminator, int outputs, Activation leaky) {
    return Network.of(
        discriminator.outputShapes().get(discriminator.layers().size() - 2),
        new Dense(2 * width).withInitializer(WEIGHTS),
        new BatchNorm(),
        leaky,
        new Dense(outputs).withInitializer(WEIGHTS));
  }

  static PixelRange pixelRange(ExampleForm images) {
    return images.size() == 28 ? PixelRange.UNIT : PixelRange.SIGNED_UNIT;
  }

  private Network generator28(int latent, int channels) {
    return Network.of(
        Shape.of(latent),
        new Dense(16 * width).withInitializer(WEIGHTS),
        new BatchNorm(),
        new Activation.Relu(),
        new Dense(7 * 7 * 2 * width).withInitializer(WEIGHTS),
        new BatchNorm(),
        new Activation.Relu(),
        Reshape.to(7, 7, 2 * width),
        up(width),
        new BatchNorm(),
        new Activation.Relu(),
        up(channels),
        new Activation.Sigmoid());
  }

  private Network discriminator28(Shape image, Activation leaky) {
    return Network.of(
        image,
        down(width),
        leaky,
        down(2 * width),
        new BatchNorm(),
        leaky,
        Reshape.to(7 * 7 * 2 * width),
        new Dense(16 * width).withInitializer(WEIGHTS),
        new BatchNorm(),
        leaky,
        new Dense(1).withInitializer(WEIGHTS));
  }

  /** 2x2 from the latent, with 7/4 of the channels of 4x4, which are halved with each doubling. */
  private Network doublingGenerator(int latent, ExampleForm images) {
    int channels = width * images.size() / 8;
    List<Layer> layers = new ArrayList<>();
    layers.add(new Dense(2 * 2 * channels * 7 / 4).withInitializer(WEIGHTS));
    layers.add(new BatchNorm());
    layers.add(new Activation.Relu());
    layers.add(Reshape.to(2, 2, channels * 7 / 4));
    for (int size = 4; size < images.size(); size *= 2) {
      layers.add(up(channels));
      layers.add(new BatchNorm());
      layers.add(new Activation.Relu());
      channels /= 2;
    }
    layers.add(up(images.channels()));
    layers.add(new Activation.Tanh());
    return new Network(Shape.of(latent), layers);
  }

  private Network halvingDiscriminator(ExampleForm images, Activation leaky) {
    List<Layer> layers = new ArrayList<>();
    int channels = width;
    int size = images.size();
    while (size > 4) {
      layers.add(down(channels));
      if (size != images.size()) {
        layers.add(new BatchNorm());
      }
      layers.add(leaky);
      size /= 2;
      channels *= 2;
    }
    layers.add(Reshape.to(4 * 4 * channels / 2));
    layers.add(new Dense(1).withInitializer(WEIGHTS));
    return new Network(images.shape(), layers);
  }

  private static Conv2d down(int channels) {
    return new Conv2d(channels, 4, 2, Padding.of(1)).withInitializer(WEIGHTS);
  }

  private static ConvTranspose2d up(int channels) {
    return new ConvTranspose2d(channels, 4, 2, Padding.of(1)).withInitializer(WEIGHTS);
  }
}
