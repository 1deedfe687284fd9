package org.samegan.core.execution;

import java.util.List;
import java.util.function.Consumer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One op of the native library on fixed arrays, prepared once: to run it allocates nothing. It
 * reads and writes the arrays where they are.
 *
 * <pre>{@code
 * NativeCall add = NativeCall.of("add", List.of(x, y), List.of(x)); // x += y at every add.run()
 * }</pre>
 */
public final class NativeCall {
  private final OpContext context = Nd4j.getExecutioner().buildContext();
  private final Consumer<OpContext> op;

  private NativeCall(Consumer<OpContext> op, List<INDArray> inputs, List<INDArray> outputs) {
    this.op = op;
    for (int i = 0; i < inputs.size(); i++) {
      context.setInputArray(i, inputs.get(i));
    }
    for (int i = 0; i < outputs.size(); i++) {
      context.setOutputArray(i, outputs.get(i));
    }
  }

  /**
   * A call of an op by its name.
   *
   * @param name as the native library has it, such as {@code adam_updater}
   * @param outputs written completely; they may be inputs too where the op allows it
   */
  public static NativeCall of(String name, List<INDArray> inputs, List<INDArray> outputs) {
    return of(DynamicCustomOp.builder(name).build(), inputs, outputs);
  }

  /** A call of an op with its arguments; its own arrays are not used. */
  static NativeCall of(CustomOp op, List<INDArray> inputs, List<INDArray> outputs) {
    NativeCall call =
        new NativeCall(context -> Nd4j.getExecutioner().exec(op, context), inputs, outputs);
    call.context.setIArguments(op.iArgs());
    call.context.setTArguments(op.tArgs());
    call.context.setBArguments(op.bArgs());
    call.context.setDArguments(op.dArgs());
    return call;
  }

  /** A call of one of the library's older ops, which it addresses by number. */
  static NativeCall of(Op op, List<INDArray> inputs, List<INDArray> outputs) {
    return new NativeCall(context -> Nd4j.getExecutioner().exec(op, context), inputs, outputs);
  }

  /** With whole numbers for arguments. */
  public NativeCall withIntegers(long... arguments) {
    context.setIArguments(arguments);
    return this;
  }

  /** With real numbers for arguments; those of an earlier call of this method are replaced. */
  public NativeCall withReals(double... arguments) {
    context.setTArguments(arguments);
    return this;
  }

  /** Lets go of the arrays, which are the caller's; the call can't be run any more. */
  void close() {
    context.purge();
  }

  /** Runs the op on what its inputs hold now. */
  public void run() {
    op.accept(context);
  }
}
