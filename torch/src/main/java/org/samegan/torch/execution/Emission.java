package org.samegan.torch.execution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.torch.device.DeviceTensor;
import org.samegan.torch.device.Precision;
import org.samegan.torch.device.TorchDevice;
import org.samegan.torch.library.Argument;
import org.samegan.torch.library.Handles;
import org.samegan.torch.library.Operator;
import org.samegan.torch.library.Padding;

/**
 * The instructions of a program while rules emit them. Views, copies in another layout and
 * constants are made once, however often they are asked for.
 */
final class Emission {
  private final TorchDevice device;
  private final Forms forms;
  private final List<Instruction> instructions = new ArrayList<>();
  private final List<Long> registers = new ArrayList<>();
  private final List<Long> constants = new ArrayList<>();
  private final Map<String, Integer> shared = new HashMap<>();
  private final Map<Integer, String> names = new HashMap<>();
  private final Map<Integer, Program.Expected> expected = new HashMap<>();

  Emission(TorchDevice device, Forms forms) {
    this.device = device;
    this.forms = forms;
  }

  /** The forms that were chosen. */
  Forms forms() {
    return forms;
  }

  /** A register that holds a tensor of the caller's, for a variable of this name. */
  int input(String name, DeviceTensor tensor) {
    int input = register(tensor.handle());
    names.put(input, name);
    return input;
  }

  private int register(long handle) {
    registers.add(handle);
    return registers.size() - 1;
  }

  private int own(long handle) {
    constants.add(handle);
    return register(handle);
  }

  /** What an emission gives, emitted once for each key. */
  int once(String key, IntSupplier emission) {
    Integer known = shared.get(key);
    if (known == null) {
      known = emission.getAsInt();
      shared.put(key, known);
    }
    return known;
  }

  /** Emits a call with one result. */
  int call(String operator, Argument... arguments) {
    return call(operator, new boolean[] {true}, arguments)[0];
  }

  /**
   * Emits a call.
   *
   * @param wanted for every result, whether it is used; the register of one that is not is -1
   */
  int[] call(String operator, boolean[] wanted, Argument... arguments) {
    int[] outputs = new int[wanted.length];
    for (int i = 0; i < outputs.length; i++) {
      outputs[i] = wanted[i] ? register(0) : -1;
    }
    int[] reads = Arrays.stream(arguments).flatMapToInt(Emission::registersOf).toArray();
    Operator call = new Operator(operator, wanted.length, List.of(arguments));
    instructions.add(new Instruction.Call(call, reads, outputs));
    return outputs;
  }

  private static IntStream registersOf(Argument argument) {
    if (argument instanceof Argument.Tensor tensor) {
      return IntStream.of(tensor.register());
    }
    if (argument instanceof Argument.SomeTensor tensor) {
      return IntStream.of(tensor.register());
    }
    return argument instanceof Argument.Tensors tensors
        ? Arrays.stream(tensors.registers())
        : IntStream.empty();
  }

  /** Emits a call whose arguments are all tensors, with one result. */
  int apply(String operator, int... tensors) {
    return call(
        operator, Arrays.stream(tensors).mapToObj(Argument.Tensor::new).toArray(Argument[]::new));
  }

  /** Emits a - factor b. */
  int subtract(int a, int b, double factor) {
    int y = register(0);
    instructions.add(new Instruction.Subtraction(y, a, b, factor));
    return y;
  }

  /** Emits a + b. */
  int add(int a, int b) {
    return subtract(a, b, -1);
  }

  /** Emits zeros around a tensor; a pair of numbers for every axis. */
  int pad(int x, int[][] margins) {
    int y = register(0);
    instructions.add(new Instruction.Pad(y, x, new Padding(margins)));
    return y;
  }

  /** Emits a copy to where the caller wants a value. */
  void store(int x, DeviceTensor target) {
    instructions.add(new Instruction.Store(x, target.handle()));
  }

  /** Notes what a variable of the graph should turn out to be. */
  void expect(int register, String variable, long[] shape) {
    expected.put(register, new Program.Expected(variable, Arrays.stream(shape).boxed().toList()));
  }

  /**
   * A number as an operand of a sum, difference, product or quotient: it stays on the CPU, and
   * kernels take it as an argument.
   */
  int operand(DataType type, double number) {
    return once("operand " + type + number, () -> own(onTheCpu(type, number)));
  }

  /** A number in the device's memory. */
  int number(DataType type, double number) {
    return once("number " + type + number, () -> own(onTheDevice(type, number)));
  }

  private static long onTheCpu(DataType type, double number) {
    long handle = Handles.empty(false, 0, type);
    Handles.fill(handle, number);
    return handle;
  }

