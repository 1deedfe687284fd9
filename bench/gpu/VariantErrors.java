import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.data.ExampleKind;
import org.samegan.core.gan.Gan;
import org.samegan.core.graph.StaticShapes;
import org.samegan.core.setting.Setting;
import org.samegan.core.training.StepGraph;
import org.samegan.models.Variant;
import org.samegan.models.Variants;
import org.samegan.torch.device.DeviceTensor;
import org.samegan.torch.device.Precision;
import org.samegan.torch.device.TorchDevice;
import org.samegan.torch.execution.Forms;
import org.samegan.torch.execution.ImageLayout;
import org.samegan.torch.execution.TorchPlan;

/** Every variant's two steps on a device against the CPU in double precision. */
final class VariantErrors {
  private static final int BATCH = 8;
  private static final int CLASSES = 4;

  /** Other forms than training takes on any device, which so are compared too. */
  private static final Forms FIRST =
      new Forms(ImageLayout.CHANNELS_FIRST, Forms.Bends.OPERATOR, Forms.Thin.OPERATOR);

  private final TorchDevice cpu;
  private final TorchDevice device;

  VariantErrors(TorchDevice cpu, TorchDevice device) {
    this.cpu = cpu;
    this.device = device;
  }

  void print() {
    System.out.println(
        "largest relative errors of gradients, statistics and losses against the CPU's float64;"
            + " float32 differs by more than rounding where a ReLU's input is near 0");
    System.out.printf(
        "%-20s %-4s %10s %10s %10s %10s%n",
        "variant", "step", "float64", "fp32", "tf32", "CPU fp32");
    for (Variant variant : Variants.all()) {
      row(variant, variant.sizes().isEmpty() ? 28 : variant.sizes().get(0), Map.of());
    }
    row(Variants.named("dcgan"), 64, Map.of());
    row(Variants.named("wgan-gp"), 64, Map.of());
    row(Variants.named("wgan-gp"), 32, Map.of("arch", "resnet"));
  }

  private void row(Variant variant, int size, Map<String, Object> settings) {
    Map<String, Object> all = new HashMap<>(settings);
    if (variant.settings(ExampleKind.IMAGES).stream().map(Setting::key).anyMatch("width"::equals)) {
      all.put("width", 8);
    }
    Gan gan = variant.gan(ExampleForm.images(size, 1, CLASSES), all);
    for (boolean discriminator : new boolean[] {true, false}) {
      String name = variant.name() + "-" + size + (settings.isEmpty() ? "" : "-resnet");
      String letter = discriminator ? "D" : "G";
      try {
        StepGraph exact = step(gan, discriminator, DataType.DOUBLE);
        StepGraph single = step(gan, discriminator, DataType.FLOAT);
        Map<String, INDArray> inputs = inputs(single);
        Map<String, INDArray> reference = results(cpu, exact, inputs, FIRST, Precision.FP32);
        System.out.printf(
            "%-20s %-4s %10.1e %10.1e %10.1e %10.1e%n",
            name,
            letter,
            error(reference, device, exact, inputs, FIRST, Precision.FP32),
            error(reference, device, single, inputs, Forms.of(device), Precision.FP32),
            error(reference, device, single, inputs, Forms.of(device), Precision.TF32),
            error(reference, cpu, single, inputs, Forms.of(cpu), Precision.FP32));
      } catch (RuntimeException e) {
        System.out.printf("%-20s %-4s FAILED: %s%n", name, letter, e.getMessage());
      }
    }
  }

  private static StepGraph step(Gan gan, boolean discriminator, DataType type) {
    return discriminator
        ? StepGraph.emitDiscriminatorStep(gan, BATCH, type)
        : StepGraph.emitGeneratorStep(gan, BATCH, type);
  }

  private static Map<String, INDArray> inputs(StepGraph step) {
    Random random = new Random(5);
    Map<String, INDArray> inputs = new LinkedHashMap<>();
    for (String name : step.graph().inputs()) {
      long[] shape = step.graph().getVariable(name).placeholderShape();
      boolean positive = name.contains("gain") || name.contains("variance");
      double scale = positive || name.contains("weight") ? 0.1 : 0.5;
      float[] values = new float[(int) Nd4j.createUninitialized(DataType.BOOL, shape).length()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) ((positive ? 1 : 0) + scale * random.nextGaussian());
      }
      inputs.put(name, Nd4j.createFromArray(values).reshape(shape));
    }
    return inputs;
  }

  private static double error(
      Map<String, INDArray> reference,
      TorchDevice on,
      StepGraph step,
      Map<String, INDArray> inputs,
      Forms forms,
      Precision precision) {
    double worst = 0;
    Map<String, INDArray> found = results(on, step, inputs, forms, precision);
    for (String name : reference.keySet()) {
      INDArray expected = reference.get(name);
      double norm = Math.max(expected.norm2Number().doubleValue(), 1e-3);
      double error = found.get(name).sub(expected).norm2Number().doubleValue() / norm;
      // NaN too
      worst = error <= worst ? worst : error;
    }
    return worst;
  }

  /** The results in double precision, by what they are of. */
  private static Map<String, INDArray> results(
      TorchDevice on,
      StepGraph step,
      Map<String, INDArray> inputs,
      Forms forms,
      Precision precision) {
    List<String> wanted = new ArrayList<>(step.gradients().values());
    wanted.addAll(step.statistics().values());
    wanted.addAll(step.numbers().values());
    Map<String, long[]> placeholders = new HashMap<>();
    inputs.forEach((name, array) -> placeholders.put(name, array.shape()));
    StaticShapes shapes = new StaticShapes(step.graph(), placeholders);
    Map<String, DeviceTensor> given = new LinkedHashMap<>();
    Map<String, DeviceTensor> results = new LinkedHashMap<>();
    inputs.forEach(
        (name, array) ->
            given.put(
                name, on.copyOf(array.castTo(step.graph().getVariable(name).dataType()))));
    wanted.forEach(
        name ->
            results.put(
                name, on.allocate(step.graph().getVariable(name).dataType(), shapes.of(name))));
    on.setPrecision(precision);
    Map<String, INDArray> found = new LinkedHashMap<>();
    try (TorchPlan plan = TorchPlan.compile(on, forms, step.graph(), given, results)) {
      plan.run();
      results.forEach((name, tensor) -> found.put(name, tensor.toArray().castTo(DataType.DOUBLE)));
    } finally {
      on.setPrecision(Precision.FP32);
      given.values().forEach(DeviceTensor::close);
      results.values().forEach(DeviceTensor::close);
    }
    return found;
  }
}
