package org.samegan.torch.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.objective.Constraint;
import org.samegan.core.optimizer.Adam;
import org.samegan.core.optimizer.MovingAverage;
import org.samegan.core.optimizer.Optimizer;
import org.samegan.core.optimizer.RmsProp;
import org.samegan.core.optimizer.Sgd;
import org.samegan.core.schedule.Schedule;
import org.samegan.torch.TestLibrary;
import org.samegan.torch.device.DeviceTensor;
import org.samegan.torch.device.TorchDevice;
import org.samegan.torch.library.Handles;

/** Updates on a device against the formulas in double precision, written out here. */
class DeviceUpdateTest {
  private static final int LENGTH = 37;
  private static final int UPDATES = 6;

  private final Random random = new Random(8);

  static List<Optimizer> optimizers() {
    return List.of(
        new Adam(2e-3, 0.5, 0.999),
        new Adam(Schedule.constant(1e-2), 0, Schedule.constant(0.9), 1e-4),
        new RmsProp(1e-3),
        new Sgd(1e-2, 0.9));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void followTheFormula(Optimizer optimizer) {
    TorchDevice device = TestLibrary.cpu();
    long handles = Handles.live();
    double[] expected = gaussian();
    double[][] state = new double[2][LENGTH];
    INDArray host = Nd4j.createFromArray(expected.clone());
    try (DeviceTensor parameters = device.copyOf(host);
        DeviceTensor gradient = device.allocate(DataType.DOUBLE, LENGTH)) {
      List<DeviceTensor> states = new ArrayList<>();
      optimizer.stateNames().forEach(s -> states.add(device.allocate(DataType.DOUBLE, LENGTH)));
      try (DeviceUpdate update = DeviceUpdate.of(optimizer, parameters, gradient, states)) {
        for (int count = 1; count <= UPDATES; count++) {
          double[] g = gaussian();
          gradient.copyFrom(Nd4j.createFromArray(g));
          update.apply(count, count - 1L);
          reference(optimizer, count, expected, g, state);
        }
      }
      parameters.copyTo(host);
      states.forEach(DeviceTensor::close);
    }
    for (int i = 0; i < LENGTH; i++) {
      assertThat(host.getDouble(i)).isCloseTo(expected[i], within(1e-12));
    }
    assertThat(Handles.live()).isEqualTo(handles);
  }

  private static void reference(
      Optimizer optimizer, int count, double[] p, double[] g, double[][] state) {
    for (int i = 0; i < LENGTH; i++) {
      double[] a = state[0];
      double[] b = state[1];
      if (optimizer instanceof Adam adam) {
        double beta2 = adam.beta2().at(0);
        a[i] = adam.beta1() * a[i] + (1 - adam.beta1()) * g[i];
        b[i] = beta2 * b[i] + (1 - beta2) * g[i] * g[i];
        double mean = a[i] / (1 - Math.pow(adam.beta1(), count));
        double square = b[i] / (1 - Math.pow(beta2, count));
        p[i] -= adam.learningRate().at(0) * mean / (Math.sqrt(square) + adam.epsilon());
      } else if (optimizer instanceof RmsProp rms) {
        a[i] = rms.decay() * a[i] + (1 - rms.decay()) * g[i] * g[i];
        p[i] -= rms.learningRate().at(0) * g[i] / (Math.sqrt(a[i]) + rms.epsilon());
      } else if (optimizer instanceof Sgd sgd) {
        a[i] = sgd.momentum() * a[i] + g[i];
        p[i] -= sgd.learningRate().at(0) * a[i];
      }
    }
  }

  @Test
  void clippingPutsLargeParametersToTheBound() {
    TorchDevice device = TestLibrary.cpu();
    double[] values = gaussian();
    try (DeviceTensor parameters = device.copyOf(Nd4j.createFromArray(values));
        DeviceUpdate clip =
            DeviceUpdate.constraining(new Constraint.WeightClipping(0.5), parameters)) {
      clip.apply(1, 0);
      INDArray clipped = parameters.toArray();
      for (int i = 0; i < LENGTH; i++) {
        assertThat(clipped.getDouble(i)).isEqualTo(Math.max(-0.5, Math.min(0.5, values[i])));
      }
    }
  }

  @Test
  void anAverageFollowsByItsDecay() {
    TorchDevice device = TestLibrary.cpu();
    MovingAverage average = new MovingAverage(0.999);
    double[] start = gaussian();
    double[] values = gaussian();
    double decay = average.decayAt(3);
    try (DeviceTensor present = device.copyOf(Nd4j.createFromArray(values));
        DeviceTensor averages = device.copyOf(Nd4j.createFromArray(start));
        DeviceUpdate follow = DeviceUpdate.averaging(average, present, averages)) {
      follow.apply(3, 2);
      INDArray found = averages.toArray();
      for (int i = 0; i < LENGTH; i++) {
        double expected = decay * start[i] + (1 - decay) * values[i];
        assertThat(found.getDouble(i)).isCloseTo(expected, within(1e-14));
      }
    }
  }

  private double[] gaussian() {
    return random.doubles(LENGTH, -1, 1).map(x -> 2 * x * x * x + 0.1).toArray();
  }
}
