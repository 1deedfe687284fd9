package org.samegan.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.Shape;
import org.samegan.core.data.Classes;
import org.samegan.core.data.Dataset;
import org.samegan.core.data.PixelRange;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.GanNetwork;
import org.samegan.core.gan.Latent;
import org.samegan.core.inference.InferenceGraph;
import org.samegan.core.layer.Activation;
import org.samegan.core.layer.Conv2d;
import org.samegan.core.layer.Network;
import org.samegan.core.layer.NetworkEmission.NoiseInput;
import org.samegan.core.layer.Residual;
import org.samegan.core.layer.Variable;
import org.samegan.core.objective.Objective;
import org.samegan.core.random.Distribution;
import org.samegan.core.random.RandomSource;
import org.samegan.core.random.RandomStream;
import org.samegan.core.training.StepGraph;
import org.samegan.core.training.StepReport;
import org.samegan.core.training.Trainer;

/** The graphs of every variant: compiled plans against SameDiff's session, and a few steps. */
class VariantGraphsTest {
  private static final int BATCH = 4;

  /** From this many pixels on two images are enough: normalisations average over places too. */
  private static final int LARGE = 64 * 64;

  static List<SmallGans.Named> gans() {
    return SmallGans.all();
  }

  private static int batch(Gan gan) {
    return gan.exampleShape().elements() / gan.exampleShape().channels() < LARGE ? BATCH : 2;
  }

  @ParameterizedTest
  @MethodSource("gans")
  void discriminatorStepIsTheSameOnBothExecutors(SmallGans.Named named) {
    Gan gan = named.gan();
    compareStep(gan, type -> StepGraph.emitDiscriminatorStep(gan, batch(gan), type));
  }

  @ParameterizedTest
  @MethodSource("gans")
  void generatorStepIsTheSameOnBothExecutors(SmallGans.Named named) {
    Gan gan = named.gan();
    compareStep(gan, type -> StepGraph.emitGeneratorStep(gan, batch(gan), type));
  }

  @ParameterizedTest
  @MethodSource("gans")
  void inferenceIsTheSameOnBothExecutorsAndInThePixelRange(SmallGans.Named named) {
    Gan gan = named.gan();
    Map<String, INDArray> variables = wideApart(variables(gan));
    InferenceGraph generator = InferenceGraph.emit(gan, GanNetwork.GENERATOR, variables);
    InferenceGraph discriminator = InferenceGraph.emit(gan, GanNetwork.DISCRIMINATOR, variables);
    INDArray latent = draw("latent", gan.latent(), new long[] {3, gan.latent().size()});

    INDArray images =
        compare(generator, Map.of(generator.input(), latent), gan, GanNetwork.GENERATOR, variables);
    // Not those images: an untrained generator makes them nearly alike.
    Map<String, INDArray> examples = new HashMap<>(Map.of(GanNetwork.IMAGE, examples(gan, 3)));
    examples.put(GanNetwork.LABELS, drawLabels(3));
    examples.keySet().retainAll(discriminator.inputs());
    INDArray logits = compare(discriminator, examples, gan, GanNetwork.DISCRIMINATOR, variables);

    assertThat(images.shape()).isEqualTo(gan.exampleShape().batch(3));
    if (gan.pixelRange() != null) {
      assertThat(images.minNumber().floatValue()).isGreaterThanOrEqualTo(gan.pixelRange().low());
      assertThat(images.maxNumber().floatValue()).isLessThanOrEqualTo(gan.pixelRange().high());
    }
    assertThat(logits.length()).isEqualTo(3);
  }

