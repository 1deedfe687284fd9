package org.samegan.core.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.BothExecutors;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.GanNetwork;
import org.samegan.core.gan.Latent;
import org.samegan.core.gan.Latents;
import org.samegan.core.random.RandomStream;
import org.samegan.core.training.TinyGan;

class CompiledGeneratorTest {
  private final Gan gan = TinyGan.gan();
  private final InferenceGraph graph =
      InferenceGraph.emit(gan, GanNetwork.GENERATOR, TinyGan.initialArrays(gan));

  @Test
  void theFirstImagesAreTheSameHoweverManyAreAskedFor() {
    try (TrainedGenerator sampler =
        new CompiledGenerator(graph.graph(), gan.latent(), gan.exampleShape(), gan.pixelRange())) {
      float[] many = sampler.sample(0, 130, 5);

      assertThat(many).hasSize(130 * 64);
      assertThat(sampler.sample(0, 3, 5)).isEqualTo(Arrays.copyOf(many, 3 * 64));
      assertThat(sampler.sample(0, 64, 5)).isEqualTo(Arrays.copyOf(many, 64 * 64));
      assertThat(sampler.sample(0, 3, 6)).isNotEqualTo(Arrays.copyOf(many, 3 * 64));
      assertThat(Arrays.copyOfRange(many, 64 * 64, 65 * 64))
          .as("the second batch's latents are others")
          .isNotEqualTo(Arrays.copyOf(many, 64));
    }
  }

  @Test
  void aClosedGraphGivesItsWeightsBackAndNobodyElses() {
    Map<String, INDArray> weights = InferenceGraph.weights(graph.graph());
    InferenceGraph other = InferenceGraph.emit(gan, GanNetwork.GENERATOR, weights);
    Map<String, INDArray> copies = InferenceGraph.weights(other.graph());
    try (other) {
      assertThat(copies.keySet()).isEqualTo(weights.keySet());
      assertThat(copies.values()).noneMatch(INDArray::wasClosed);
    }
    assertThat(copies.values()).allMatch(INDArray::wasClosed);
    assertThat(weights.values()).noneMatch(INDArray::wasClosed);
  }

  @Test
  void refusesCountsThatFitIntoNoArray() {
    int most = Integer.MAX_VALUE / gan.exampleShape().elements();
    try (TrainedGenerator sampler =
        new CompiledGenerator(graph.graph(), gan.latent(), gan.exampleShape(), gan.pixelRange())) {
      for (int count : new int[] {-1, most + 1}) {
        assertThatThrownBy(() -> sampler.sample(0, count, 5))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage(
                "from 0 to %d examples of %s fit into one call, found %d",
                most, gan.exampleShape(), count);
      }
      assertThat(sampler.sample(0, 0, 5)).isEmpty();
    }
    assertThatThrownBy(() -> Latents.drawn(gan.latent(), 5).first(Integer.MAX_VALUE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "from 0 to %d latents of %d values fit into one call, found %d",
            Integer.MAX_VALUE / TinyGan.LATENT, TinyGan.LATENT, Integer.MAX_VALUE);
  }

  @Test
  void imagesAreTheGraphsAtTheSeedsLatents() {
    FloatBuffer latents = FloatBuffer.allocate(2 * TinyGan.LATENT);
    for (int i = 0; i < 2; i++) {
      latents.limit((i + 1) * TinyGan.LATENT);
      ((Latent.Noise) gan.latent().parts().get(0))
          .distribution()
          .fill(RandomStream.of(5, "sample/latent", i), latents);
    }
    assertThat(Latents.drawn(gan.latent(), 5).first(2)).isEqualTo(latents.array());
    INDArray input = Nd4j.createFromArray(latents.array()).reshape(2, TinyGan.LATENT);
    INDArray expected =
        BothExecutors.session(
                graph.graph(), Map.of(GanNetwork.LATENT, input), List.of(GanNetwork.IMAGE))
            .get(GanNetwork.IMAGE);

    try (TrainedGenerator sampler =
        new CompiledGenerator(graph.graph(), gan.latent(), gan.exampleShape(), gan.pixelRange())) {
      float[] images = sampler.sample(0, 2, 5);

      BothExecutors.assertClose(
          "images", Nd4j.createFromArray(images).reshape(2, 8, 8, 1), expected, 1e-5);
    }
  }
}
