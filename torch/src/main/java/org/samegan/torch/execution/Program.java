package org.samegan.torch.execution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.samegan.core.execution.CallTimer;
import org.samegan.core.execution.PlannedCall;
import org.samegan.core.execution.VariableScopes;
import org.samegan.torch.library.Handles;
import org.samegan.torch.library.TorchException;

/** Instructions in order; what they make is freed after its last use. */
final class Program implements AutoCloseable {
  /** What a graph says of the tensor in a register. */
  record Expected(String variable, List<Long> shape) {}

  private final Instruction[] instructions;
  private final int[][] freedAfter;
  private final long[] registers;
  private final boolean[] fixed;
  private final List<Long> constants;
  private final Map<Integer, Expected> expected;
  private final Map<Integer, String> names;

  /**
   * Takes over what an emission has made.
   *
   * @param registers handles of inputs and constants, and 0 for what is computed
   * @param constants handles to be freed with the program
   * @param expected what is checked when the program runs for the first time
   * @param names the graph's names of what lies in the registers of inputs
   */
  Program(
      List<Instruction> instructions,
      long[] registers,
      List<Long> constants,
      Map<Integer, Expected> expected,
      Map<Integer, String> names) {
    this.instructions = instructions.toArray(Instruction[]::new);
    this.registers = registers;
    this.constants = constants;
    this.expected = expected;
    this.names = names;
    fixed = new boolean[registers.length];
    for (int i = 0; i < registers.length; i++) {
      fixed[i] = registers[i] != 0;
    }
    freedAfter = lastUses();
  }

  private int[][] lastUses() {
    int[] last = new int[registers.length];
    Arrays.fill(last, -1);
    for (int i = 0; i < instructions.length; i++) {
      for (int register : instructions[i].writes()) {
        last[register] = i;
      }
      for (int register : instructions[i].reads()) {
        last[register] = i;
      }
    }
    List<List<Integer>> freed = new ArrayList<>();
    for (int i = 0; i < instructions.length; i++) {
      freed.add(new ArrayList<>());
    }
    for (int register = 0; register < last.length; register++) {
      if (!fixed[register] && last[register] >= 0) {
        freed.get(last[register]).add(register);
      }
    }
    return freed.stream()
        .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
        .toArray(int[][]::new);
  }

  /** The number of calls. */
  int length() {
    return instructions.length;
  }

  /**
   * Makes all calls.
   *
   * @param checked whether to look at the shapes of what is computed
   */
  void run(boolean checked) {
    try {
      for (int i = 0; i < instructions.length; i++) {
        instructions[i].run(registers);
        if (checked) {
          check(instructions[i]);
        }
        freeAfter(i);
      }
    } catch (RuntimeException e) {
      freeAll();
      throw e;
    }
  }

  /**
   * Makes all calls, and times each with the freeing of what it read last.
   *
   * @param done waits until the device has done what it was given
   */
  void run(CallTimer timer, Runnable done) {
    long begin = System.nanoTime();
    try {
      for (int i = 0; i < instructions.length; i++) {
        long start = System.nanoTime();
        instructions[i].run(registers);
        freeAfter(i);
        done.run();
        timer.took(i, start, System.nanoTime());
      }
    } catch (RuntimeException e) {
      freeAll();
      throw e;
    }
    timer.ran(begin, System.nanoTime());
  }

  /** Makes all calls and looks at what they read and write, which is the same in every run. */
  List<PlannedCall> describe() {
    VariableScopes<Integer> scopes = new VariableScopes<>();
    for (int register = 0; register < registers.length; register++) {
      if (names.containsKey(register)) {
        scopes.variable(register, names.get(register));
      } else if (fixed[register]) {
        scopes.constant(register);
      }
    }
    List<PlannedCall> calls = new ArrayList<>();
    try {
      for (int i = 0; i < instructions.length; i++) {
        Instruction instruction = instructions[i];
        instruction.run(registers);
        check(instruction);
        List<Integer> read = Arrays.stream(instruction.reads()).boxed().toList();
        calls.add(InstructionWork.describe(instruction, registers, scopes.of(read)));
        scopes.computed(read, Arrays.stream(instruction.writes()).boxed().toList());
        freeAfter(i);
      }
    } catch (RuntimeException e) {
      freeAll();
      throw e;
    }
    return calls;
  }

  private void freeAfter(int call) {
    for (int register : freedAfter[call]) {
      free(register);
    }
  }

  private void freeAll() {
    for (int register = 0; register < registers.length; register++) {
      if (!fixed[register] && registers[register] != 0) {
        free(register);
      }
    }
  }

  private void free(int register) {
    long handle = registers[register];
    registers[register] = 0;
    Handles.free(handle);
  }

  private void check(Instruction instruction) {
    for (int register : instruction.writes()) {
      Expected wanted = expected.get(register);
      if (wanted != null) {
        List<Long> found = Arrays.stream(Handles.shape(registers[register])).boxed().toList();
        if (!found.equals(wanted.shape())) {
          throw new TorchException(
              String.format(
                  Locale.ROOT,
                  "libtorch computes '%s' in the shape %s, the graph has %s",
                  wanted.variable(),
                  found,
                  wanted.shape()));
        }
      }
    }
  }

  @Override
  public void close() {
    constants.forEach(Handles::free);
    constants.clear();
  }
}