  @ParameterizedTest
  @MethodSource("gans")
  void trainingMovesEveryArray(SmallGans.Named named) {
    Gan gan = named.gan();
    try (Trainer trainer = new Trainer(gan, new Gradient(gan.exampleShape()), batch(gan), 3)) {
      // INDArray.equals allows differences of 1e-5, so values are compared.
      Map<String, float[]> before = values(trainer);

      trainer.train(
          1, (report, t) -> assertThat(report.get(StepReport.DISCRIMINATOR_LOSS)).isFinite());

      Map<String, float[]> after = values(trainer);
      if (onlyDifferencesCount(gan)) {
        // A constant added to every logit changes nothing, so biases that only do that stay.
        after.keySet().removeIf(path -> shiftsLogits(gan.discriminator(), path));
      }
      // A unit vector of one value is its sign.
      after
          .entrySet()
          .removeIf(e -> e.getKey().endsWith("singular_vector") && e.getValue().length == 1);
      after.forEach((path, now) -> assertThat(now).as(path).isNotEqualTo(before.get(path)));
    }
  }

  /** Whether a bias is added after the last layer that is not affine. */
  private static boolean shiftsLogits(Network discriminator, String path) {
    int last = discriminator.layers().size() - 1;
    while (last >= 0 && !(discriminator.layers().get(last) instanceof Activation)) {
      String name = "discriminator/" + discriminator.layerName(last);
      if (path.equals(name + "/bias")) {
        return true;
      }
      if (discriminator.layers().get(last) instanceof Residual block) {
        int end = block.main().size() - 1;
        while (!(block.main().get(end) instanceof Conv2d)) {
          end--;
        }
        return path.equals(name + "/main/" + end + "_conv2d/bias")
            || path.matches(name + "/shortcut/\\d+_conv2d/bias");
      }
      last--;
    }
    return false;
  }

  private static boolean onlyDifferencesCount(Gan gan) {
    return gan.recipe().objective() instanceof Objective.Wasserstein
        // While no logit is beyond the hinge.
        || gan.recipe().objective() instanceof Objective.Hinge
        || gan.recipe().objective() instanceof Objective.Relativistic;
  }

  private static Map<String, float[]> values(Trainer trainer) {
    Map<String, float[]> values = new LinkedHashMap<>();
    trainer
        .state()
        .arrays()
        .forEach((path, array) -> values.put(path, array.dup('c').data().asFloat()));
    return values;
  }

  /** Images that grow brighter with their index and from top to bottom. */
  private record Gradient(Shape exampleShape) implements Dataset {
    @Override
    public int size() {
      return 9;
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
      int elements = exampleShape.elements();
      for (int i = 0; i < elements; i++) {
        destination.put((float) i / elements * (index + 1) / size());
      }
    }
  }

  private static void compareStep(Gan gan, Function<DataType, StepGraph> emission) {
    Map<String, INDArray> variables = variables(gan);
    for (DataType type : types(gan)) {
      StepGraph step = emission.apply(type);
      compareStep(step, inputs(gan, step, variables, type), type);
    }
  }

  private static void compareStep(StepGraph step, Map<String, INDArray> inputs, DataType type) {
    List<String> results = new ArrayList<>(step.numbers().values());
    results.addAll(step.gradients().values());
    results.addAll(step.statistics().values());
    BothExecutors both = BothExecutors.run(step.graph(), inputs, results);
    if (type == DataType.DOUBLE) {
      // Gradients may be small beside the losses, and those of biases before a normalisation
      // vanish. In double that can be told from a fault; in float it is rounding.
      both.requireSame(1e-6, 1e-3 * both.greatest());
      return;
    }
    // A value within rounding of 0 before a (leaky) ReLU may be positive on one executor and
    // negative on the other. The output is continuous there, but its derivative jumps from 1 to the
    // slope, so gradients may differ by one value's share of the sums that they are.
    both.only(step.numbers().values()).requireSame(1e-5, 1);
    both.only(step.statistics().values()).requireSame(1e-5, 1);
    BothExecutors gradients = both.only(step.gradients().values());
    gradients.requireSame(0.02, gradients.greatest());
  }

  /**
   * A penalty's gradients are small differences of large sums, and a deep stack of normalisations
   * over a batch of four divides by small deviations: there two orders of summation in float differ
   * by more than the tolerance. In double they can be told from a fault.
   */
  private static List<DataType> types(Gan gan) {
    boolean wellConditioned = gan.recipe().penalties().isEmpty() && gan.recognition() == null;
    return wellConditioned ? List.of(DataType.FLOAT, DataType.DOUBLE) : List.of(DataType.DOUBLE);
  }

