package org.samegan.core.training;

import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.array.SingleThreadArrayHolder;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.inference.FrozenNetwork;
import org.samegan.core.layer.Network;
import org.samegan.core.layer.NetworkEmission;

/**
 * A network as a plain SameDiff graph that any program with ND4J can load and run: weights inside,
 * batch statistics frozen, placeholders of any batch size and one output.
 *
 * <p>The weights are the graph's own. They lie outside the heap, where the garbage collector does
 * not see how large they are: close the graph to give them back at once.
 *
 * @param graph the graph
 * @param inputs the placeholders' names: what the network works on, and for a conditional
 *     discriminator the labels after it
 * @param output the output's name
 */
public record InferenceGraph(SameDiff graph, List<String> inputs, String output)
    implements AutoCloseable {
  /** The generator's placeholder, of shape (batch, latent). */
  public static final String LATENT = "latent";

  /**
   * The generator's output and the discriminator's placeholder, (batch, height, width, channels).
   */
  public static final String IMAGE = "image";

  /** A conditional discriminator's second placeholder, (batch, classes): one-hot labels. */
  public static final String LABELS = StepGraph.LABELS;

  /** The discriminator's output: one logit for each example. */
  public static final String LOGITS = "logits";

  /** The recognition network's output: what it reads of the codes and the label. */
  public static final String CODES = "codes";

  /** Keeps the inputs' order. */
  public InferenceGraph {
    inputs = List.copyOf(inputs);
  }

  /** The first placeholder's name. */
  public String input() {
    return inputs.get(0);
  }

  /** Emits the generator, from {@value #LATENT} to {@value #IMAGE}. */
  public static InferenceGraph emitGenerator(Gan gan, Map<String, INDArray> arrays) {
    SameDiff graph = empty();
    SDVariable latent =
        graph.placeHolder(LATENT, DataType.FLOAT, gan.generator().input().batch(-1));
    NetworkEmission.forInference(graph, Gan.GENERATOR, gan.generator(), arrays)
        .emit(Gan.GENERATOR, latent)
        .rename(IMAGE);
    return new InferenceGraph(graph, List.of(LATENT), IMAGE);
  }

  /**
   * Emits the discriminator, from {@value #IMAGE}, and {@value #LABELS} if it is conditional, to
   * {@value #LOGITS}.
   */
  public static InferenceGraph emitDiscriminator(Gan gan, Map<String, INDArray> arrays) {
    SameDiff graph = empty();
    SDVariable examples = emitExamples(graph, gan);
    NetworkEmission.forInference(graph, Gan.DISCRIMINATOR, gan.discriminator(), arrays)
        .emit(Gan.DISCRIMINATOR, examples)
        .rename(LOGITS);
    return new InferenceGraph(graph, discriminatorInputs(gan), LOGITS);
  }

  private static List<String> discriminatorInputs(Gan gan) {
    return gan.discriminatorTakesLabels() ? List.of(IMAGE, LABELS) : List.of(IMAGE);
  }

  /** Emits what the discriminator's first layer takes, and the placeholders that it is made of. */
  private static SDVariable emitExamples(SameDiff graph, Gan gan) {
    SDVariable image = emitImage(graph, gan);
    if (!gan.discriminatorTakesLabels()) {
      return image;
    }
    Latent.Label label = gan.latent().label().orElseThrow();
    SDVariable labels = graph.placeHolder(LABELS, DataType.FLOAT, -1, label.classes());
    return Conditioning.emit(image, gan.exampleShape(), labels, label);
  }

  /**
   * Emits the recognition network on the layers that it shares with the discriminator, from {@value
   * #IMAGE} to {@value #CODES}: for each categorical code and the label its logits, for each
   * continuous code its means and then, where they are learned, its log-variances.
   */
  public static InferenceGraph emitRecognition(Gan gan, Map<String, INDArray> arrays) {
    SameDiff graph = empty();
    int shared = gan.recognition().sharedLayers();
    Network trunk =
        new Network(gan.discriminator().input(), gan.discriminator().layers().subList(0, shared));
    SDVariable features =
        NetworkEmission.forInference(graph, Gan.DISCRIMINATOR, trunk, arrays)
            .emit(Gan.DISCRIMINATOR, emitImage(graph, gan));
    NetworkEmission.forInference(graph, Gan.RECOGNITION, gan.recognition().network(), arrays)
        .emit(Gan.RECOGNITION, features)
        .rename(CODES);
    return new InferenceGraph(graph, List.of(IMAGE), CODES);
  }

  /**
   * Emits a network that has one placeholder, with its values as constants, so that nothing can
   * train them.
   *
   * @param input the placeholder's name
   * @param output the output's name
   */
  public static InferenceGraph emit(FrozenNetwork frozen, String input, String output) {
    SameDiff graph = empty();
    Network network = frozen.network();
    emitConstant(
        frozen, graph.placeHolder(input, DataType.FLOAT, network.input().batch(-1)), output);
    return new InferenceGraph(graph, List.of(input), output);
  }

  /**
   * Emits a GAN's discriminator with its values as constants, from and to what {@link
   * #emitDiscriminator(Gan, Map)} does.
   *
   * @param frozen the discriminator, perhaps rewritten
   */
  public static InferenceGraph emitDiscriminator(Gan gan, FrozenNetwork frozen) {
    SameDiff graph = empty();
    emitConstant(frozen, emitExamples(graph, gan), LOGITS);
    return new InferenceGraph(graph, discriminatorInputs(gan), LOGITS);
  }

  private static void emitConstant(FrozenNetwork frozen, SDVariable x, String output) {
    SameDiff graph = x.getSameDiff();
    NetworkEmission.forInference(graph, frozen.name(), frozen.network(), frozen.values())
        .emit(frozen.name(), x)
        .rename(output);
    graph.convertToConstants(frozen.values().keySet().stream().map(graph::getVariable).toList());
  }

  /**
   * A graph that holds each array once. What SameDiff has by default keeps a copy besides for the
   * other devices, which is needed only where there are others.
   */
  private static SameDiff empty() {
    SameDiff graph = SameDiff.create();
    if (Nd4j.getAffinityManager().getNumberOfDevices() == 1) {
      graph.setArrayHolders(new SingleThreadArrayHolder(), new SingleThreadArrayHolder(), false);
    }
    return graph;
  }

  /** Gives the weights' memory back; the graph can't be used any more. */
  @Override
  public void close() {
    GeneratorPlan.weights(graph).values().forEach(INDArray::close);
  }

  private static SDVariable emitImage(SameDiff graph, Gan gan) {
    return graph.placeHolder(IMAGE, DataType.FLOAT, gan.exampleShape().batch(-1));
  }
}
