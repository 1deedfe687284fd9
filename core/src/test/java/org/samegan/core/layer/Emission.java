package org.samegan.core.layer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.BothExecutors;
import org.samegan.core.Draws;
import org.samegan.core.Shape;
import org.samegan.core.layer.NetworkEmission.NoiseInput;

/** A network emitted for training in double precision, with values for its variables. */
final class Emission {
  private static final String NAME = "net";

  final SameDiff graph = SameDiff.create();
  final List<NoiseInput> noises = new ArrayList<>();
  final Map<String, INDArray> inputs = new LinkedHashMap<>();
  private final Network network;
  private final int batch;
  private final NetworkEmission emission;

  /** With variables drawn from (0.2, 1.2), which suits gains and variances too. */
  Emission(int batch, Network network) {
    this.network = network;
    this.batch = batch;
    emission = NetworkEmission.forTraining(graph, NAME, network, batch, DataType.DOUBLE, noises);
    long seed = 10;
    for (Variable variable : network.variables(NAME)) {
      inputs.put(
          variable.name(),
          Draws.array(seed++, DataType.DOUBLE, 0.2, 1.2, extents(variable.shape())));
    }
  }

  Emission(int batch, Shape input, Layer... layers) {
    this(batch, Network.of(input, layers));
  }

  /** The values of a variable, such as {@code 0_dense/weight}. */
  double[] variable(String path) {
    return BothExecutors.values(inputs.get(NAME + "/" + path));
  }

  void set(String path, double... values) {
    INDArray array = inputs.get(NAME + "/" + path);
    inputs.put(NAME + "/" + path, Draws.array(DataType.DOUBLE, values, array.shape()));
  }

  /** Emits a pass over these values and gives the name of its output. */
  String pass(String name, double[] x) {
    SDVariable input = graph.placeHolder(name, DataType.DOUBLE, network.input().batch(batch));
    inputs.put(name, Draws.array(DataType.DOUBLE, x, network.input().batch(batch)));
    return emission.emit(name, input).name();
  }

  /** What a pass over these values gives, with noise of ones where none was set. */
  double[] run(double[] x) {
    return BothExecutors.values(evaluate(List.of(pass("x", x))).get(0));
  }

  /** The values of variables of the graph, by both executors. */
  List<INDArray> evaluate(List<String> variables) {
    for (NoiseInput noise : noises) {
      long[] shape = noise.shape().batch(batch);
      inputs.putIfAbsent(noise.name(), Nd4j.ones(DataType.DOUBLE, shape));
    }
    Map<String, INDArray> values = BothExecutors.evaluate(graph, inputs, variables);
    return variables.stream().map(values::get).toList();
  }

  /** The next running statistics by path within the network, after the passes so far. */
  Map<String, double[]> statistics() {
    Map<String, SDVariable> next = emission.emitStatistics();
    List<String> paths = List.copyOf(next.keySet());
    List<INDArray> values = evaluate(paths.stream().map(path -> next.get(path).name()).toList());
    Map<String, double[]> statistics = new HashMap<>();
    for (int i = 0; i < paths.size(); i++) {
      statistics.put(
          paths.get(i).substring(NAME.length() + 1), BothExecutors.values(values.get(i)));
    }
    return statistics;
  }

  private static long[] extents(Shape shape) {
    return shape.dimensions().stream().mapToLong(Integer::longValue).toArray();
  }
}
