package org.samegan.core.training;

import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.Shape;
import org.samegan.core.data.Classes;
import org.samegan.core.data.Dataset;
import org.samegan.core.data.PixelRange;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.Latent;
import org.samegan.core.gan.Recipe;
import org.samegan.core.layer.Activation;
import org.samegan.core.layer.Dense;
import org.samegan.core.layer.Network;
import org.samegan.core.objective.Objective;
import org.samegan.core.optimizer.Sgd;
import org.samegan.core.random.Distribution;

/**
 * A conditional GAN of single numbers whose weights can be chosen so that the discriminator gives
 * |x - y|, the distance of an example x from the number y of its class, and the generator y + c.
 */
final class ConditionalGan {
  static final int CLASSES = 3;
  static final Latent.Label LABEL = new Latent.Label(CLASSES);
  // One value before the label, so that its place matters.
  static final Latent LATENT =
      new Latent(List.of(new Latent.Noise(1, Distribution.Normal.STANDARD))).with(LABEL);

  private ConditionalGan() {}

  static Gan gan(Objective objective) {
    Sgd frozen = new Sgd(1e-30, 0);
    return new Gan(
        "custom",
        LATENT,
        Network.of(Shape.of(1 + CLASSES), new Dense(1)),
        Network.of(Shape.of(1 + CLASSES), new Dense(2), new Activation.Relu(), new Dense(1)),
        null,
        Recipe.of(objective).withOptimizers(frozen, frozen),
        PixelRange.SIGNED_UNIT);
  }

  /** A state of these weights before the first step. */
  static TrainingState state(float c) {
    Map<String, float[][]> weights = new LinkedHashMap<>();
    weights.put("generator/0_dense/weight", new float[][] {{0}, {0}, {1}, {2}});
    weights.put("discriminator/0_dense/weight", new float[][] {{1, -1}, {0, 0}, {-1, 1}, {-2, 2}});
    weights.put("discriminator/2_dense/weight", new float[][] {{1}, {1}});
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    weights.forEach((path, values) -> arrays.put(path, Nd4j.createFromArray(values)));
    arrays.put("generator/0_dense/bias", Nd4j.createFromArray(c));
    arrays.put("discriminator/0_dense/bias", Nd4j.createFromArray(0f, 0f));
    arrays.put("discriminator/2_dense/bias", Nd4j.createFromArray(0f));
    arrays.put("generator/optimizer/velocity", Nd4j.zeros(5));
    arrays.put("discriminator/optimizer/velocity", Nd4j.zeros(13));
    return new TrainingState(Progress.START, arrays);
  }

  /**
   * Numbers that are their label.
   *
   * @param labels of the examples
   * @param classes as the data says
   */
  record Numbers(List<Integer> labels, Classes classes) implements Dataset {
    Numbers(List<Integer> labels, int classes) {
      this(labels, Classes.named(List.of("zero", "one", "two").subList(0, classes)));
    }

    @Override
    public int size() {
      return labels.size();
    }

    @Override
    public Shape exampleShape() {
      return Shape.of(1);
    }

    @Override
    public void copyTo(int index, FloatBuffer destination) {
      destination.put(labels.get(index));
    }

    @Override
    public int label(int index) {
      return labels.get(index);
    }
  }
}
