package org.samegan.models;

import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.samegan.core.Shape;
import org.samegan.core.data.Classes;
import org.samegan.core.data.Dataset;
import org.samegan.core.execution.Plan;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.GanNetwork;
import org.samegan.core.layer.NetworkEmission.NoiseInput;
import org.samegan.core.layer.Variable;
import org.samegan.core.random.Distribution;
import org.samegan.core.random.RandomStream;
import org.samegan.core.training.StepGraph;

/**
 * A step's graph in double for the examples of a shard, run on each shard by itself.
 *
 * @param shards how many there are
 */
record ShardSteps(Gan gan, GanNetwork trained, int shards) {
  static final int BATCH = 8;
  static final long SEED = 5;

  /** The mean over the shards. */
  StepResult mean(Map<String, INDArray> variables) {
    int examples = BATCH / shards;
    StepGraph step =
        trained == GanNetwork.GENERATOR
            ? StepGraph.emitGeneratorStep(gan, examples, DataType.DOUBLE)
            : StepGraph.emitDiscriminatorStep(gan, examples, DataType.DOUBLE);
    Map<String, INDArray> whole = batch(step);
    Map<String, INDArray> inputs = new LinkedHashMap<>();
    for (String input : step.graph().inputs()) {
      INDArray given = whole.getOrDefault(input, variables.get(input));
      if (given == null) {
        inputs.put(input, Nd4j.scalar(step.schedules().get(input).at(0)));
      } else if (whole.containsKey(input)) {
        inputs.put(input, rows(given, 0, examples));
      } else {
        inputs.put(input, given.castTo(DataType.DOUBLE));
      }
    }
    Map<String, INDArray> gradients = room(step.gradients());
    Map<String, INDArray> others = room(step.numbers());
    others.putAll(room(step.statistics()));
    Map<String, INDArray> results = new LinkedHashMap<>();
    step.gradients().forEach((path, name) -> results.put(name, gradients.get(path)));
    step.statistics().forEach((path, name) -> results.put(name, others.get(path)));
    step.numbers().forEach((path, name) -> results.put(name, others.get(path)));
    StepResult sum = null;
    try (Plan plan = Plan.compile(step.graph(), inputs, results)) {
      for (int shard = 0; shard < shards; shard++) {
        for (Map.Entry<String, INDArray> input : whole.entrySet()) {
          if (inputs.containsKey(input.getKey())) {
            int from = shard * examples;
            inputs.get(input.getKey()).assign(rows(input.getValue(), from, from + examples));
          }
        }
        plan.run();
        StepResult one = new StepResult(values(gradients), values(others));
        sum = sum == null ? one : sum.plus(one);
      }
    }
    return sum.over(shards);
  }

  private static INDArray rows(INDArray batch, int from, int to) {
    return batch.get(NDArrayIndex.interval(from, to)).castTo(DataType.DOUBLE).dup('c');
  }

  private static Map<String, double[]> values(Map<String, INDArray> arrays) {
    Map<String, double[]> values = new LinkedHashMap<>();
    arrays.forEach((path, array) -> values.put(path, StepResult.values(array)));
    return values;
  }

  private Map<String, INDArray> room(Map<String, String> names) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    for (Variable variable : variables(gan, trained)) {
      shapes.put(variable.name(), variable.shape());
    }
    Map<String, INDArray> room = new LinkedHashMap<>();
    for (String path : names.keySet()) {
      room.put(
          path,
          shapes.containsKey(path)
              ? Nd4j.zeros(DataType.DOUBLE, extents(shapes.get(path)))
              : Nd4j.scalar(DataType.DOUBLE, 0));
    }
    return room;
  }

  /** What the trainer's first step feeds, for the whole batch. */
  private Map<String, INDArray> batch(StepGraph step) {
    Map<String, INDArray> batch = new LinkedHashMap<>();
    for (NoiseInput noise : step.noises()) {
      FloatBuffer drawn = FloatBuffer.allocate(BATCH * noise.shape().elements());
      noise.source().fill(RandomStream.of(SEED, noise.name(), 0), drawn);
      batch.put(noise.name(), array(drawn, noise.shape().batch(BATCH)));
    }
    Examples data = new Examples(gan);
    boolean few = gan.fewLabels().isPresent();
    putExamples(batch, data, "data/order", StepGraph.REAL, few ? null : StepGraph.LABELS);
    if (few) {
      putExamples(batch, data, "data/order/labelled", StepGraph.LABELLED, StepGraph.LABELS);
    }
    return batch;
  }

  private void putExamples(
      Map<String, INDArray> batch, Examples data, String stream, String name, String labelsName) {
    int[] order = RandomStream.of(SEED, stream, 0).permutation(data.size());
    FloatBuffer examples = FloatBuffer.allocate(BATCH * gan.exampleShape().elements());
    INDArray labels = Nd4j.zeros(DataType.FLOAT, BATCH, SmallGans.CLASSES);
    for (int i = 0; i < BATCH; i++) {
      data.copyTo(order[i], examples);
      if (gan.fewLabels().isPresent() && name.equals(StepGraph.LABELLED)) {
        int values = gan.exampleShape().elements();
        gan.fewLabels()
            .get()
            .augmentation()
            .apply(
                RandomStream.of(SEED, "data/augmentation", i),
                gan.exampleShape(),
                examples.slice(i * values, values));
      }
      labels.putScalar(i, data.label(order[i]), 1);
    }
    batch.put(name, array(examples, gan.exampleShape().batch(BATCH)));
    if (labelsName != null) {
      batch.put(labelsName, labels);
    }
  }

  /** A variable's values before the first step. */
  static INDArray initial(Variable variable) {
    FloatBuffer drawn = FloatBuffer.allocate(variable.shape().elements());
    variable.initial().fill(RandomStream.of(SEED, variable.name(), 0), drawn);
    return array(drawn, extents(variable.shape()));
  }

  private static long[] extents(Shape shape) {
    return shape.dimensions().stream().mapToLong(i -> i).toArray();
  }

  private static INDArray array(FloatBuffer values, long[] shape) {
    return Nd4j.createFromArray(values.array()).reshape('c', shape);
  }

  /** Labelled noise in [0, 1). */
  record Examples(Gan gan) implements Dataset {
    @Override
    public int size() {
      return 12;
    }

    @Override
    public Shape exampleShape() {
      return gan.exampleShape();
    }

    @Override
    public Classes classes() {
      return Classes.of(SmallGans.CLASSES);
    }

    @Override
    public int label(int index) {
      return index % SmallGans.CLASSES;
    }

    @Override
    public void copyTo(int index, FloatBuffer destination) {
      int elements = exampleShape().elements();
      FloatBuffer values = FloatBuffer.allocate(elements);
      new Distribution.Uniform(0, 1).fill(RandomStream.of(1, "example", index), values);
      destination.put(values.array());
    }
  }

  /** A network's variables, recognition's included, in the order of its flat vectors. */
  static List<Variable> variables(Gan gan, GanNetwork trained) {
    return trained == GanNetwork.GENERATOR
        ? gan.generatorVariables()
        : gan.discriminatorVariables();
  }
}
