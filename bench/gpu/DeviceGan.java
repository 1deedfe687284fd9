import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.gan.Gan;
import org.samegan.core.layer.NetworkEmission.NoiseInput;
import org.samegan.core.objective.Constraint;
import org.samegan.core.random.RandomStream;
import org.samegan.core.training.StepGraph;
import org.samegan.torch.device.DeviceTensor;
import org.samegan.torch.device.TorchDevice;
import org.samegan.torch.execution.ImageLayout;
import org.samegan.torch.execution.TorchPlan;

/** Both networks of a GAN on a device, and the two steps that train them on random examples. */
final class DeviceGan implements AutoCloseable {
  private static final long SEED = 42;

  /** One of the steps: what it reads, the numbers that it leaves, and how it is computed. */
  final class Step {
    final Map<String, DeviceTensor> numbers = new LinkedHashMap<>();
    private final StepGraph step;
    private final DeviceNetwork trained;
    private final Map<String, DeviceTensor> inputs = new HashMap<>();
    private final Map<String, DeviceTensor> results = new LinkedHashMap<>();
    TorchPlan plan;

    Step(StepGraph step, DeviceNetwork trained, DeviceNetwork other) {
      this.step = step;
      this.trained = trained;
      for (String name : step.graph().inputs()) {
        DeviceTensor tensor = trained.variables.get(name);
        if (tensor == null) {
          tensor = other.variables.get(name);
        }
        if (tensor == null) {
          tensor = kept(device.allocate(DataType.FLOAT, shape(name)));
          if (!name.equals(StepGraph.REAL) && step.schedules().containsKey(name)) {
            tensor.fill(step.schedules().get(name).at(0));
          }
        }
        inputs.put(name, tensor);
      }
      List<String> paths = new ArrayList<>(step.gradients().keySet());
      Collections.reverse(paths);
      paths.forEach(path -> results.put(step.gradients().get(path), trained.gradients.get(path)));
      step.statistics()
          .forEach((path, name) -> results.put(name, trained.nextStatistics.get(path)));
      step.numbers()
          .forEach(
              (number, name) -> {
                numbers.put(number, kept(device.allocate(DataType.FLOAT)));
                results.put(name, numbers.get(number));
              });
    }

    private long[] shape(String name) {
      return step.graph().getVariable(name).placeholderShape();
    }

    /** Draws what is random, and sends it to the device. */
    void draw(long index) {
      for (NoiseInput noise : step.noises()) {
        FloatBuffer values = FloatBuffer.allocate((int) inputs.get(noise.name()).length());
        noise.source().fill(RandomStream.of(SEED, noise.name(), index), values);
        send(noise.name(), values.array());
      }
      if (inputs.containsKey(StepGraph.REAL)) {
        float[] values = new float[(int) inputs.get(StepGraph.REAL).length()];
        RandomStream stream = RandomStream.of(SEED, StepGraph.REAL, index);
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) (2 * stream.nextDouble() - 1);
        }
        send(StepGraph.REAL, values);
      }
    }

    private void send(String name, float[] values) {
      DeviceTensor tensor = inputs.get(name);
      try (INDArray array = Nd4j.createFromArray(values).reshape(tensor.shape())) {
        tensor.copyFrom(array);
      }
    }

    void compile(ImageLayout layout) {
      if (plan != null) {
        plan.close();
      }
      plan = TorchPlan.compile(device, layout, step.graph(), inputs, results);
    }

    /** Computes gradients, and moves the network by them. */
    void run() {
      plan.run();
      trained.update();
    }
  }

  final DeviceNetwork generator;
  final DeviceNetwork discriminator;
  final Step discriminatorStep;
  final Step generatorStep;
  private final TorchDevice device;
  private final List<DeviceTensor> owned = new ArrayList<>();

  DeviceGan(Gan gan, int batch, TorchDevice device) {
    this.device = device;
    generator =
        new DeviceNetwork(
            device,
            gan.generatorVariables(),
            gan.recipe().generatorOptimizer(),
            new Constraint.None(),
            SEED);
    discriminator =
        new DeviceNetwork(
            device,
            gan.discriminatorVariables(),
            gan.recipe().discriminatorOptimizer(),
            gan.recipe().constraint(),
            SEED);
    discriminatorStep =
        new Step(
            StepGraph.emitDiscriminatorStep(gan, batch, DataType.FLOAT), discriminator, generator);
    generatorStep =
        new Step(
            StepGraph.emitGeneratorStep(gan, batch, DataType.FLOAT), generator, discriminator);
    draw(0);
  }

  private DeviceTensor kept(DeviceTensor tensor) {
    owned.add(tensor);
    return tensor;
  }

  void draw(long index) {
    discriminatorStep.draw(index);
    generatorStep.draw(index);
  }

  void compile(ImageLayout layout) {
    discriminatorStep.compile(layout);
    generatorStep.compile(layout);
  }

  void replaying(boolean wanted) {
    discriminatorStep.plan.replaying(wanted);
    generatorStep.plan.replaying(wanted);
  }

  @Override
  public void close() {
    if (discriminatorStep.plan != null) {
      discriminatorStep.plan.close();
      generatorStep.plan.close();
    }
    generator.close();
    discriminator.close();
    owned.forEach(DeviceTensor::close);
  }
}
