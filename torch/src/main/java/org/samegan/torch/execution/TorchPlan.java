package org.samegan.torch.execution;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.samegan.core.backend.ComputeException;
import org.samegan.core.execution.CallTimer;
import org.samegan.core.execution.CompiledGraph;
import org.samegan.core.graph.StaticShapes;
import org.samegan.torch.device.DeviceTensor;
import org.samegan.torch.device.TorchDevice;
import org.samegan.torch.library.TorchException;

/**
 * A graph compiled for fixed tensors of one device: {@link #run} reads the inputs where they are,
 * and leaves the results where they were asked for. Nothing passes through the CPU's memory. It
 * computes the same as {@link org.samegan.core.execution.Plan}, up to rounding.
 *
 * <p>On a GPU the third run is recorded and later ones replay the recording: one call for hundreds.
 * It is recorded again after another plan of the device has run for the first time, which may have
 * changed whose memory is whose. Where that fails, or isn't wanted, every run calls the operators.
 *
 * <p>A plan is not safe for concurrent use, nor are two plans of one device. It is closed to give
 * its memory back.
 */
public final class TorchPlan implements CompiledGraph {
  /** In these runs libtorch chooses algorithms, makes handles and finds the memory it needs. */
  private static final int WARM_UP_RUNS = 2;

  private final Program program;
  private final TorchDevice device;
  private boolean wantsRecording;
  private String whyNotRecorded;
  private TorchDevice.Recording recording;
  private CallTimer timer;
  private long runs;
  private boolean closed;

  private TorchPlan(Program program, TorchDevice device) {
    this.program = program;
    this.device = device;
    wantsRecording = device.isCuda();
  }

  /**
   * Compiles what is needed for the results, with the device's present precision.
   *
   * @param forms in which forms the ops are computed
   * @param graph a graph without control flow; the values of its constants, and of variables for
   *     which no tensor is given, are copied
   * @param inputs tensors for the placeholders, and for variables that plans are to share, read in
   *     place at every run
   * @param results tensors that receive variables of the graph, by the variables' names; none may
   *     share memory with an input
   * @throws IllegalArgumentException if a placeholder that is needed has no tensor, a tensor has
   *     the wrong type or shape or is on another device, or the graph has an op, or an op an
   *     argument, that can't be computed by libtorch here
   */
  public static TorchPlan compile(
      TorchDevice device,
      Forms forms,
      SameDiff graph,
      Map<String, DeviceTensor> inputs,
      Map<String, DeviceTensor> results) {
    Map<String, long[]> placeholders = new HashMap<>();
    inputs.forEach((name, tensor) -> placeholders.put(name, tensor.shape()));
    StaticShapes shapes = new StaticShapes(graph, placeholders);
    inputs.forEach((name, tensor) -> check(device, graph, name, tensor, tensor.shape()));
    results.forEach((name, tensor) -> check(device, graph, name, tensor, shapes.of(name)));
    device.use();
    Emission emission = new Emission(device, forms);
    try {
      GraphLowering lowering = new GraphLowering(graph, shapes, emission);
      inputs.forEach(
          (name, tensor) ->
              lowering.bind(
                  name, Value.tensor(emission.input(name, tensor), tensor.shape(), tensor.type())));
      lowering.lower(results);
      return new TorchPlan(emission.program(), device);
    } catch (RuntimeException e) {
      emission.discard();
      throw e;
    }
  }

  private static void check(
      TorchDevice device, SameDiff graph, String name, DeviceTensor tensor, long[] shape) {
    if (!graph.hasVariable(name)) {
      throw new IllegalArgumentException(
          "a tensor was given for '" + name + "', which the graph does not have");
    }
    DataType type = graph.getVariable(name).dataType();
    if (tensor.device() != device
        || tensor.type() != type
        || !Arrays.equals(tensor.shape(), shape)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the tensor for '%s' must be %s of shape %s on the plan's device, found %s of shape"
                  + " %s%s",
              name,
              type,
              Arrays.toString(shape),
              tensor.type(),
              Arrays.toString(tensor.shape()),
              tensor.device() == device ? "" : " on another"));
    }
  }

  /**
   * Chooses whether later runs are to be recorded and replayed, at first true on a GPU. A recording
   * that was made stays, and is used again when it is wanted again.
   */
  public void replaying(boolean wanted) {
    wantsRecording = wanted && device.isCuda() && whyNotRecorded == null;
  }

  /**
   * Computes the results from what the inputs hold then; on a GPU it may return before they are
   * there.
   *
   * @throws IllegalStateException if the plan has been closed
   * @throws ComputeException if the device can't do it, such as for want of memory
   */
  @Override
  public void run() {
    if (closed) {
      throw new IllegalStateException("the plan has been closed");
    }
    device.use();
    try {
      if (timer != null) {
        program.run(timer, device::synchronize);
      } else {
        runUntimed();
      }
    } catch (TorchException e) {
      throw device.explained(e);
    }
    runs++;
  }

  private void runUntimed() {
    if (recording != null && recording.isStale()) {
      recording.close();
      recording = null;
    }
    if (recording == null && wantsRecording && runs >= WARM_UP_RUNS) {
      record();
    }
    if (recording != null && wantsRecording) {
      recording.replay();
      return;
    }
    if (runs < WARM_UP_RUNS) {
      device.memoryMayHaveChanged();
    }
    program.run(runs == 0);
  }

  /**
   * Has all later runs timed, call by call, after one run that finds out what the calls are. On a
   * GPU runs are then no longer recorded or replayed, and every call is waited for: its time
   * includes that of launching it.
   */
  @Override
  public void time(CallTimer wanted) {
    device.use();
    try {
      wanted.calls(program.describe());
    } catch (TorchException e) {
      throw device.explained(e);
    }
    timer = wanted;
  }

  private void record() {
    try {
      recording = device.record(() -> program.run(false));
    } catch (RuntimeException e) {
      wantsRecording = false;
      whyNotRecorded = e.getMessage();
    }
  }

  /** Why runs could not be recorded, if that was tried. */
  public Optional<String> whyNotRecorded() {
    return Optional.ofNullable(whyNotRecorded);
  }

  /** The number of operators that a run calls. */
  public int length() {
    return program.length();
  }

  /** Gives the recording and the copied constants back. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      if (recording != null) {
        recording.close();
      }
      device.synchronize();
      program.close();
    }
  }
}
