package org.samegan.core.gradient;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.enums.WeightsFormat;
import org.nd4j.linalg.api.ops.impl.layers.convolution.Conv2DDerivative;
import org.nd4j.linalg.api.ops.impl.layers.convolution.DeConv2DDerivative;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.DeConv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling2DConfig;

/** Matrix products, convolutions, and the convolutions' gradient ops. */
final class LinearCases {
  /**
   * The extents of a convolution: those of the larger image, the kernel, the stride and the padding
   * by axis; the smaller image follows.
   */
  private record Geometry(String what, Axis height, Axis width) {
    boolean reachesTheEnd() {
      return height.reachesTheEnd() && width.reachesTheEnd();
    }

    long[] largeImage() {
      return new long[] {2, height.large(), width.large(), 2};
    }

    long[] smallImage() {
      return new long[] {2, height.small(), width.small(), 3};
    }

    long[] weight() {
      return new long[] {height.kernel(), width.kernel(), 2, 3};
    }

    Conv2DConfig conv() {
      return Conv2DConfig.builder()
          .kH(height.kernel())
          .kW(width.kernel())
          .sH(height.stride())
          .sW(width.stride())
          .pH(height.pad())
          .pW(width.pad())
          .dataFormat(Conv2DConfig.NHWC)
          .weightsFormat(WeightsFormat.YXIO)
          .build();
    }

    DeConv2DConfig deconv() {
      return DeConv2DConfig.builder()
          .kH(height.kernel())
          .kW(width.kernel())
          .sH(height.stride())
          .sW(width.stride())
          .pH(height.pad())
          .pW(width.pad())
          .dataFormat(DeConv2DConfig.NHWC)
          .build();
    }
  }

  private record Axis(int large, int kernel, int stride, int pad) {
    int small() {
      return (large + 2 * pad - kernel) / stride + 1;
    }

    boolean reachesTheEnd() {
      return (large + 2 * pad - kernel) % stride == 0;
    }
  }

  private static final List<Geometry> GEOMETRIES =
      List.of(
          new Geometry("4x4 stride 2", new Axis(4, 4, 2, 1), new Axis(6, 4, 2, 1)),
          new Geometry("3x3 stride 1", new Axis(3, 3, 1, 1), new Axis(4, 3, 1, 1)),
          new Geometry("2x2 unpadded", new Axis(4, 2, 2, 0), new Axis(4, 2, 2, 0)),
          new Geometry("3x2 stride 2x1", new Axis(5, 3, 2, 1), new Axis(4, 2, 1, 0)),
          new Geometry("remainder, unpadded", new Axis(7, 3, 3, 0), new Axis(6, 2, 3, 0)),
          new Geometry("remainder within the padding", new Axis(4, 3, 2, 1), new Axis(5, 3, 2, 1)),
          new Geometry("remainder beyond the padding", new Axis(6, 2, 4, 1), new Axis(4, 2, 4, 1)));

  private LinearCases() {}