  private static Map<String, INDArray> inputs(
      Gan gan, StepGraph step, Map<String, INDArray> variables, DataType type) {
    Map<String, INDArray> inputs = new HashMap<>(variables);
    inputs.put(StepGraph.REAL, examples(gan, batch(gan)));
    inputs.put(StepGraph.LABELLED, examples(gan, batch(gan)));
    inputs.put(StepGraph.LABELS, drawLabels(batch(gan)));
    step.schedules().forEach((name, schedule) -> inputs.put(name, Nd4j.scalar(schedule.at(300))));
    for (NoiseInput noise : step.noises()) {
      inputs.put(noise.name(), draw(noise.name(), noise.source(), noise.shape().batch(batch(gan))));
    }
    inputs.keySet().retainAll(step.graph().inputs());
    inputs.replaceAll((name, array) -> array.castTo(type));
    return inputs;
  }

  private static INDArray examples(Gan gan, int count) {
    PixelRange range = gan.pixelRange() == null ? PixelRange.SIGNED_UNIT : gan.pixelRange();
    Distribution values = new Distribution.Uniform(range.low(), range.high());
    return draw("real", values, gan.exampleShape().batch(count));
  }

  private static INDArray drawLabels(int count) {
    Latent labels = new Latent(List.of(new Latent.Label(SmallGans.CLASSES)));
    return draw("labels", labels, new long[] {count, SmallGans.CLASSES});
  }

  private static Map<String, INDArray> variables(Gan gan) {
    List<Variable> all = new ArrayList<>(gan.generatorVariables());
    all.addAll(gan.discriminatorVariables());
    Map<String, INDArray> values = new HashMap<>();
    for (Variable variable : all) {
      long[] shape = variable.shape().dimensions().stream().mapToLong(Integer::longValue).toArray();
      values.put(variable.name(), draw(variable.name(), variable.initial(), shape));
    }
    return values;
  }

  /** With initial weights of 0.02 some images and logits are smaller than the rounding of sums. */
  private static Map<String, INDArray> wideApart(Map<String, INDArray> variables) {
    variables.forEach(
        (path, array) -> {
          if (path.endsWith("weight")) {
            array.muli(5);
          }
        });
    return variables;
  }

  private static INDArray draw(String name, RandomSource source, long[] shape) {
    FloatBuffer values =
        FloatBuffer.allocate((int) Arrays.stream(shape).reduce(1, (a, b) -> a * b));
    source.fill(RandomStream.of(1, name, 0), values);
    return Nd4j.createFromArray(values.array()).reshape('c', shape);
  }

  /**
   * Sums of up to a few thousand values, in another order. Where large ones cancel, floats are less
   * exact than that, by whatever executor: the plan's are then to be as near to the session's in
   * double as the session's own floats, up to a factor.
   */
  private static INDArray compare(
      InferenceGraph floats,
      Map<String, INDArray> inputs,
      Gan gan,
      GanNetwork which,
      Map<String, INDArray> variables) {
    List<String> output = List.of(floats.output());
    BothExecutors both = BothExecutors.run(floats.graph(), inputs, output);
    if (both.difference() > 1e-5) {
      InferenceGraph doubles = InferenceGraph.emit(gan, which, doubles(variables), DataType.DOUBLE);
      Map<String, INDArray> exact =
          doubles.graph().output(doubles(inputs), output.toArray(String[]::new));
      assertThat(new BothExecutors(both.planned(), exact).difference())
          .isLessThan(2 * new BothExecutors(both.expected(), exact).difference());
    }
    return both.planned().get(floats.output());
  }

  private static Map<String, INDArray> doubles(Map<String, INDArray> floats) {
    Map<String, INDArray> doubles = new HashMap<>();
    floats.forEach((name, array) -> doubles.put(name, array.castTo(DataType.DOUBLE)));
    return doubles;
  }
}
