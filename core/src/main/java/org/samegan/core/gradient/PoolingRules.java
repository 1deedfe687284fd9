package org.samegan.core.gradient;

import static org.samegan.core.gradient.OpGradient.list;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.samegan.core.graph.Window;

/** Rules of repeating pixels and of averaging squares of them, each the other's adjoint. */
final class PoolingRules {
  static final Map<String, GradientRule> RULES =
      Map.of("upsampling2d", PoolingRules::upsample, "avgpool2d", PoolingRules::averagePool);

  private PoolingRules() {}

  /** The sum over each square is its mean times its area. */
  private static List<SDVariable> upsample(OpGradient op) {
    long[] small = op.shape(op.input(0));
    long[] large = op.shape(op.output());
    long[] a = ((DynamicCustomOp) op.op()).iArgs();
    op.requireInputs(1, "the images");
    op.require(
        a.length == 3 && a[2] == 0,
        "the arguments " + Arrays.toString(a),
        "images of (batch, height, width, channels), NHWC");
    int height = (int) (large[1] / small[1]);
    int width = (int) (large[2] / small[2]);
    SDVariable means =
        op.graph().cnn().avgPooling2d(op.denseGradient(0), Window.tile(height, width).pooling());
    return list(means.mul((double) height * width));
  }

  private static List<SDVariable> averagePool(OpGradient op) {
    long[] a = ((DynamicCustomOp) op.op()).iArgs();
    long[] large = op.shape(op.input(0));
    long[] small = op.shape(op.output());
    String found = "the arguments " + Arrays.toString(a);
    op.require(
        a.length == 11 && a[10] == 1, found, "images of (batch, height, width, channels), NHWC");
    op.require(a[4] == 0 && a[5] == 0 && a[8] == 0, found, "no padding, explicit or SAME");
    op.require(a[6] == 1 && a[7] == 1, found, "no dilation");
    boolean tiles =
        a[0] == a[2] && a[1] == a[3] && small[1] * a[0] == large[1] && small[2] * a[1] == large[2];
    op.require(tiles, found, "squares that tile the image, with strides of their own extents");
    SDVariable spread =
        op.graph().cnn().upsampling2d(op.denseGradient(0), (int) a[0], (int) a[1], false);
    return list(spread.mul(1.0 / (a[0] * a[1])));
  }
}
