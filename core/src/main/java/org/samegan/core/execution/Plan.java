package org.samegan.core.execution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.graph.StaticShapes;

/**
 * A graph compiled for fixed arrays: {@link #run} reads the inputs where they are, and leaves the
 * results where they were asked for, allocating nothing. SameDiff's own session gives the same
 * numbers, up to rounding, and is the reference.
 *
 * <p>A plan is not safe for concurrent use. It is closed to give its memory back.
 */
public final class Plan implements CompiledGraph {
  private final List<NativeCall> calls;
  private final List<PlannedCall> described;
  private final List<INDArray> arenas;
  private final List<INDArray> constants;
  private CallTimer timer;
  private boolean closed;

  private Plan(
      List<NativeCall> calls,
      List<PlannedCall> described,
      List<INDArray> arenas,
      List<INDArray> constants) {
    this.calls = calls;
    this.described = described;
    this.arenas = arenas;
    this.constants = constants;
  }

  /**
   * Compiles what is needed for the results.
   *
   * @param graph a graph without control flow; the values of its constants, and of variables for
   *     which no array is given, are copied
   * @param inputs arrays for the placeholders, and for variables that plans are to share
   *     (row-major, of the placeholders' and variables' types), read in place at every run
   * @param results arrays that receive variables of the graph (row-major, of the variables'
   *     shapes), by the variables' names; none may share memory with an input
   * @throws IllegalArgumentException if a placeholder that is needed has no array, or an array has
   *     the wrong type, shape or order
   */
  public static Plan compile(
      SameDiff graph, Map<String, INDArray> inputs, Map<String, INDArray> results) {
    Map<String, long[]> placeholders = new HashMap<>();
    inputs.forEach((name, array) -> placeholders.put(name, array.shape()));
    StaticShapes shapes = new StaticShapes(graph, placeholders);
    inputs.forEach((name, array) -> check(graph, name, array, array.shape()));
    results.forEach((name, array) -> check(graph, name, array, shapes.of(name)));

    Lowering lowering = new Lowering(graph, shapes, inputs, results.keySet());
    try {
      lowering.lower();
      results.forEach(
          (name, array) -> {
            Value value = lowering.value(name);
            if (value.isBound()) {
              lowering.copy(value, array);
            } else {
              value.bindTo(array);
            }
          });
      return bind(lowering.kernels());
    } catch (RuntimeException e) {
      lowering.kernels().ownArrays().forEach(INDArray::close);
      throw e;
    }
  }

  private static Plan bind(KernelList list) {
    List<Kernel> kernels = list.kernels();
    MemoryPlan memory = new MemoryPlan(kernels);
    Map<DataType, INDArray> arenas = new HashMap<>();
    memory
        .sizes()
        .forEach(
            (type, bytes) ->
                arenas.put(type, Nd4j.createUninitialized(type, bytes / type.width())));
    Map<Value, INDArray> arrays = new HashMap<>();
    List<NativeCall> calls = new ArrayList<>();
    for (Kernel kernel : kernels) {
      calls.add(
          kernel.on(
              arrays(kernel.inputs(), arrays, memory, arenas),
              arrays(kernel.outputs(), arrays, memory, arenas)));
    }
    return new Plan(calls, list.described(), List.copyOf(arenas.values()), list.ownArrays());
  }

  /** One array object for each value, however often it is used. */
  private static List<INDArray> arrays(
      List<Value> values,
      Map<Value, INDArray> made,
      MemoryPlan memory,
      Map<DataType, INDArray> arenas) {
    return values.stream()
        .map(value -> made.computeIfAbsent(value, v -> array(v, memory, arenas)))
        .toList();
  }

  private static INDArray array(Value value, MemoryPlan memory, Map<DataType, INDArray> arenas) {
    if (value.isBound()) {
      return value.boundArray();
    }
    INDArray arena = arenas.get(value.type());
    long[] strides = Nd4j.getStrides(value.shape(), 'c');
    long offset = memory.offset(value) / value.type().width();
    return Nd4j.create(arena.data(), value.shape(), strides, offset, 'c');
  }

  private static void check(SameDiff graph, String name, INDArray array, long[] shape) {
    if (!graph.hasVariable(name)) {
      throw new IllegalArgumentException(
          "an array was given for '" + name + "', which the graph does not have");
    }
    DataType type = graph.getVariable(name).dataType();
    boolean rowMajor = isRowMajor(array);
    if (array.dataType() != type || !Arrays.equals(array.shape(), shape) || !rowMajor) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the array for '%s' must be row-major %s of shape %s, found %s%s of shape %s",
              name,
              type,
              Arrays.toString(shape),
              rowMajor ? "" : "not row-major ",
              array.dataType(),
              Arrays.toString(array.shape())));
    }
  }

  /** The stride along an axis of extent 1 is never used, and reshaping leaves it at anything. */
  private static boolean isRowMajor(INDArray array) {
    long[] strides = Nd4j.getStrides(array.shape(), 'c');
    boolean rowMajor = array.ordering() == 'c';
    for (int axis = 0; axis < array.rank(); axis++) {
      rowMajor &= array.size(axis) == 1 || array.stride(axis) == strides[axis];
    }
    return rowMajor;
  }

  @Override
  public void run() {
    if (closed) {
      throw new IllegalStateException("the plan has been closed");
    }
    if (timer != null) {
      runTimed();
      return;
    }
    for (NativeCall call : calls) {
      call.run();
    }
  }

  private void runTimed() {
    long begin = System.nanoTime();
    for (int i = 0; i < calls.size(); i++) {
      long start = System.nanoTime();
      calls.get(i).run();
      timer.took(i, start, System.nanoTime());
    }
    timer.ran(begin, System.nanoTime());
  }

  @Override
  public void time(CallTimer wanted) {
    wanted.calls(described);
    timer = wanted;
  }

  /** The memory that the plan holds for intermediate results, in bytes. */
  public long workingMemory() {
    return arenas.stream().mapToLong(arena -> arena.length() * arena.dataType().width()).sum();
  }

  /** Gives back the memory of intermediate results and of the copied constants. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      calls.forEach(NativeCall::close);
      calls.clear();
      arenas.forEach(INDArray::close);
      constants.forEach(INDArray::close);
    }
  }
}
