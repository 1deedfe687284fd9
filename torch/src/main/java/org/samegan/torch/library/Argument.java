package org.samegan.torch.library;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * An argument of an {@link Operator}, as the dispatcher's stack takes it: a number of 64 bits, for
 * anything larger the address of an object that the callee takes over. Tensors are named by their
 * register, a place in the array of handles that a call is made on.
 */
public sealed interface Argument {

  /** Puts it on the stack. */
  void put(Native64Slot slot, long[] registers);

  /** A place on the stack. */
  final class Native64Slot {
    private final Native64 stack;
    private final int index;

    Native64Slot(Native64 stack, int index) {
      this.stack = stack;
      this.index = index;
    }

    private void set(long value) {
      stack.set(index, value);
    }
  }

  /** The tensor in a register. */
  record Tensor(int register) implements Argument {
    @Override
    public void put(Native64Slot slot, long[] registers) {
      shareInto(slot, registers[register]);
    }

    private static void shareInto(Native64Slot slot, long handle) {
      TorchException.check(
          TorchFunctions.newTensorHandle(handle, slot.stack.address(slot.index)),
          "another handle of a tensor");
    }
  }

  /** The tensor in a register, where there might be none. */
  record SomeTensor(int register) implements Argument {
    @Override
    public void put(Native64Slot slot, long[] registers) {
      Tensor.shareInto(slot, registers[register]);
      slot.set(some(slot.stack.get(slot.index)));
    }

    /** What there might not be is passed by its address; the callee frees what malloc gave. */
    private static long some(long value) {
      long some = Native.malloc(8);
      new Pointer(some).setLong(0, value);
      return some;
    }
  }

  /** A list of tensors. */
  final class Tensors implements Argument {
    private final int[] registers;

    /** Of the tensors in these registers. */
    public Tensors(int... registers) {
      this.registers = registers.clone();
    }

    /** Where they are. */
    public int[] registers() {
      return registers.clone();
    }

    @Override
    public void put(Native64Slot slot, long[] all) {
      long list = newList(registers.length);
      for (int register : registers) {
        Tensor.shareInto(slot, all[register]);
        append(list, slot.stack.get(slot.index));
      }
      slot.set(list);
    }
  }

  /** A list of integers, or of truths as 0 and 1. */
  final class Integers implements Argument {
    private final long[] values;

    /** Of these numbers. */
    public Integers(long... values) {
      this.values = values.clone();
    }

    @Override
    public void put(Native64Slot slot, long[] registers) {
      slot.set(list());
    }

    private long list() {
      long list = newList(values.length);
      for (long value : values) {
        append(list, value);
      }
      return list;
    }
  }

  /** A list of integers where there might be none. */
  final class SomeIntegers implements Argument {
    private final Integers integers;

    /** Of these numbers. */
    public SomeIntegers(long... values) {
      integers = new Integers(values);
    }

    @Override
    public void put(Native64Slot slot, long[] registers) {
      slot.set(SomeTensor.some(integers.list()));
    }
  }

  /** A number of 64 bits. */
  record Bits(long value) implements Argument {
    @Override
    public void put(Native64Slot slot, long[] registers) {
      slot.set(value);
    }
  }

  /** Nothing, where the operator takes that. */
  Argument NONE = new Bits(0);

  /** An integer. */
  static Argument integer(long value) {
    return new Bits(value);
  }

  /** A truth. */
  static Argument truth(boolean value) {
    return new Bits(value ? 1 : 0);
  }

  /** A real number. */
  static Argument real(double value) {
    return new Bits(Double.doubleToRawLongBits(value));
  }

  /** A type of elements. */
  static Argument type(DataType type) {
    return new Bits(Handles.typeCode(type));
  }

  /** How images of (batch, channels, height, width) lie in memory. */
  static Argument memory(boolean channelsLast) {
    return new Bits(
        channelsLast ? TorchFunctions.channelsLast() : TorchFunctions.contiguousFormat());
  }

  private static long newList(int length) {
    Native64 result = Operator.RESULT.get();
    TorchException.check(TorchFunctions.newList(length, result.address()), "a list");
    return result.get(0);
  }

  private static void append(long list, long value) {
    TorchException.check(TorchFunctions.append(list, value), "to append to a list");
  }
}
