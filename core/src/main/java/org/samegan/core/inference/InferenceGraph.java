package org.samegan.core.inference;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.Shape;
import org.samegan.core.gan.Conditioning;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.GanNetwork;
import org.samegan.core.graph.HeldArrays;
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
  /** Keeps the inputs' order. */
  public InferenceGraph {
    inputs = List.copyOf(inputs);
  }

  /** The first placeholder's name. */
  public String input() {
    return inputs.get(0);
  }

  /**
   * Emits one of a GAN's networks with variables that could be trained on, under the paths that
   * they have in training.
   *
   * @param arrays the variables' values by path, perhaps with others; they are copied
   * @return from the network's {@link GanNetwork#inputs} to its {@link GanNetwork#output}
   */
  public static InferenceGraph emit(Gan gan, GanNetwork which, Map<String, INDArray> arrays) {
    return emit(gan, which, arrays, DataType.FLOAT);
  }

  /**
   * The same in a type of one's choice.
   *
   * @param arrays of that type
   * @param type floats, or doubles as a reference
   */
  public static InferenceGraph emit(
      Gan gan, GanNetwork which, Map<String, INDArray> arrays, DataType type) {
    SameDiff graph = HeldArrays.newGraph();
    SDVariable x = emitInput(graph, gan, which, type);
    for (GanNetwork.Part part : which.parts(gan)) {
      x =
          NetworkEmission.forInference(graph, part.name(), part.network(), arrays, type)
              .emit(part.name(), x);
    }
    return named(x, gan, which);
  }

  /**
   * Emits one of a GAN's networks, perhaps rewritten, with its values as constants, so that nothing
   * can train them.
   *
   * @param frozen computes what the network does
   * @return likewise
   */
  public static InferenceGraph emit(Gan gan, GanNetwork which, FrozenNetwork frozen) {
    SameDiff graph = HeldArrays.newGraph();
    return named(emitConstant(frozen, emitInput(graph, gan, which, DataType.FLOAT)), gan, which);
  }

  /**
   * Emits a network that belongs to no GAN, with its values as constants.
   *
   * @param input the placeholder's name
   * @param output the output's name
   */
  public static InferenceGraph emit(FrozenNetwork frozen, String input, String output) {
    SameDiff graph = HeldArrays.newGraph();
    SDVariable x = graph.placeHolder(input, DataType.FLOAT, frozen.network().input().batch(-1));
    emitConstant(frozen, x).rename(output);
    return new InferenceGraph(graph, List.of(input), output);
  }

  private static InferenceGraph named(SDVariable y, Gan gan, GanNetwork which) {
    y.rename(which.output());
    return new InferenceGraph(
        y.getSameDiff(), List.copyOf(which.inputs(gan).keySet()), which.output());
  }

  /** Emits what the network's first layer takes, and the placeholders that it is made of. */
  private static SDVariable emitInput(SameDiff graph, Gan gan, GanNetwork which, DataType type) {
    SDVariable first = null;
    SDVariable last = null;
    for (Map.Entry<String, Shape> input : which.inputs(gan).entrySet()) {
      last = graph.placeHolder(input.getKey(), type, input.getValue().batch(-1));
      first = first == null ? last : first;
    }
    return which.takesLabels(gan)
        ? Conditioning.emit(first, gan.exampleShape(), last, gan.latent().label().orElseThrow())
        : first;
  }

  private static SDVariable emitConstant(FrozenNetwork frozen, SDVariable x) {
    SameDiff graph = x.getSameDiff();
    SDVariable y =
        NetworkEmission.forInference(graph, frozen.name(), frozen.network(), frozen.values())
            .emit(frozen.name(), x);
    graph.convertToConstants(frozen.values().keySet().stream().map(graph::getVariable).toList());
    return y;
  }

  /** The arrays that a graph holds, by name. They are the graph's to close. */
  static Map<String, INDArray> weights(SameDiff graph) {
    Map<String, INDArray> weights = new HashMap<>();
    for (SDVariable variable : HeldArrays.of(graph)) {
      if (variable.dataType() == DataType.FLOAT) {
        weights.put(variable.name(), variable.getArr());
      }
    }
    return weights;
  }

  /** Gives the weights' memory back; the graph can't be used any more. */
  @Override
  public void close() {
    HeldArrays.close(graph);
  }
}
