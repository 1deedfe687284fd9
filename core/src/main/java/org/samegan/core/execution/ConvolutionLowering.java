package org.samegan.core.execution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.samegan.core.execution.Borders.Border;
import org.samegan.core.execution.Borders.Bordered;
import org.samegan.core.graph.Window;

/**
 * Turns convolutions, transposed ones and the gradients of both into kernels. Zeros around what
 * they read, and slices of what they give, become the window's own padding as far as they are the
 * same at both ends: nothing is computed for pixels that are not there.
 */
final class ConvolutionLowering {
  private final KernelList kernels;
  private final Borders borders;

  /** The value of a variable that an op reads. */
  private final Function<String, Value> values;

  private final Map<Bordered, Value> bordered = new HashMap<>();

  ConvolutionLowering(KernelList kernels, Borders borders, Function<String, Value> values) {
    this.kernels = kernels;
    this.borders = borders;
    this.values = values;
  }

  /** An op with its window while it is lowered. */
  private record Windowed(String name, Window window, List<Value> inputs, List<Boolean> wanted) {
    /** Whether the first that it writes are the larger images, which its window slides over. */
    boolean writesLarge() {
      return name.equals("deconv2d") || name.equals("conv2d_bp");
    }
  }

  /**
   * A border that becomes an op's padding.
   *
   * @param inside the part that does
   * @param added the images that the op reads with it, if it reads them
   * @param removed what is left of those that it writes, if it writes them
   */
  private record Fold(Border inside, Optional<Bordered> added, Optional<Bordered> removed) {
    static final Fold NONE = new Fold(new Border(0, 0, 0, 0), Optional.empty(), Optional.empty());
  }

  /**
   * Emits an op on floats or doubles.
   *
   * @param outputs the values that the op was planned to write
   * @param wanted which of them are read
   * @param scopes of the variables that the op reads
   * @return what it has computed, by variable: the outputs, or what a slice leaves of them; nothing
   *     if it is no convolution that this can lower
   */
  Map<String, Value> emit(
      SameDiffOp node, List<Value> outputs, List<Boolean> wanted, List<String> scopes) {
    DynamicCustomOp op = (DynamicCustomOp) node.getOp();
    List<String> read = node.getInputsToOp();
    Window window =
        read.size() == (op.opName().endsWith("_bp") ? 3 : 2)
            ? window(op.iArgs(), values.apply(read.get(1)).shape())
            : null;
    if (window == null) {
      return Map.of();
    }
    int large = op.opName().startsWith("deconv") ? 2 : 0;
    Fold fold = fold(node, large, window, wanted.get(0));
    List<Value> inputs = new ArrayList<>();
    for (int i = 0; i < read.size(); i++) {
      inputs.add(
          i == large && fold.added().isPresent()
              ? around(fold.added().get(), fold.inside())
              : values.apply(read.get(i)));
    }
    // What is read may have been computed just now.
    kernels.reading(scopes);
    Windowed folded = new Windowed(op.opName(), fold.inside().within(window), inputs, wanted);
    List<Value> written = new ArrayList<>(outputs);
    if (folded.writesLarge()) {
      written.set(0, without(fold.inside(), outputs.get(0)));
    }
    emit(folded, written);
    Map<String, Value> computed = new HashMap<>();
    for (int i = 0; i < written.size(); i++) {
      computed.put(node.getOutputsOfOp().get(i), written.get(i));
    }
    fold.removed()
        .ifPresent(
            rest -> {
              // Nothing else reads the whole.
              computed.remove(node.getOutputsOfOp().get(0));
              computed.put(rest.images(), cut(written.get(0), rest.border().minus(fold.inside())));
            });
    return computed;
  }

