package org.samegan.core.training;

import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.layer.Network;
import org.samegan.core.layer.NetworkEmission;

/**
 * A network as a plain SameDiff graph that any program with ND4J can load and run: weights inside,
 * batch statistics frozen, one placeholder of any batch size and one output.
 *
 * @param graph the graph
 * @param input the placeholder's name
 * @param output the output's name
 */
public record InferenceGraph(SameDiff graph, String input, String output) {
  /** The generator's placeholder, of shape (batch, latent). */
  public static final String LATENT = "latent";

  /**
   * The generator's output and the discriminator's placeholder, (batch, height, width, channels).
   */
  public static final String IMAGE = "image";

  /** The discriminator's output: one logit for each example. */
  public static final String LOGITS = "logits";

  /** The recognition network's output: what it reads of the codes. */
  public static final String CODES = "codes";

  /** Emits the generator, from {@value #LATENT} to {@value #IMAGE}. */
  public static InferenceGraph emitGenerator(Gan gan, Map<String, INDArray> arrays) {
    SameDiff graph = SameDiff.create();
    SDVariable latent =
        graph.placeHolder(LATENT, DataType.FLOAT, gan.generator().input().batch(-1));
    NetworkEmission.forInference(graph, Gan.GENERATOR, gan.generator(), arrays)
        .emit(Gan.GENERATOR, latent)
        .rename(IMAGE);
    return new InferenceGraph(graph, LATENT, IMAGE);
  }

  /** Emits the discriminator, from {@value #IMAGE} to {@value #LOGITS}. */
  public static InferenceGraph emitDiscriminator(Gan gan, Map<String, INDArray> arrays) {
    SameDiff graph = SameDiff.create();
    emitDiscriminator(graph, gan.discriminator(), arrays).rename(LOGITS);
    return new InferenceGraph(graph, IMAGE, LOGITS);
  }

  /**
   * Emits the recognition network on the layers that it shares with the discriminator, from {@value
   * #IMAGE} to {@value #CODES}: for each categorical code its logits, for each continuous one its
   * means and then, where they are learned, its log-variances.
   */
  public static InferenceGraph emitRecognition(Gan gan, Map<String, INDArray> arrays) {
    SameDiff graph = SameDiff.create();
    int shared = gan.recognition().sharedLayers();
    Network trunk =
        new Network(gan.discriminator().input(), gan.discriminator().layers().subList(0, shared));
    SDVariable features = emitDiscriminator(graph, trunk, arrays);
    NetworkEmission.forInference(graph, Gan.RECOGNITION, gan.recognition().network(), arrays)
        .emit(Gan.RECOGNITION, features)
        .rename(CODES);
    return new InferenceGraph(graph, IMAGE, CODES);
  }

  private static SDVariable emitDiscriminator(
      SameDiff graph, Network layers, Map<String, INDArray> arrays) {
    SDVariable image = graph.placeHolder(IMAGE, DataType.FLOAT, layers.input().batch(-1));
    return NetworkEmission.forInference(graph, Gan.DISCRIMINATOR, layers, arrays)
        .emit(Gan.DISCRIMINATOR, image);
  }
}
