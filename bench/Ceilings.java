import java.util.List;
import java.util.Locale;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.execution.NativeCall;

/**
 * What the CPU can do at best, by ND4J's library: a product of matrices of 2048x2048, a convolution
 * of 64x16x16x256 values with 3x3x256x256 weights, and a copy of 256 MB, which is read and written.
 * Prints one line with the fastest of several runs each. {@code bench/table} starts it.
 */
public final class Ceilings {
  private static final int RUNS = 10;
  private static final int WARM_UP = 2;

  public static void main(String[] args) {
    INDArray a = filled(2048, 2048);
    INDArray b = filled(2048, 2048);
    NativeCall product = NativeCall.of("matmul", List.of(a, b), List.of(filled(2048, 2048)));
    INDArray images = filled(64, 16, 16, 256);
    // Kernel, strides, no padding of its own, dilation, SAME, channels last.
    NativeCall convolution =
        NativeCall.of(
                "conv2d",
                List.of(images, filled(3, 3, 256, 256)),
                List.of(filled(64, 16, 16, 256)))
            .withIntegers(3, 3, 1, 1, 0, 0, 1, 1, 1, 1, 0);
    INDArray from = filled(64 << 20);
    INDArray to = filled(64 << 20);
    NativeCall copy = NativeCall.of("assign", List.of(to, from), List.of(to));
    System.out.printf(
        Locale.ROOT,
        "matmul_gflops=%.1f conv_gflops=%.1f copy_gb_s=%.1f%n",
        2 * Math.pow(2048, 3) / nanos(product),
        2.0 * images.length() * 9 * 256 / nanos(convolution),
        2.0 * 4 * from.length() / nanos(copy));
  }

  private static INDArray filled(long... shape) {
    return Nd4j.create(DataType.FLOAT, shape).assign(0.5f);
  }

  private static double nanos(NativeCall call) {
    double least = Double.POSITIVE_INFINITY;
    for (int i = -WARM_UP; i < RUNS; i++) {
      long start = System.nanoTime();
      call.run();
      if (i >= 0) {
        least = Math.min(least, System.nanoTime() - start);
      }
    }
    return least;
  }
}
