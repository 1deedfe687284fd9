package org.samegan.core.training;

import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.BothExecutors;
import org.samegan.core.Shape;
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
import org.samegan.core.optimizer.Adam;

/** A convolutional GAN of 8x8 images with everything that a step can have, and its values. */
public final class TinyGan {
  public static final int LATENT = 5;
  public static final Adam ADAM = new Adam(1e-3, 0.5, 0.999);

  private TinyGan() {}

  public static Gan gan() {
    Network generator =
        Network.of(
            Shape.of(LATENT),
            new Dense(4 * 4 * 3),
            new BatchNorm(),
            new Activation.Relu(),
            Reshape.to(4, 4, 3),
            new ConvTranspose2d(1, 4, 2, Padding.of(1)).withoutBias(),
            new Activation.Tanh());
    Network discriminator =
        Network.of(
            Shape.of(8, 8, 1),
            new Conv2d(4, 4, 2, Padding.of(1)).withoutBias(),
            new Activation.LeakyRelu(0.2),
            new Dropout(0.7),
            new Conv2d(6, 3, 2, Padding.of(1)).withoutBias(),
            new BatchNorm(),
            new Activation.LeakyRelu(0.2),
            Reshape.to(24),
            new Dense(1));
    Gan gan = Gan.of(Latent.normal(LATENT), generator, discriminator);
    return gan.withRecipe(gan.recipe().withOptimizers(ADAM, ADAM));
  }

  public static Gan withDiscriminatorSteps(int steps) {
    return gan().withRecipe(gan().recipe().withDiscriminatorSteps(steps));
  }

  /** Copies of the arrays' values by path. */
  public static Map<String, double[]> values(Map<String, INDArray> arrays) {
    Map<String, double[]> values = new LinkedHashMap<>();
    arrays.forEach((path, array) -> values.put(path, BothExecutors.values(array)));
    return values;
  }

  /** A state that the trainer goes on without changing. */
  public static TrainingState copy(TrainingState state) {
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    state.arrays().forEach((path, array) -> arrays.put(path, array.dup('c')));
    return new TrainingState(state.progress(), arrays);
  }

  /** The values that a trainer starts from. */
  public static Map<String, INDArray> initialArrays(Gan gan) {
    try (Trainer trainer = new Trainer(gan, RecordingData.ofImages(4), 2, 1)) {
      return copy(trainer.state()).arrays();
    }
  }
}