  static List<OpCase> all() {
    List<OpCase> cases = new ArrayList<>();
    Pooling2DConfig tiles = Pooling2DConfig.builder().kH(2).kW(3).sH(2).sW(3).isNHWC(true).build();
    // SameDiff's own gradient of upsampling assumes NCHW images.
    cases.add(
        OpCase.of(
                "upsampling2d",
                "2x3",
                List.of(new long[] {2, 2, 3, 2}),
                x -> x.get(0).getSameDiff().cnn().upsampling2d(x.get(0), 2, 3, false))
            .withoutAutodiff());
    cases.add(
        OpCase.of(
            "avgpool2d",
            "2x3",
            List.of(new long[] {2, 4, 6, 2}),
            x -> x.get(0).getSameDiff().cnn().avgPooling2d(x.get(0), tiles)));
    for (boolean ta : new boolean[] {false, true}) {
      for (boolean tb : new boolean[] {false, true}) {
        long[] a = ta ? new long[] {3, 2} : new long[] {2, 3};
        long[] b = tb ? new long[] {4, 3} : new long[] {3, 4};
        cases.add(
            OpCase.of(
                "matmul",
                (ta ? "a' " : "a ") + (tb ? "b'" : "b"),
                List.of(a, b),
                x -> x.get(0).getSameDiff().mmul(x.get(0), x.get(1), ta, tb, false)));
        long[] batchOfA = ta ? new long[] {2, 3, 2} : new long[] {2, 2, 3};
        long[] batchOfB = tb ? new long[] {2, 4, 3} : new long[] {2, 3, 4};
        cases.add(
            OpCase.of(
                    "matmul",
                    "batches of " + (ta ? "a' " : "a ") + (tb ? "b'" : "b"),
                    List.of(batchOfA, batchOfB),
                    x -> x.get(0).getSameDiff().mmul(x.get(0), x.get(1), ta, tb, false))
                .withoutAutodiff());
      }
    }
    cases.add(
        OpCase.of(
            "matmul",
            "a a' of one variable",
            List.of(new long[] {2, 3}),
            x -> x.get(0).getSameDiff().mmul(x.get(0), x.get(0), false, true, false)));
    cases.add(
        OpCase.of(
            "matmul",
            "with a small gradient",
            List.of(new long[] {2, 3}, new long[] {3, 4}),
            x -> x.get(0).mmul(x.get(1)).mean(true, 0)));
    GEOMETRIES.forEach(geometry -> convolutions(cases, geometry));
    return cases;
  }

  private static void convolutions(List<OpCase> cases, Geometry g) {
    cases.add(
        OpCase.of(
            "conv2d",
            g.what(),
            List.of(g.largeImage(), g.weight()),
            x -> graph(x).cnn().conv2d(x.get(0), x.get(1), g.conv())));
    List<long[]> shapes = List.of(g.largeImage(), g.weight(), g.smallImage());
    gradientOp(cases, "conv2d_bp", g, shapes, x -> convGradients(x, g));
    if (g.reachesTheEnd()) {
      cases.add(
          OpCase.of(
              "deconv2d",
              g.what(),
              List.of(g.smallImage(), g.weight()),
              x -> graph(x).cnn().deconv2d(x.get(0), x.get(1), g.deconv())));
      List<long[]> swapped = List.of(g.smallImage(), g.weight(), g.largeImage());
      gradientOp(cases, "deconv2d_bp", g, swapped, x -> deconvGradients(x, g));
    }
  }

  /** With both of its outputs used, and with either. */
  private static void gradientOp(
      List<OpCase> cases,
      String op,
      Geometry g,
      List<long[]> shapes,
      Function<List<SDVariable>, List<SDVariable>> emit) {
    OpCase first = OpCase.of(op, "at x, " + g.what(), shapes, x -> emit.apply(x).get(0));
    OpCase second = OpCase.of(op, "at w, " + g.what(), shapes, x -> emit.apply(x).get(1));
    cases.add(first.withoutAutodiff());
    cases.add(second.withoutAutodiff());
    cases.add(
        new OpCase(
            op,
            "at both, " + g.what(),
            shapes,
            false,
            first.step(),
            first.tolerance(),
            false,
            emit));
  }

  private static List<SDVariable> convGradients(List<SDVariable> x, Geometry g) {
    SDVariable[] inputs = x.toArray(new SDVariable[0]);
    return Arrays.asList(new Conv2DDerivative(graph(x), inputs, g.conv()).outputVariables());
  }

  private static List<SDVariable> deconvGradients(List<SDVariable> x, Geometry g) {
    SDVariable[] inputs = x.toArray(new SDVariable[0]);
    return Arrays.asList(new DeConv2DDerivative(graph(x), inputs, g.deconv()).outputVariables());
  }

  private static SameDiff graph(List<SDVariable> variables) {
    return variables.get(0).getSameDiff();
  }
}
