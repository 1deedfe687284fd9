package org.samegan.torch.execution;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.execution.Plan;
import org.samegan.core.graph.StaticShapes;
import org.samegan.torch.TestLibrary;
import org.samegan.torch.device.DeviceTensor;
import org.samegan.torch.device.TorchDevice;

/** Runs a graph by core's plan on ND4J and by libtorch, on the same inputs. */
final class BothPlans {
  private BothPlans() {}

  /** The results of both, by variable. */
  record Results(Map<String, INDArray> reference, Map<String, INDArray> torch) {
    /** The largest norm of a difference relative to the norm of its reference. */
    double worst() {
      double worst = 0;
      for (String name : reference.keySet()) {
        worst = Math.max(worst, error(name));
      }
      return worst;
    }

    double error(String name) {
      INDArray expected = reference.get(name).castTo(DataType.DOUBLE);
      INDArray found = torch.get(name).castTo(DataType.DOUBLE);
      double norm = expected.norm2Number().doubleValue();
      double difference = found.sub(expected).norm2Number().doubleValue();
      return difference == 0 ? 0 : difference / Math.max(norm, 1e-3);
    }

    String report() {
      StringBuilder report = new StringBuilder();
      reference.keySet().forEach(name -> report.append(name + " " + error(name) + "\n"));
      return report.toString();
    }
  }

  static Results run(
      SameDiff graph, Map<String, INDArray> inputs, List<String> wanted, Forms forms) {
    TorchDevice device = TestLibrary.cpu();
    Map<String, long[]> placeholders = new LinkedHashMap<>();
    inputs.forEach((name, array) -> placeholders.put(name, array.shape()));
    StaticShapes shapes = new StaticShapes(graph, placeholders);
    Map<String, INDArray> expected = new LinkedHashMap<>();
    Map<String, DeviceTensor> given = new LinkedHashMap<>();
    Map<String, DeviceTensor> found = new LinkedHashMap<>();
    inputs.forEach((name, array) -> given.put(name, device.copyOf(array)));
    for (String name : wanted) {
      DataType type = graph.getVariable(name).dataType();
      expected.put(name, Nd4j.zeros(type, shapes.of(name)));
      found.put(name, device.allocate(type, shapes.of(name)));
    }
    Map<String, INDArray> results = new LinkedHashMap<>();
    try (Plan plan = Plan.compile(graph, inputs, expected);
        TorchPlan torch = TorchPlan.compile(device, forms, graph, given, found)) {
      plan.run();
      torch.run();
      torch.run();
      found.forEach((name, tensor) -> results.put(name, tensor.toArray()));
    } finally {
      given.values().forEach(DeviceTensor::close);
      found.values().forEach(DeviceTensor::close);
    }
    return new Results(expected, results);
  }
}
