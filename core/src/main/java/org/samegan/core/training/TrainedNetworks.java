package org.samegan.core.training;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.backend.Backend;
import org.samegan.core.execution.Resource;
import org.samegan.core.execution.Tensor;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.GanNetwork;
import org.samegan.core.objective.Constraint;
import org.samegan.core.optimizer.MovingAverage;

/**
 * The networks of a GAN while they are trained: all that its run has learnt.
 *
 * @param discriminator with recognition's variables behind its own, if there is recognition
 */
record TrainedNetworks(TrainedNetwork generator, TrainedNetwork discriminator) implements Resource {
  /** With initial values drawn from the seed. */
  static TrainedNetworks of(Gan gan, Backend generating, Backend discriminating, long seed) {
    return new TrainedNetworks(
        new TrainedNetwork(
            generating,
            GanNetwork.GENERATOR.label(),
            gan.generatorVariables(),
            gan.recipe().generatorOptimizer(),
            new Constraint.None(),
            gan.recipe().generatorAverage(),
            seed),
        new TrainedNetwork(
            discriminating,
            GanNetwork.DISCRIMINATOR.label(),
            gan.discriminatorVariables(),
            gan.recipe().discriminatorOptimizer(),
            gan.recipe().constraint(),
            MovingAverage.NONE,
            seed));
  }

  /**
   * Takes over a state's arrays, as {@link Trainer#restore} does.
   *
   * @param besides what else the trainer has in its state, by path
   */
  void restore(TrainingState state, Map<String, Tensor> besides) {
    Map<String, Tensor> own = new LinkedHashMap<>(generator.tensors());
    own.putAll(discriminator.tensors());
    own.putAll(besides);
    state.requireArrays(own);
    own.forEach((path, tensor) -> tensor.assign(state.arrays().get(path)));
  }

  /** Gives variables their first values, as {@link Trainer#startFrom} does. */
  void startFrom(Map<String, INDArray> weights) {
    Map<String, TrainedNetwork> owners = new LinkedHashMap<>();
    for (TrainedNetwork network : List.of(generator, discriminator)) {
      network.variables().keySet().forEach(path -> owners.put(path, network));
    }
    weights.forEach(
        (path, values) -> {
          TrainedNetwork owner = owners.get(path);
          if (owner == null) {
            throw new IllegalArgumentException(
                String.format(
                    Locale.ROOT,
                    "the weights are of another model: there is no variable '%s'; there are %s",
                    path,
                    owners.keySet()));
          }
          TrainingState.requireShape("weights are", path, owner.variables().get(path), values);
        });
    weights.forEach((path, values) -> owners.get(path).start(path, values));
  }

  /** The values of what a checkpoint keeps, by path; on the CPU they are the networks' memory. */
  Map<String, INDArray> arrays() {
    Map<String, INDArray> arrays = new LinkedHashMap<>(generator.arrays());
    arrays.putAll(discriminator.arrays());
    return arrays;
  }

  @Override
  public void close() {
    discriminator.close();
    generator.close();
  }
}
