package org.samegan.torch.library;

/** Zeros put around tensors, prepared once for given margins. */
public final class Padding {
  private final Native64 margins;
  private final int count;
  private final NativeText mode = new NativeText("constant");
  private final Native64 zero = new Native64(Double.doubleToRawLongBits(0));

  /**
   * Prepares calls.
   *
   * @param margins for every axis, the first one first: how many zeros before and behind it
   */
  public Padding(int[][] margins) {
    count = 2 * margins.length;
    long[] fromLast = new long[count];
    for (int axis = 0; axis < margins.length; axis++) {
      fromLast[count - 2 * axis - 2] = margins[axis][0];
      fromLast[count - 2 * axis - 1] = margins[axis][1];
    }
    this.margins = new Native64(fromLast);
  }

  /** A new tensor, padded. */
  public long call(long tensor) {
    Native64 result = Operator.RESULT.get();
    TorchException.check(
        TorchFunctions.pad(
            tensor, margins.address(), count, mode.address(), zero.address(), result.address()),
        "aten::pad");
    return Handles.made(result.get(0));
  }
}
