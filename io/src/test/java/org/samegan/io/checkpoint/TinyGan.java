package org.samegan.io.checkpoint;

import java.nio.FloatBuffer;
import org.samegan.core.Shape;
import org.samegan.core.data.Dataset;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.Latent;
import org.samegan.core.layer.Activation;
import org.samegan.core.layer.BatchNorm;
import org.samegan.core.layer.Conv2d;
import org.samegan.core.layer.ConvTranspose2d;
import org.samegan.core.layer.Dense;
import org.samegan.core.layer.Dropout;
import org.samegan.core.layer.Network;
import org.samegan.core.layer.Padding;
import org.samegan.core.layer.Reshape;
import org.samegan.core.random.Distribution;
import org.samegan.core.random.RandomStream;

/** A GAN of 8x8 images with every kind of state: convolutions, batch statistics, dropout, Adam. */
public final class TinyGan {
  private TinyGan() {}

  /** The model. */
  public static Gan gan() {
    return gan(4);
  }

  /** A model of another width. */
  public static Gan gan(int width) {
    Network generator =
        Network.of(
            Shape.of(6),
            new Dense(4 * 4 * width),
            new BatchNorm(),
            new Activation.Relu(),
            Reshape.to(4, 4, width),
            new ConvTranspose2d(1, 4, 2, Padding.of(1)),
            new Activation.Tanh());
    Network discriminator =
        Network.of(
            Shape.of(8, 8, 1),
            new Conv2d(width, 4, 2, Padding.of(1)),
            new BatchNorm(),
            new Activation.LeakyRelu(0.2),
            new Dropout(0.9),
            Reshape.to(4 * 4 * width),
            new Dense(1));
    return Gan.of(Latent.normal(6), generator, discriminator);
  }

  /** 50 images of noise. */
  public static Dataset data() {
    return new Dataset() {
      @Override
      public int size() {
        return 50;
      }

      @Override
      public Shape exampleShape() {
        return Shape.of(8, 8, 1);
      }

      @Override
      public void copyTo(int index, FloatBuffer destination) {
        RandomStream stream = RandomStream.of(1, "data", index);
        Distribution pixels = new Distribution.Uniform(-1, 1);
        for (int i = 0; i < 64; i++) {
          destination.put(pixels.sample(stream));
        }
      }
    };
  }
}
