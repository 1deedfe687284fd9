package org.samegan.core.layer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.Shape;
import org.samegan.core.random.Distribution;
import org.samegan.core.random.RandomSource;

/**
 * Emits one network into one graph, as often as asked; every pass shares the network's variables.
 *
 * <p>In a training graph variables and random arrays are placeholders of static shape, so that the
 * graph is a pure function of them. In an inference graph variables carry their values, the batch
 * is free, and nothing is random.
 */
public final class NetworkEmission {
  private final SameDiff graph;
  private final String name;
  private final Network network;
  private final int batch;
  private final DataType type;
  private final Map<String, SDVariable> variables = new LinkedHashMap<>();
  private final List<NoiseInput> noises;
  private final Map<String, List<Observation>> observations = new LinkedHashMap<>();
  private final Map<String, SDVariable> shared = new HashMap<>();

  /**
   * A random array that a training graph is fed.
   *
   * @param name of the placeholder and of the random stream
   * @param shape of one example
   * @param source of the values
   */
  public record NoiseInput(String name, Shape shape, RandomSource source) {}

  private record Observation(SDVariable seen, double momentum) {}

  private NetworkEmission(
      SameDiff graph,
      String name,
      Network network,
      int batch,
      DataType type,
      List<NoiseInput> noises,
      Function<Variable, SDVariable> declare) {
    this.graph = graph;
    this.name = name;
    this.network = network;
    this.batch = batch;
    this.type = type;
    this.noises = noises;
    for (Variable variable : network.variables(name)) {
      variables.put(variable.name(), declare.apply(variable));
    }
  }

  /**
   * For training with batches of one size.
   *
   * @param noises receives the random arrays that the passes ask for
   */
  public static NetworkEmission forTraining(
      SameDiff graph,
      String name,
      Network network,
      int batch,
      DataType type,
      List<NoiseInput> noises) {
    return new NetworkEmission(
        graph,
        name,
        network,
        batch,
        type,
        noises,
        variable -> {
          Shape shape = variable.shape();
          long[] extents = shape.dimensions().stream().mapToLong(Integer::longValue).toArray();
          return graph.placeHolder(variable.name(), type, extents);
        });
  }

  /**
   * For inference with any batch size.
   *
   * @param values the variables' values by path; they are copied into the graph
   */
  public static NetworkEmission forInference(
      SameDiff graph, String name, Network network, Map<String, INDArray> values) {
    return forInference(graph, name, network, values, DataType.FLOAT);
  }

  /** The same in a type of one's choice, which the values have. */
  public static NetworkEmission forInference(
      SameDiff graph, String name, Network network, Map<String, INDArray> values, DataType type) {
    return new NetworkEmission(
        graph,
        name,
        network,
        -1,
        type,
        List.of(),
        variable -> graph.var(variable.name(), values.get(variable.name()).dup('c')));
  }

  /**
   * Emits the network once.
   *
   * @param pass the first part of the pass's random streams, such as {@code
   *     discriminator_step/real}
   * @param x the input, of shape (batch, {@code network.input()}...)
   * @return the output, of shape (batch, {@code network.output()}...)
   */
  public SDVariable emit(String pass, SDVariable x) {
    List<SDVariable> outputs = emitLayers(pass, x);
    return outputs.get(outputs.size() - 1);
  }

  /**
   * Emits the network once and gives what is between its layers too.
   *
   * @return the input, and each layer's output
   */
  public List<SDVariable> emitLayers(String pass, SDVariable x) {
    List<SDVariable> values = new ArrayList<>(List.of(x));
    for (int i = 0; i < network.layers().size(); i++) {
      x =
          network
              .layers()
              .get(i)
              .emit(new Scope(pass, network.layerName(i), Map.of()), x, network.inputOf(i));
      values.add(x);
    }
    return values;
  }

  /** The network's trained variables by path, in the order of the file format. */
  public Map<String, SDVariable> parameters() {
    Map<String, SDVariable> parameters = new LinkedHashMap<>();
    for (Variable variable : network.variables(name)) {
      if (variable.role() == Variable.Role.PARAMETER) {
        parameters.put(variable.name(), variables.get(variable.name()));
      }
    }
    return parameters;
  }

  /**
   * Emits the running statistics' next values, from what all passes so far observed.
   *
   * @return the next values by path
   */
  public Map<String, SDVariable> emitStatistics() {
    Map<String, SDVariable> next = new LinkedHashMap<>();
    observations.forEach(
        (path, seen) -> {
          double momentum = seen.get(0).momentum();
          SDVariable sum = seen.get(0).seen();
          for (Observation other : seen.subList(1, seen.size())) {
            sum = sum.add(other.seen());
          }
          next.put(
              path, variables.get(path).mul(momentum).add(sum.mul((1 - momentum) / seen.size())));
        });
    return next;
  }

  private final class Scope implements LayerScope {
    private final String pass;
    private final String layer;
    private final Map<String, SDVariable> substitutes;

    Scope(String pass, String layer, Map<String, SDVariable> substitutes) {
      this.pass = pass;
      this.layer = layer;
      this.substitutes = substitutes;
    }

    @Override
    public LayerScope inner(String innerName) {
      return new Scope(pass, layer + "/" + innerName, Map.of());
    }

    @Override
    public LayerScope withVariable(String variable, SDVariable value) {
      Map<String, SDVariable> all = new HashMap<>(substitutes);
      all.put(variable, value);
      return new Scope(pass, layer, all);
    }

    @Override
    public SDVariable shared(String what, Supplier<SDVariable> emission) {
      // Not computeIfAbsent: what is emitted may share something in turn.
      SDVariable value = shared.get(path(what));
      if (value == null) {
        value = emission.get();
        shared.put(path(what), value);
      }
      return value;
    }

    @Override
    public SameDiff graph() {
      return graph;
    }

    @Override
    public boolean training() {
      return batch > 0;
    }

    @Override
    public int batch() {
      requireTraining("a batch size");
      return batch;
    }

    @Override
    public SDVariable variable(String variable) {
      SDVariable substitute = substitutes.get(variable);
      return substitute == null ? variables.get(path(variable)) : substitute;
    }

    @Override
    public SDVariable noise(String noise, Shape shape, Distribution distribution) {
      requireTraining("random values");
      String stream = pass + "/" + layer + "/" + noise;
      noises.add(new NoiseInput(stream, shape, distribution));
      return graph.placeHolder(stream, type, shape.batch(batch));
    }

    @Override
    public void observe(String statistic, SDVariable seen, double momentum) {
      observations
          .computeIfAbsent(path(statistic), key -> new ArrayList<>())
          .add(new Observation(seen, momentum));
    }

    private String path(String variable) {
      return name + "/" + layer + "/" + variable;
    }

    private void requireTraining(String what) {
      if (!training()) {
        throw new IllegalStateException("an inference graph has no " + what);
      }
    }
  }
}
