package org.samegan.torch.execution;

import java.util.Arrays;
import org.samegan.torch.library.Argument;
import org.samegan.torch.library.Handles;
import org.samegan.torch.library.Operator;
import org.samegan.torch.library.Padding;

/** A call on tensors in registers. */
sealed interface Instruction {
  /** The operator's name, without namespace and overload. */
  String name();

  /** The registers that it reads. */
  int[] reads();

  /** The registers that it fills, each with a new handle. */
  int[] writes();

  /** Makes the call. */
  void run(long[] registers);

  /** An operator's. */
  final class Call implements Instruction {
    private final Operator operator;
    private final int[] reads;
    private final int[] outputs;

    /**
     * Of an operator.
     *
     * @param outputs the registers of its results, -1 for one that is not used
     */
    Call(Operator operator, int[] reads, int[] outputs) {
      this.operator = operator;
      this.reads = reads;
      this.outputs = outputs.clone();
    }

    @Override
    public String name() {
      String full = operator.name();
      int dot = full.indexOf('.');
      return full.substring(full.indexOf("::") + 2, dot < 0 ? full.length() : dot);
    }

    /** Whether one of its results is used. */
    boolean isUsed(int result) {
      return outputs[result] >= 0;
    }

    /** Whether an argument is the truth that is true. */
    boolean isTrue(int argument) {
      return operator.argument(argument).equals(Argument.truth(true));
    }

    @Override
    public int[] reads() {
      return reads;
    }

    @Override
    public int[] writes() {
      return Arrays.stream(outputs).filter(register -> register >= 0).toArray();
    }

    @Override
    public void run(long[] registers) {
      operator.call(registers, outputs);
    }
  }

  /** y = a - factor b, which the dispatcher can't be asked for: its factor is no tensor. */
  record Subtraction(int y, int a, int b, double factor) implements Instruction {
    @Override
    public String name() {
      return "sub";
    }

    @Override
    public int[] reads() {
      return new int[] {a, b};
    }

    @Override
    public int[] writes() {
      return new int[] {y};
    }

    @Override
    public void run(long[] registers) {
      registers[y] = Handles.subtract(registers[a], registers[b], factor);
    }
  }

  /** y = x with zeros around it. */
  record Pad(int y, int x, Padding padding) implements Instruction {
    @Override
    public String name() {
      return "pad";
    }

    @Override
    public int[] reads() {
      return new int[] {x};
    }

    @Override
    public int[] writes() {
      return new int[] {y};
    }

    @Override
    public void run(long[] registers) {
      registers[y] = padding.call(registers[x]);
    }
  }

  /** Copies a value to where the caller wants it. */
  record Store(int x, long target) implements Instruction {
    @Override
    public String name() {
      return "copy_";
    }

    @Override
    public int[] reads() {
      return new int[] {x};
    }

    @Override
    public int[] writes() {
      return new int[0];
    }

    @Override
    public void run(long[] registers) {
      Handles.copy(target, registers[x]);
    }
  }
}
