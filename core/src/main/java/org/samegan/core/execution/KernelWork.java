package org.samegan.core.execution;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/** What ND4J's kernels do, by their names and their arrays' shapes. */
final class KernelWork {
  private static final Set<String> MOVES =
      Set.of(
          "assign",
          "cast",
          "concat",
          "pad",
          "strided_slice",
          "strided_slice_bp",
          "upsampling2d",
          "tile",
          "permute",
          "transpose",
          "stack",
          "unstack",
          "split",
          "gather",
          "reshape",
          "fill",
          "expand_dims",
          "squeeze",
          "broadcast_to",
          "zeros_like",
          "ones_as",
          "identity",
          "reverse");
  private static final Set<String> REDUCTIONS =
      Set.of("avgpool2d", "maxpool2d", "upsampling2d_bp", "argmax", "argmin");

  private KernelWork() {}

  static PlannedCall describe(Kernel kernel, List<String> scopes) {
    return new PlannedCall(
        kernel.name(),
        scopes,
        kernel.inputs().stream().map(value -> PlannedCall.extents(value.shape())).toList(),
        kernel.outputs().stream().map(value -> PlannedCall.extents(value.shape())).toList(),
        bytes(kernel.inputs()),
        bytes(kernel.outputs()),
        flops(kernel));
  }

  /** What an op is given twice is one array. */
  private static long bytes(Collection<Value> values) {
    return values.stream().distinct().mapToLong(Value::bytes).sum();
  }

  private static long flops(Kernel kernel) {
    String name = kernel.name();
    Value x = kernel.inputs().isEmpty() ? kernel.outputs().get(0) : kernel.inputs().get(0);
    Value y = kernel.outputs().get(0);
    return switch (name) {
      case "matmul" -> product(x, kernel.inputs().get(1), y);
      case "conv2d" -> convolution(kernel, y, 1);
      case "deconv2d" -> convolution(kernel, x, 1);
      // The kernel computes both gradients, whether or not both are used.
      case "conv2d_bp" -> convolution(kernel, kernel.inputs().get(kernel.inputs().size() - 1), 2);
      case "deconv2d_bp" -> convolution(kernel, x, 2);
      default -> {
        if (MOVES.contains(name)) {
          yield 0;
        }
        yield REDUCTIONS.contains(name) || name.startsWith("reduce_") ? x.elements() : y.elements();
      }
    };
  }

  /** The operands may be transposed, so the inner extent is what the numbers of elements leave. */
  private static long product(Value a, Value b, Value y) {
    long columns = b.shape().length < 2 ? 1 : y.shape()[y.shape().length - 1];
    return Flops.product(y.elements(), a.elements() * columns / y.elements());
  }

  private static long convolution(Kernel kernel, Value smaller, int products) {
    Value weight = kernel.inputs().get(1);
    long positions = smaller.elements() / weight.shape()[3];
    return products * Flops.convolution(positions, weight.elements());
  }
}
