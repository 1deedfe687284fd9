package org.samegan.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.Shape;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.execution.Plan;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.GanNetwork;
import org.samegan.core.gan.Latent;
import org.samegan.core.gradient.Gradients;
import org.samegan.core.layer.Network;
import org.samegan.core.layer.NetworkEmission;
import org.samegan.core.layer.Reshape;
import org.samegan.core.layer.Variable;
import org.samegan.core.training.StepGraph;

/**
 * The critic of {@code wgan-gp} at 28 pixels against libtorch's double backward on the same weights
 * and images: {@code testdata/golden-penalty} has the values, the program that made them, and the
 * formula that both sides take weights and images from. In double the two differ by what SameGAN
 * adds below the norm's square root, 1e-12.
 */
class PenaltyGoldenTest {
  private static final Path GOLDEN = Path.of("..", "testdata", "golden-penalty", "wgan-gp-28.txt");
  private static final int BATCH = 4;
  private static final int PIXELS = 28 * 28;
  private static final Gan GAN = Variants.named("wgan-gp").gan(ExampleForm.images(28, 1), Map.of());

  @ParameterizedTest
  @CsvSource({"DOUBLE, 1e-10", "FLOAT, 1e-4"})
  void thePenaltyAloneIsLibtorchs(DataType type, double tolerance) throws IOException {
    SameDiff graph = SameDiff.create();
    NetworkEmission critic =
        NetworkEmission.forTraining(
            graph,
            GanNetwork.DISCRIMINATOR.label(),
            GAN.discriminator(),
            BATCH,
            type,
            new ArrayList<>());
    SDVariable points = graph.placeHolder("points", type, GAN.exampleShape().batch(BATCH));
    SDVariable value =
        GAN.recipe().penalties().get(0).emit(points, 4, critic.emit("penalty", points)).mul(10);
    List<SDVariable> derivatives = Gradients.of(value, List.copyOf(critic.parameters().values()));
    Map<String, String> gradients = new LinkedHashMap<>();
    for (String path : critic.parameters().keySet()) {
      gradients.put(path, derivatives.get(gradients.size()).name());
    }

    Map<String, INDArray> inputs = weights(type);
    inputs.put("points", array(type, between(), GAN.exampleShape().batch(BATCH)));

    compare("penalty", graph, inputs, value.name(), gradients, tolerance);
  }

  @ParameterizedTest
  @CsvSource({"DOUBLE, 1e-10", "FLOAT, 1e-4"})
  void theCriticsWholeLossIsLibtorchs(DataType type, double tolerance) throws IOException {
    // A generator that hands on its latent, so that the generated images can be given.
    Gan given =
        new Gan(
            GAN.variant(),
            Latent.normal(PIXELS),
            Network.of(Shape.of(PIXELS), new Reshape(GAN.exampleShape())),
            GAN.discriminator(),
            null,
            GAN.recipe(),
            GAN.pixelRange());
    StepGraph step = StepGraph.emitDiscriminatorStep(given, BATCH, type);

    Map<String, INDArray> inputs = weights(type);
    inputs.put(StepGraph.REAL, array(type, images(8), GAN.exampleShape().batch(BATCH)));
    inputs.put("discriminator_step/latent", array(type, images(9), BATCH, PIXELS));
    inputs.put("discriminator_step/penalty_0/part", array(type, parts(), BATCH, 1, 1, 1));

    String loss = step.numbers().get(step.loss());
    compare("loss", step.graph(), inputs, loss, step.gradients(), tolerance);
  }

  /** By the tensor's name or "value", then by the entry's index, "sum" or "squares". */
  private static Map<String, Map<String, Double>> golden(String quantity) throws IOException {
    Map<String, Map<String, Double>> golden = new LinkedHashMap<>();
    for (String line : Files.readAllLines(GOLDEN)) {
      String[] words = line.split(" ", -1);
      if (words[0].equals(quantity)) {
        String what = words.length == 4 ? words[2] : "";
        golden
            .computeIfAbsent(words[1], tensor -> new LinkedHashMap<>())
            .put(what, Double.valueOf(words[words.length - 1]));
      }
    }
    return golden;
  }

