package org.samegan.torch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.backend.Backend;
import org.samegan.core.backend.Norm;
import org.samegan.core.execution.CompiledGraph;
import org.samegan.core.execution.Tensor;
import org.samegan.core.objective.Constraint;
import org.samegan.core.optimizer.MovingAverage;
import org.samegan.core.optimizer.Optimizer;
import org.samegan.torch.device.DeviceTensor;
import org.samegan.torch.device.TorchDevice;
import org.samegan.torch.execution.Forms;
import org.samegan.torch.execution.TorchPlan;
import org.samegan.torch.optimizer.DeviceUpdate;

/**
 * Computes with libtorch, on the CPU or a GPU. Parameters, gradients, the optimizers' state and
 * averages stay in the device's memory; a step sends its batch and noise there and takes back a few
 * numbers.
 */
public final class TorchBackend implements Backend {
  private final TorchDevice device;
  private final Forms forms;
  private final boolean records;

  /**
   * On a device.
   *
   * @param device stays the caller's
   * @param forms in which forms graphs are computed, such as {@link Forms#of the fastest known}
   * @param records whether steps on a GPU are recorded once and replayed (CUDA graphs)
   */
  public TorchBackend(TorchDevice device, Forms forms, boolean records) {
    this.device = device;
    this.forms = forms;
    this.records = records;
  }

  @Override
  public String description() {
    return "libtorch, " + device.describe();
  }

  @Override
  public Tensor zeros(DataType type, long... shape) {
    return new TorchTensor(device.allocate(type, shape));
  }

  @Override
  public Tensor of(INDArray array) {
    return new TorchTensor(device.copyOf(array));
  }

  @Override
  public CompiledGraph compile(
      SameDiff graph, Map<String, Tensor> inputs, Map<String, Tensor> results) {
    TorchPlan plan = TorchPlan.compile(device, forms, graph, onDevice(inputs), onDevice(results));
    plan.replaying(records);
    return plan;
  }

  @Override
  public Optimizer.Update update(
      Optimizer optimizer,
      Constraint constraint,
      Tensor parameters,
      Tensor gradient,
      List<Tensor> state) {
    DeviceTensor vector = onDevice(parameters);
    DeviceUpdate moving =
        DeviceUpdate.of(
            optimizer,
            vector,
            onDevice(gradient),
            state.stream().map(TorchBackend::onDevice).toList());
    return new InTurn(List.of(moving, DeviceUpdate.constraining(constraint, vector)));
  }

  @Override
  public Optimizer.Update average(
      MovingAverage average, Tensor values, Tensor averaged, Tensor scratch) {
    return DeviceUpdate.averaging(average, onDevice(values), onDevice(averaged));
  }

  @Override
  public Norm norm(Tensor vector) {
    return new TorchNorm(onDevice(vector));
  }

  static DeviceTensor onDevice(Tensor tensor) {
    return ((TorchTensor) tensor).onDevice();
  }

  private static Map<String, DeviceTensor> onDevice(Map<String, Tensor> tensors) {
    // In order: a plan computes its results in theirs.
    Map<String, DeviceTensor> found = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> found.put(name, onDevice(tensor)));
    return found;
  }

  /** Updates one after the other. */
  private record InTurn(List<Optimizer.Update> parts) implements Optimizer.Update {
    @Override
    public void apply(long count, long step) {
      parts.forEach(part -> part.apply(count, step));
    }

    @Override
    public void close() {
      parts.forEach(Optimizer.Update::close);
    }
  }
}
