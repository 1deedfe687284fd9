import java.util.ArrayList;
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
import org.samegan.torch.TorchBackend;
import org.samegan.torch.device.TorchDevice;
import org.samegan.torch.execution.Forms;
import org.samegan.torch.execution.TorchPlan;

/**
 * A {@link TorchBackend} that tells what it compiled. A step that can't be recorded is computed
 * call by call, and a trainer doesn't say so: a time would then pass for that of CUDA graphs.
 */
final class WatchedBackend implements Backend {
  /** Whether CUDA graphs are used where they are wanted: not after they have ended a process. */
  static final boolean MAY_RECORD = !"false".equals(System.getProperty("recorded"));

  private final TorchBackend backend;
  private final List<TorchPlan> plans = new ArrayList<>();

  WatchedBackend(TorchDevice device, Forms forms, boolean records) {
    backend = new TorchBackend(device, forms, records && MAY_RECORD);
  }

  /** Changes for all plans whether they are replayed from recordings. */
  void replaying(boolean wanted) {
    plans.forEach(plan -> plan.replaying(wanted && MAY_RECORD));
  }

  /** That plans that should be recorded by now are not, and why; empty if all are. */
  String notRecorded() {
    List<String> reasons =
        plans.stream()
            .filter(plan -> !plan.isRecorded())
            .map(plan -> plan.whyNotRecorded().orElse("no reason given"))
            .distinct()
            .toList();
    return reasons.isEmpty() ? "" : ", NOT RECORDED: " + String.join("; ", reasons);
  }

  /** How many operators each plan calls. */
  List<Integer> lengths() {
    return plans.stream().map(TorchPlan::length).toList();
  }

  @Override
  public String description() {
    return backend.description();
  }

  @Override
  public Tensor zeros(DataType type, long... shape) {
    return backend.zeros(type, shape);
  }

  @Override
  public Tensor of(INDArray array) {
    return backend.of(array);
  }

  @Override
  public CompiledGraph compile(
      SameDiff graph, Map<String, Tensor> inputs, Map<String, Tensor> results) {
    CompiledGraph plan = backend.compile(graph, inputs, results);
    plans.add((TorchPlan) plan);
    return plan;
  }

  @Override
  public Optimizer.Update update(
      Optimizer optimizer,
      Constraint constraint,
      Tensor parameters,
      Tensor gradient,
      List<Tensor> state) {
    return backend.update(optimizer, constraint, parameters, gradient, state);
  }

  @Override
  public Optimizer.Update average(
      MovingAverage average, Tensor values, Tensor averaged, Tensor scratch) {
    return backend.average(average, values, averaged, scratch);
  }

  @Override
  public Norm norm(Tensor vector) {
    return backend.norm(vector);
  }
}