  /**
   * The tolerance is relative: of an entry to its tensor's root mean square, of a sum to the sum of
   * n such entries.
   */
  private static void compare(
      String quantity,
      SameDiff graph,
      Map<String, INDArray> inputs,
      String value,
      Map<String, String> gradients,
      double tolerance)
      throws IOException {
    Map<String, Map<String, Double>> expected = golden(quantity);
    Map<String, INDArray> results = new LinkedHashMap<>();
    results.put(value, Nd4j.scalar(graph.getVariable(value).dataType(), Double.NaN));
    gradients.forEach((path, name) -> results.put(name, inputs.get(path).mul(Double.NaN)));
    try (Plan plan = Plan.compile(graph, inputs, results)) {
      plan.run();
    }

    double wanted = expected.get("value").get("");
    assertThat(results.get(value).getDouble(0)).isCloseTo(wanted, within(tolerance * wanted));
    assertThat(expected.keySet()).containsAll(gradients.keySet()).hasSize(gradients.size() + 1);
    gradients.forEach(
        (path, name) -> compare(path, results.get(name), expected.get(path), tolerance));
  }

  private static void compare(
      String path, INDArray gradient, Map<String, Double> expected, double tolerance) {
    double[] found = gradient.data().asDouble();
    double squares = expected.get("squares");
    assertThat(expected).hasSizeBetween(3, 10);
    expected.forEach(
        (what, wanted) -> {
          double value =
              switch (what) {
                case "sum" -> Arrays.stream(found).sum();
                case "squares" -> Arrays.stream(found).map(g -> g * g).sum();
                default -> found[Integer.parseInt(what)];
              };
          double scale =
              switch (what) {
                case "sum" -> Math.sqrt(found.length * squares);
                case "squares" -> 2 * squares;
                default -> Math.sqrt(squares / found.length);
              };
          assertThat(value)
              .as("%s of the gradient by %s", what, path)
              .isCloseTo(wanted, within(tolerance * scale));
        });
  }

  /** sin(i² + number) for i = 0, 1, ... */
  private static double[] wave(int number, long count) {
    return IntStream.range(0, (int) count)
        .mapToDouble(i -> Math.sin((double) i * i + number))
        .toArray();
  }

  private static Map<String, INDArray> weights(DataType type) {
    Map<String, INDArray> weights = new LinkedHashMap<>();
    for (Variable variable : GAN.discriminatorVariables()) {
      Shape shape = variable.shape();
      double scale =
          variable.name().endsWith("/bias")
              ? 0.1
              : 2 / Math.sqrt((double) shape.elements() / shape.channels());
      double[] values = wave(weights.size(), shape.elements());
      long[] extents = shape.dimensions().stream().mapToLong(Integer::longValue).toArray();
      weights.put(
          variable.name(),
          array(type, Arrays.stream(values).map(v -> scale * v).toArray(), extents));
    }
    return weights;
  }

  private static double[] images(int number) {
    return Arrays.stream(wave(number, BATCH * PIXELS)).map(v -> 0.5 + 0.5 * v).toArray();
  }

  private static double[] parts() {
    return Arrays.stream(wave(10, BATCH)).map(v -> 0.5 + 0.5 * v).toArray();
  }

  private static double[] between() {
    double[] real = images(8);
    double[] fake = images(9);
    double[] parts = parts();
    return IntStream.range(0, BATCH * PIXELS)
        .mapToDouble(i -> real[i] + parts[i / PIXELS] * (fake[i] - real[i]))
        .toArray();
  }

  private static INDArray array(DataType type, double[] values, long... shape) {
    return Nd4j.createFromArray(values).reshape('c', shape).castTo(type);
  }
}
