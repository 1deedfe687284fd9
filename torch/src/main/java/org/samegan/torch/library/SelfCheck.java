package org.samegan.torch.library;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A few computations with known results, one for each way in which arguments are passed: a library
 * that takes them otherwise is found out before it crashes or computes nonsense in a run.
 */
final class SelfCheck {
  private static final int A = 0;
  private static final int B = 1;
  private static final int C = 2;

  private SelfCheck() {}

  /**
   * Runs them on the CPU.
   *
   * @throws TorchException if one fails or has another result
   */
  static void run() {
    Native64 a = doubles(1, 2, 3, 4);
    Native64 b = doubles(10, 20, 30, 40);
    long[] registers = new long[3];
    registers[A] = Handles.fromMemory(a.address(), DataType.DOUBLE, 2, 2);
    registers[B] = Handles.fromMemory(b.address(), DataType.DOUBLE, 2, 2);
    try {
      registers[C] = Handles.subtract(registers[A], registers[B], -1);
      expect("a sum", registers, 11, 22, 33, 44);
      registers[C] = new Padding(new int[][] {{0, 0}, {1, 0}}).call(registers[A]);
      expect("padding", registers, 0, 1, 2, 0, 3, 4);
      call("aten::mm", registers, new Argument.Tensor(A), new Argument.Tensor(B));
      expect("a product of matrices", registers, 70, 100, 150, 220);
      call(
          "aten::sum.dim_IntList",
          registers,
          new Argument.Tensor(A),
          new Argument.SomeIntegers(0),
          Argument.truth(true),
          Argument.NONE);
      expect("sums of columns", registers, 4, 6);
      call("aten::cat", registers, new Argument.Tensors(A, B), Argument.integer(1));
      expect("a concatenation", registers, 1, 2, 10, 20, 3, 4, 30, 40);
      call("aten::permute", registers, new Argument.Tensor(A), new Argument.Integers(1, 0));
      expect("a transposition", registers, 1, 3, 2, 4);
      call(
          "aten::to.dtype",
          registers,
          new Argument.Tensor(A),
          Argument.type(DataType.DOUBLE),
          Argument.truth(false),
          Argument.truth(true),
          Argument.NONE);
      expect("a copy of a given type", registers, 1, 2, 3, 4);
    } finally {
      Handles.free(registers[A]);
      Handles.free(registers[B]);
    }
  }

  private static Native64 doubles(double... values) {
    return new Native64(Arrays.stream(values).mapToLong(Double::doubleToRawLongBits).toArray());
  }

  private static void call(String operator, long[] registers, Argument... arguments) {
    new Operator(operator, 1, List.of(arguments)).call(registers, C);
  }

  private static void expect(String what, long[] registers, double... expected) {
    long[] shape = Handles.shape(registers[C]);
    Native64 memory = Native64.ofLength(expected.length);
    long count = Arrays.stream(shape).reduce(1, (x, y) -> x * y);
    if (count == expected.length) {
      long copy = Handles.fromMemory(memory.address(), DataType.DOUBLE, shape);
      Handles.copy(copy, registers[C]);
      Handles.free(copy);
    }
    Handles.free(registers[C]);
    double[] found = new double[expected.length];
    for (int i = 0; i < found.length; i++) {
      found[i] = Double.longBitsToDouble(memory.get(i));
    }
    if (count != expected.length || !Arrays.equals(found, expected)) {
      throw new TorchException(
          String.format(
              Locale.ROOT,
              "this libtorch computes %s as %s of shape %s, expected %s; SameGAN knows PyTorch 2.10"
                  + " and later, use one of those",
              what,
              Arrays.toString(found),
              Arrays.toString(shape),
              Arrays.toString(expected)));
    }
  }
}
