import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SameDiff;
import org.samegan.core.backend.ForwardingBackend;
import org.samegan.core.execution.CompiledGraph;
import org.samegan.core.execution.Tensor;
import org.samegan.torch.TorchBackend;
import org.samegan.torch.device.TorchDevice;
import org.samegan.torch.execution.Forms;
import org.samegan.torch.execution.TorchPlan;

/**
 * A {@link TorchBackend} that tells what it compiled. A step that can't be recorded is computed
 * call by call, and a trainer doesn't say so: a time would then pass for that of CUDA graphs.
 */
final class WatchedBackend extends ForwardingBackend {
  /** Whether CUDA graphs are used where they are wanted: not after they have ended a process. */
  static final boolean MAY_RECORD = !"false".equals(System.getProperty("recorded"));

  private final List<TorchPlan> plans = new ArrayList<>();

  WatchedBackend(TorchDevice device, Forms forms, boolean records) {
    super(new TorchBackend(device, forms, records && MAY_RECORD));
  }

  /** Changes for all plans whether they are replayed from recordings. */
  void replaying(boolean wanted) {
    plans.forEach(plan -> plan.replaying(wanted && MAY_RECORD));
  }

  /** That plans could not be recorded, and why; empty if none failed. */
  String notRecorded() {
    List<String> reasons =
        plans.stream().flatMap(plan -> plan.whyNotRecorded().stream()).distinct().toList();
    return reasons.isEmpty() ? "" : ", NOT RECORDED: " + String.join("; ", reasons);
  }

  /** How many operators each plan calls. */
  List<Integer> lengths() {
    return plans.stream().map(TorchPlan::length).toList();
  }

  @Override
  public CompiledGraph compile(
      SameDiff graph, Map<String, Tensor> inputs, Map<String, Tensor> results) {
    CompiledGraph plan = super.compile(graph, inputs, results);
    plans.add((TorchPlan) plan);
    return plan;
  }
}
