package org.samegan.torch.execution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.samegan.core.execution.Flops;
import org.samegan.core.execution.PlannedCall;
import org.samegan.torch.library.Handles;

/** What a call that has been made does, by its operator and its tensors' shapes. */
final class InstructionWork {
  private static final Set<String> VIEWS = Set.of("permute", "expand", "narrow");

  /** They give their argument back where nothing is to be changed. */
  private static final Set<String> PERHAPS_VIEWS = Set.of("reshape", "contiguous", "to");

  private static final Set<String> MOVES =
      Set.of("reshape", "contiguous", "to", "cat", "pad", "copy_", "upsample_nearest2d");
  private static final Set<String> REDUCTIONS = Set.of("sum", "mean", "amax", "avg_pool2d");

  /** From libtorch's (batch, channels, height, width). */
  private static final int[] IMAGES = {0, 2, 3, 1};

  /** From libtorch's (smaller image's channels, larger's, height, width). */
  private static final int[] WEIGHT = {2, 3, 1, 0};

  private InstructionWork() {}

  static PlannedCall describe(Instruction instruction, long[] registers, List<String> scopes) {
    int[] reads = instruction.reads();
    int[] writes = instruction.writes();
    List<List<Long>> inputs = shapes(reads, registers);
    // A copy's target is no register, and has its source's shape.
    boolean stores = instruction instanceof Instruction.Store;
    List<List<Long>> outputs = stores ? inputs : shapes(writes, registers);
    long read = bytes(reads, registers);
    long written = stores ? read : bytes(writes, registers);
    String name = instruction.name();
    if (instruction instanceof Instruction.Call call && name.startsWith("convolution")) {
      return convolution(call, scopes, inputs, outputs, read, written);
    }
    boolean view = VIEWS.contains(name) || isUnchanged(name, registers, reads[0], writes);
    return new PlannedCall(
        name,
        scopes,
        inputs,
        outputs,
        view ? 0 : read,
        view ? 0 : written,
        view ? 0 : flops(name, inputs, outputs));
  }

  private static boolean isUnchanged(String name, long[] registers, int read, int[] writes) {
    return PERHAPS_VIEWS.contains(name)
        && Handles.address(registers[read]) == Handles.address(registers[writes[0]]);
  }

  private static List<List<Long>> shapes(int[] which, long[] registers) {
    return Arrays.stream(which)
        .mapToObj(register -> PlannedCall.extents(Handles.shape(registers[register])))
        .toList();
  }

  /** What an operator is given twice is one tensor. */
  private static long bytes(int[] which, long[] registers) {
    return Arrays.stream(which)
        .distinct()
        .mapToLong(
            register ->
                elements(PlannedCall.extents(Handles.shape(registers[register])))
                    * Handles.elementBytes(registers[register]))
        .sum();
  }

  private static long elements(List<Long> shape) {
    return shape.stream().reduce(1L, (a, b) -> a * b);
  }

  private static long flops(String name, List<List<Long>> inputs, List<List<Long>> outputs) {
    if (MOVES.contains(name)) {
      return 0;
    }
    long result = elements(outputs.get(0));
    if (name.equals("mm")) {
      return Flops.product(result, inputs.get(0).get(1));
    }
    return REDUCTIONS.contains(name) ? elements(inputs.get(0)) : result;
  }

  /**
   * Forwards an operator reads images and weight; backwards the gradient of its result comes first.
   */
  private static PlannedCall convolution(
      Instruction.Call call,
      List<String> scopes,
      List<List<Long>> inputs,
      List<List<Long>> outputs,
      long read,
      long written) {
    int images = inputs.size() - 1;
    List<Long> weight = inputs.get(images);
    // After the tensors come a bias, strides, padding and dilation.
    boolean transposed = call.isTrue(inputs.size() + 4);
    boolean backward = images == 2;
    List<Long> x = inputs.get(images - 1);
    List<Long> smaller = transposed ? x : backward ? inputs.get(0) : outputs.get(0);
    long positions = elements(smaller) / weight.get(0);
    List<List<Long>> ordered = new ArrayList<>();
    for (int i = 0; i < images; i++) {
      ordered.add(inOrder(inputs.get(i), IMAGES));
    }
    ordered.add(inOrder(weight, WEIGHT));
    // Backwards the first result is an image's gradient, and the second the weight's.
    int weights = backward ? (call.isUsed(0) ? 1 : 0) : outputs.size();
    List<List<Long>> results = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      results.add(inOrder(outputs.get(i), i < weights ? IMAGES : WEIGHT));
    }
    return new PlannedCall(
        transposed ? call.name() + ", transposed" : call.name(),
        scopes,
        ordered,
        results,
        read,
        written,
        outputs.size() * Flops.convolution(positions, elements(weight)));
  }

  private static List<Long> inOrder(List<Long> shape, int[] axes) {
    return Arrays.stream(axes).mapToObj(shape::get).toList();
  }
}