  private long onTheDevice(DataType type, double number) {
    try (DeviceTensor tensor = device.allocate(type)) {
      tensor.fill(number);
      return Handles.view(tensor.handle(), 0);
    }
  }

  /** A copy of an array in the device's memory. */
  int constant(INDArray array) {
    INDArray rowMajor = array.dup('c');
    try (DeviceTensor tensor = device.copyOf(rowMajor)) {
      return own(Handles.view(tensor.handle(), 0, tensor.shape()));
    } finally {
      rowMajor.close();
    }
  }

  /** The tensor of a value; a number becomes one that is the same everywhere. */
  int tensor(Value value) {
    return value.isNumber()
        ? expand(number(value.type(), value.number()), value.shape())
        : value.register();
  }

  /** Emits a view that repeats a tensor along axes of extent 1 or in front of its own. */
  int expand(int x, long[] shape) {
    return once(
        "expand " + x + Arrays.toString(shape),
        () ->
            call(
                "aten::expand",
                new Argument.Tensor(x),
                new Argument.Integers(shape),
                Argument.truth(false)));
  }

  /** Emits a view with the axes in another order. */
  int permute(int x, long... axes) {
    int y =
        once(
            "permute " + x + Arrays.toString(axes),
            () -> call("aten::permute", new Argument.Tensor(x), new Argument.Integers(axes)));
    long[] inverse = new long[axes.length];
    for (int i = 0; i < axes.length; i++) {
      inverse[(int) axes[i]] = i;
    }
    shared.putIfAbsent("permute " + y + Arrays.toString(inverse), x);
    return y;
  }

  /** Emits the same values in another shape, a copy only where they lie otherwise. */
  int reshape(int x, long[] shape) {
    return call("aten::reshape", new Argument.Tensor(x), new Argument.Integers(shape));
  }

  /** Emits a conversion. */
  int cast(int x, DataType type) {
    return once(
        "cast " + x + type,
        () ->
            call(
                "aten::to.dtype",
                new Argument.Tensor(x),
                Argument.type(type),
                Argument.truth(false),
                Argument.truth(false),
                Argument.NONE));
  }

  /** Images of (batch, height, width, channels) as operators take them: channels second. */
  int images(int x, DataType type) {
    return laidOut(factor(permute(x, 0, 3, 1, 2), type), type);
  }

  /** What operators return as images, in SameGAN's order of axes. */
  int fromImages(int x, DataType type) {
    return permute(product(x, type), 0, 2, 3, 1);
  }

  /**
   * A weight of (height, width, larger's channels, smaller's channels) as operators take it. Where
   * that is another order in memory it is the transpose of a matrix, which libtorch copies twice as
   * fast as the same with four axes.
   */
  int weight(int w, long[] shape, DataType type) {
    if (!isChannelsLast(type)) {
      return laidOut(factor(permute(w, 3, 2, 0, 1), type), type);
    }
    return once(
        "weight " + w,
        () -> {
          int matrix = reshape(w, new long[] {shape[0] * shape[1] * shape[2], shape[3]});
          Argument rowMajor = Argument.memory(false);
          int transposed =
              call("aten::contiguous", new Argument.Tensor(permute(matrix, 1, 0)), rowMajor);
          long[] smallerFirst = {shape[3], shape[0], shape[1], shape[2]};
          return factor(permute(reshape(transposed, smallerFirst), 0, 3, 1, 2), type);
        });
  }

  /** The gradient at a weight, in SameGAN's order of axes. */
  int fromWeight(int w, DataType type) {
    return permute(product(w, type), 2, 3, 1, 0);
  }

  /** The CPU's kernels for doubles work in the other layout alone. */
  private int laidOut(int x, DataType type) {
    Argument layout = Argument.memory(isChannelsLast(type));
    return once("laid out " + x, () -> call("aten::contiguous", new Argument.Tensor(x), layout));
  }

  private boolean isChannelsLast(DataType type) {
    return forms.layout() == ImageLayout.CHANNELS_LAST && type != DataType.DOUBLE;
  }

  /** An operand of a convolution or a product of matrices, as exact as is wanted. */
  int factor(int x, DataType type) {
    return rounds(type) ? cast(x, DataType.BFLOAT16) : x;
  }

  /** The result of one, in the graph's type. */
  int product(int y, DataType type) {
    return rounds(type) ? cast(y, type) : y;
  }

  private boolean rounds(DataType type) {
    return device.precision() == Precision.BF16 && type == DataType.FLOAT;
  }

  /** Everything that has been emitted. */
  Program program() {
    return new Program(
        instructions,
        registers.stream().mapToLong(Long::longValue).toArray(),
        constants,
        expected,
        names);
  }

  /** Gives back what was made for a program that is not to be. */
  void discard() {
    constants.forEach(Handles::free);
  }
}
