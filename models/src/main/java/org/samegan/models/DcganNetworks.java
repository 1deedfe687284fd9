package org.samegan.models;

import java.util.ArrayList;
import java.util.List;
import org.samegan.core.Shape;
import org.samegan.core.data.ExampleForm;
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
import org.samegan.core.setting.Setting;

/**
 * DCGAN's networks, which other variants train with recipes of their own: weights N(0, 0.02²),
 * gains N(1, 0.02²). A discriminator that is penalised or constrained has no batch normalisation.
 */
final class DcganNetworks {
  static final List<Integer> SIZES = List.of(28, 32, 64, 128);
  static final Setting.Whole LATENT =
      new Setting.Whole("latent", 100, 1, Integer.MAX_VALUE, "length of the latent vector");
  static final Setting.Whole WIDTH =
      new Setting.Whole(
          "width", 64, 1, 4096, "channels of the layer next to the image; doubled inwards");

  static final List<Setting<?>> SETTINGS = List.of(LATENT, WIDTH);
  static final Initializer WEIGHTS = new Initializer.Normal(0, 0.02);
  private static final Initializer GAINS = new Initializer.Normal(1, 0.02);

  private DcganNetworks() {}

  static Network generator(int latent, int width, ExampleForm images) {
    return images.size() == 28
        ? generator28(latent, width, images)
        : doublingGenerator(latent, width, images);
  }

  static Network discriminator(int width, ExampleForm images, boolean normalised) {
    return images.size() == 28
        ? discriminator28(width, images, normalised)
        : doubledDiscriminator(width, images, normalised);
  }

  private static Network generator28(int latent, int width, ExampleForm images) {
    return Network.of(
        Shape.of(latent),
        new Dense(7 * 7 * 2 * width).withInitializer(WEIGHTS),
        norm(),
        new Activation.Relu(),
        Reshape.to(7, 7, 2 * width),
        up(width),
        norm(),
        new Activation.Relu(),
        up(images.channels()),
        new Activation.Tanh());
  }

  private static Network discriminator28(int width, ExampleForm images, boolean normalised) {
    List<Layer> layers = new ArrayList<>(List.of(down(width), leaky(), down(2 * width)));
    if (normalised) {
      layers.add(norm());
    }
    layers.add(leaky());
    layers.add(Reshape.to(7 * 7 * 2 * width));
    layers.add(new Dense(1).withInitializer(WEIGHTS));
    return new Network(images.shape(), layers);
  }

  /** 4x4 from the latent, then doubled to the image's size, with half the channels each time. */
  private static Network doublingGenerator(int latent, int width, ExampleForm images) {
    int channels = width * images.size() / 8;
    List<Layer> layers = new ArrayList<>();
    layers.add(Reshape.to(1, 1, latent));
    layers.add(transposed(channels, 1, 0));
    for (int size = 4; size < images.size(); size *= 2) {
      layers.add(norm());
      layers.add(new Activation.Relu());
      channels /= 2;
      layers.add(up(size * 2 == images.size() ? images.channels() : channels));
    }
    layers.add(new Activation.Tanh());
    return new Network(Shape.of(latent), layers);
  }

  /** The generator's mirror image: halved to 4x4, with twice the channels each time. */
  private static Network doubledDiscriminator(int width, ExampleForm images, boolean normalised) {
    List<Layer> layers = new ArrayList<>();
    int channels = width;
    for (int size = images.size(); size > 4; size /= 2) {
      layers.add(down(channels));
      if (normalised && size != images.size()) {
        layers.add(norm());
      }
      layers.add(leaky());
      channels *= 2;
    }
    layers.add(new Conv2d(1, 4, 1, Padding.of(0)).withoutBias().withInitializer(WEIGHTS));
    layers.add(Reshape.to(1));
    return new Network(images.shape(), layers);
  }

  private static BatchNorm norm() {
    return new BatchNorm().withGain(GAINS);
  }

  private static Activation leaky() {
    return new Activation.LeakyRelu(0.2);
  }

  private static Conv2d down(int channels) {
    return new Conv2d(channels, 4, 2, Padding.of(1)).withoutBias().withInitializer(WEIGHTS);
  }

  private static ConvTranspose2d up(int channels) {
    return transposed(channels, 2, 1);
  }

  private static ConvTranspose2d transposed(int channels, int stride, int padding) {
    return new ConvTranspose2d(channels, 4, stride, Padding.of(padding))
        .withoutBias()
        .withInitializer(WEIGHTS);
  }
}