  private Fold fold(SameDiffOp node, int large, Window window, boolean firstWanted) {
    String name = node.getOp().opName();
    List<String> read = node.getInputsToOp();
    Optional<Bordered> added =
        large < read.size() ? borders.added(read.get(large)) : Optional.empty();
    boolean cuts = name.equals("deconv2d") || (name.equals("conv2d_bp") && firstWanted);
    Optional<Bordered> removed =
        cuts ? borders.removed(node.getOutputsOfOp().get(0)) : Optional.empty();
    if (name.equals("conv2d_bp")
        && firstWanted
        && !removed.map(Bordered::border).equals(added.map(Bordered::border))) {
      // The gradient's border is not the images': neither can be the window's padding.
      return Fold.NONE;
    }
    Border inside =
        added
            .or(() -> removed)
            .map(from -> from.border().common(window))
            .orElse(Fold.NONE.inside());
    return inside.isNone() ? Fold.NONE : new Fold(inside, added, removed);
  }

  private static Value without(Border border, Value x) {
    return border.isNone() ? x : Value.planned(x.type(), without(border, x.shape()));
  }

  private Value cut(Value x, Border border) {
    if (border.isNone()) {
      return x;
    }
    Value y = Value.planned(x.type(), without(border, x.shape()));
    kernels.slice(y, x, new long[] {0, border.top(), border.left(), 0});
    return y;
  }

  private static long[] without(Border border, long[] shape) {
    return new Border(-border.top(), -border.bottom(), -border.left(), -border.right())
        .around(shape);
  }

  /** Images with what is left of their border. */
  private Value around(Bordered images, Border inside) {
    Value inner = values.apply(images.images());
    Border rest = images.border().minus(inside);
    if (rest.isNone()) {
      return inner;
    }
    return bordered.computeIfAbsent(
        new Bordered(images.images(), rest),
        key -> {
          int[][] amounts = {
            {0, 0}, {rest.top(), rest.bottom()}, {rest.left(), rest.right()}, {0, 0}
          };
          Value padded = Value.planned(inner.type(), rest.around(inner.shape()));
          kernels.pad(padded, inner, amounts);
          return padded;
        });
  }

  private void emit(Windowed op, List<Value> outputs) {
    Value weight = op.inputs().get(1);
    if (weight.shape()[2] > FewChannels.MOST
        || !ofFewChannels(new FewChannels(kernels, op.window(), weight), op, outputs)) {
      kernels.add(
          new Kernel.Custom(convolution(op.name(), op.window()), op.inputs(), outputs, false));
    }
  }

  /** Emits what is wanted of an op whose larger images have few channels. */
  private static boolean ofFewChannels(FewChannels few, Windowed op, List<Value> outputs) {
    Value x = op.inputs().get(0);
    Value y = outputs.get(0);
    if (op.name().equals("conv2d")) {
      return false;
    }
    if (op.name().equals("deconv2d")) {
      return few.spread(y, x);
    }
    Value gradient = op.inputs().get(2);
    boolean transposed = op.name().equals("deconv2d_bp");
    if (op.wanted().get(0)) {
      if (transposed) {
        few.gather(y, gradient);
      } else if (!few.spread(y, gradient)) {
        return false;
      }
    }
    if (op.wanted().get(1)) {
      few.weightGradient(outputs.get(1), transposed ? gradient : x, transposed ? x : gradient);
    }
    return true;
  }

  /** An op with a window: no dilation, explicit padding, NHWC, YXIO. */
  static DynamicCustomOp convolution(String name, Window w) {
    int[] arguments = {
      w.height(),
      w.width(),
      w.strideHeight(),
      w.strideWidth(),
      w.padHeight(),
      w.padWidth(),
      1,
      1,
      0,
      1,
      0
    };
    return DynamicCustomOp.builder(name).addIntegerArguments(arguments).build();
  }

  /** The window of an op of that kind, or null of another. */
  private static Window window(long[] a, long[] weight) {
    long[] kind = {1, 1, 0, 1};
    boolean known =
        a.length >= 10
            && a[0] == weight[0]
            && a[1] == weight[1]
            && Arrays.equals(a, 6, 10, kind, 0, 4)
            && (a.length < 11 || a[10] == 0);
    return known
        ? new Window((int) a[0], (int) a[1], (int) a[2], (int) a[3], (int) a[4], (int) a[5])
        : null;
  }
}
