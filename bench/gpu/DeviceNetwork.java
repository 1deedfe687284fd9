import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.layer.Variable;
import org.samegan.core.layer.Variable.Role;
import org.samegan.core.objective.Constraint;
import org.samegan.core.optimizer.Optimizer;
import org.samegan.core.random.RandomStream;
import org.samegan.torch.device.DeviceTensor;
import org.samegan.torch.device.TorchDevice;
import org.samegan.torch.optimizer.DeviceUpdate;

/** A network's parameters, gradients, statistics and moments as flat vectors on a device. */
final class DeviceNetwork implements AutoCloseable {
  final Map<String, DeviceTensor> variables = new HashMap<>();
  final Map<String, DeviceTensor> gradients = new HashMap<>();
  final Map<String, DeviceTensor> nextStatistics = new HashMap<>();
  final DeviceTensor parameters;
  private final TorchDevice device;
  private final DeviceTensor statistics;
  private final DeviceTensor next;
  private final List<DeviceTensor> owned = new ArrayList<>();
  private final DeviceUpdate update;
  private final DeviceUpdate constraint;
  private long updates;

  DeviceNetwork(
      TorchDevice device,
      List<Variable> all,
      Optimizer optimizer,
      Constraint bound,
      long seed) {
    this.device = device;
    parameters = vector(all, Role.PARAMETER);
    DeviceTensor gradient = vector(all, Role.PARAMETER);
    statistics = vector(all, Role.STATISTIC);
    next = vector(all, Role.STATISTIC);
    views(all, Role.PARAMETER, parameters, variables);
    views(all, Role.PARAMETER, gradient, gradients);
    views(all, Role.STATISTIC, statistics, variables);
    views(all, Role.STATISTIC, next, nextStatistics);
    for (Variable variable : all) {
      FloatBuffer values = FloatBuffer.allocate(variable.shape().elements());
      variable.initial().fill(RandomStream.of(seed, "initial/" + variable.name(), 0), values);
      DeviceTensor tensor = variables.get(variable.name());
      try (INDArray array = Nd4j.createFromArray(values.array()).reshape(tensor.shape())) {
        tensor.copyFrom(array);
      }
    }
    List<DeviceTensor> state = new ArrayList<>();
    optimizer.stateNames().forEach(name -> state.add(vector(all, Role.PARAMETER)));
    update = DeviceUpdate.of(optimizer, parameters, gradient, state);
    constraint = DeviceUpdate.constraining(bound, parameters);
  }

  private DeviceTensor vector(List<Variable> all, Role role) {
    long length =
        all.stream()
            .filter(variable -> variable.role() == role)
            .mapToLong(variable -> variable.shape().elements())
            .sum();
    return kept(device.allocate(DataType.FLOAT, Math.max(1, length)));
  }

  private void views(
      List<Variable> all, Role role, DeviceTensor vector, Map<String, DeviceTensor> views) {
    long offset = 0;
    for (Variable variable : all) {
      if (variable.role() == role) {
        long[] shape =
            variable.shape().dimensions().stream().mapToLong(Integer::longValue).toArray();
        views.put(variable.name(), kept(vector.view(offset, shape)));
        offset += variable.shape().elements();
      }
    }
  }

  private DeviceTensor kept(DeviceTensor tensor) {
    owned.add(tensor);
    return tensor;
  }

  /** Moves the parameters, and takes the next statistics over. */
  void update() {
    updates++;
    update.apply(updates, updates - 1);
    constraint.apply(updates, updates - 1);
    statistics.copyFrom(next);
  }

  @Override
  public void close() {
    update.close();
    constraint.close();
    owned.forEach(DeviceTensor::close);
  }
}
