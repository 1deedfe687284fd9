package org.samegan.core.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.GanNetwork;
import org.samegan.core.gan.Latent;
import org.samegan.core.gan.Recipe;
import org.samegan.core.inference.CompiledGenerator;
import org.samegan.core.layer.Activation;
import org.samegan.core.layer.Dense;
import org.samegan.core.layer.Network;
import org.samegan.core.layer.Reshape;
import org.samegan.core.objective.Objective;

/** What is closed is given back then, and not when the garbage collector comes by. */
@EnabledOnOs(OS.LINUX)
class ClosedMemoryTest {
  /**
   * So many that a weight is above 32 MB: the C library gives memory of that size back to the
   * system at once, and keeps less.
   */
  private static final int UNITS = 3000;

  private static final int CYCLES = 3;
  private static final long WEIGHT = 4L * UNITS * UNITS;

  private final RecordingData data = RecordingData.ofImages(4);
  private final Gan gan = gan();

  private Gan gan() {
    int values = data.exampleShape().elements();
    Network generator =
        Network.of(
            TinyGan.gan().generator().input(),
            new Dense(UNITS),
            new Activation.Relu(),
            new Dense(UNITS),
            new Activation.Relu(),
            new Dense(values),
            new Activation.Tanh(),
            new Reshape(data.exampleShape()));
    Network discriminator =
        Network.of(
            data.exampleShape(),
            Reshape.to(values),
            new Dense(UNITS),
            new Activation.LeakyRelu(0.2),
            new Dense(UNITS),
            new Activation.LeakyRelu(0.2),
            new Dense(1));
    Latent latent = TinyGan.gan().latent();
    return Gan.of(latent, generator, discriminator)
        .withRecipe(Recipe.of(new Objective.NonSaturating()).withGeneratorAverage(0.9));
  }

  @Test
  void trainersThatAreClosedLeaveNothing() {
    // Parameters, gradients and two moments of each, and an average: nine times a network's.
    assertGivenBack(
        () -> {
          try (Trainer trainer = new Trainer(gan, data, 4, 1)) {
            trainer.step();
          }
        });
  }

  @Test
  void generatorsThatAreClosedLeaveNothing() {
    try (Trainer trainer = new Trainer(gan, data, 4, 1)) {
      assertGivenBack(
          () -> {
            try (CompiledGenerator generator =
                CompiledGenerator.of(gan, trainer.state().arrays())) {
              assertThat(generator.sample(0, 1, GanNetwork.values().length)).isNotEmpty();
            }
          });
    }
  }

  /** Each cycle makes at least one such weight, which leaves room for what is small. */
  private static void assertGivenBack(Runnable cycle) {
    cycle.run();
    long before = Pointer.physicalBytes();
    for (int i = 0; i < CYCLES; i++) {
      cycle.run();
    }
    assertThat(Pointer.physicalBytes() - before)
        .as("bytes that %d cycles leave resident", CYCLES)
        .isLessThan(2 * WEIGHT);
  }
}
