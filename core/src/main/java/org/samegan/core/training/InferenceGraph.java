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

  /** Emits the generator, from {@value #LATENT} to {@value #IMAGE}. */
  public static InferenceGraph emitGenerator(Gan gan, Map<String, INDArray> arrays) {
    return emit(StepGraph.GENERATOR, gan.generator(), LATENT, IMAGE, arrays);
  }

  /** Emits the discriminator, from {@value #IMAGE} to {@value #LOGITS}. */
  public static InferenceGraph emitDiscriminator(Gan gan, Map<String, INDArray> arrays) {
    return emit(StepGraph.DISCRIMINATOR, gan.discriminator(), IMAGE, LOGITS, arrays);
  }

  private static InferenceGraph emit(
      String name, Network network, String input, String output, Map<String, INDArray> arrays) {
    SameDiff graph = SameDiff.create();
    SDVariable x = graph.placeHolder(input, DataType.FLOAT, network.input().batch(-1));
    NetworkEmission.forInference(graph, name, network, arrays).emit(name, x).rename(output);
    return new InferenceGraph(graph, input, output);
  }
}
