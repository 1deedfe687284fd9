package org.samegan.torch.library;

import java.util.List;

/**
 * A call of one of PyTorch's operators with given arguments, prepared once and made many times on
 * the tensors that its registers hold then. It goes through the dispatcher, which serves every
 * device. Not safe for concurrent use.
 */
public final class Operator {
  static final ThreadLocal<Native64> RESULT = ThreadLocal.withInitial(() -> Native64.ofLength(1));

  private final String name;
  private final NativeText nativeName;
  private final NativeText overload;
  private final Argument[] arguments;
  private final Argument.Native64Slot[] slots;
  private final Native64 stack;
  private final int results;

  /**
   * Prepares calls.
   *
   * @param name with namespace and overload, such as {@code aten::mul.Tensor}
   * @param results how many tensors it returns
   * @param arguments all that its schema has, those with a default too
   */
  public Operator(String name, int results, List<Argument> arguments) {
    this.name = name;
    this.results = results;
    this.arguments = arguments.toArray(Argument[]::new);
    int dot = name.indexOf('.');
    nativeName = new NativeText(dot < 0 ? name : name.substring(0, dot));
    overload = new NativeText(dot < 0 ? "" : name.substring(dot + 1));
    stack = Native64.ofLength(Math.max(results, arguments.size()));
    slots = new Argument.Native64Slot[arguments.size()];
    for (int i = 0; i < slots.length; i++) {
      slots[i] = new Argument.Native64Slot(stack, i);
    }
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** One of its arguments, from 0. */
  public Argument argument(int index) {
    return arguments[index];
  }

  /**
   * Calls it.
   *
   * @param registers handles of the tensors that the arguments name
   * @param outputs the registers that receive the handles of the results, which the caller frees;
   *     where there is none, below 0, the result is freed here
   */
  public void call(long[] registers, int... outputs) {
    for (int i = 0; i < slots.length; i++) {
      arguments[i].put(slots[i], registers);
    }
    TorchException.check(
        TorchFunctions.callDispatcher(
            nativeName.address(), overload.address(), stack.address(), LibTorch.abiVersion()),
        name);
    for (int i = 0; i < results; i++) {
      long handle = Handles.made(stack.get(i));
      if (outputs[i] < 0) {
        Handles.free(handle);
      } else {
        registers[outputs[i]] = handle;
      }
    }
  }
}
