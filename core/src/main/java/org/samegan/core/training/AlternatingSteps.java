package org.samegan.core.training;

import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.samegan.core.backend.Backend;
import org.samegan.core.execution.Resource;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.GanNetwork;

/** Both networks, and a step of each that moves it. */
record AlternatingSteps(
    TrainedNetworks networks, CompiledStep discriminator, CompiledStep generator)
    implements Resource {
  /** With initial weights drawn from the seed. */
  static AlternatingSteps of(Gan gan, Sharding sharding, long seed, Backend backend) {
    int examples = sharding.microBatch();
    // First, since a GAN that can't be emitted is refused: nothing is left to close then.
    StepGraph discriminators = StepGraph.emitDiscriminatorStep(gan, examples, DataType.FLOAT);
    StepGraph generators = StepGraph.emitGeneratorStep(gan, examples, DataType.FLOAT);
    Backend generating = backend.forPart(GanNetwork.GENERATOR.label());
    Backend discriminating = backend.forPart(GanNetwork.DISCRIMINATOR.label());
    TrainedNetworks networks = TrainedNetworks.of(gan, generating, discriminating, seed);
    TrainedNetwork discriminator = networks.discriminator();
    TrainedNetwork generator = networks.generator();
    return new AlternatingSteps(
        networks,
        new CompiledStep(discriminating, discriminators, sharding, seed, discriminator, generator),
        new CompiledStep(generating, generators, sharding, seed, generator, discriminator));
  }

  /**
   * What the last step of each has seen, and how it has moved.
   *
   * @param step how many generator steps there had been
   */
  Map<String, Number> numbers(long step, double discriminatorNorm, double generatorNorm) {
    Map<String, Number> numbers = new LinkedHashMap<>();
    // Both losses first: they are what people look for.
    numbers.put(StepReport.DISCRIMINATOR_LOSS, discriminator.loss());
    numbers.put(StepReport.GENERATOR_LOSS, generator.loss());
    numbers.putAll(discriminator.numbers());
    numbers.putAll(generator.numbers());
    numbers.put(StepReport.DISCRIMINATOR_GRADIENT_NORM, discriminatorNorm);
    numbers.put(StepReport.GENERATOR_GRADIENT_NORM, generatorNorm);
    numbers.put(
        StepReport.DISCRIMINATOR_LEARNING_RATE, networks.discriminator().learningRate(step));
    numbers.put(StepReport.GENERATOR_LEARNING_RATE, networks.generator().learningRate(step));
    return numbers;
  }

  @Override
  public void close() {
    discriminator.close();
    generator.close();
    networks.close();
  }
}
