package org.samegan.core.gradient;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.enums.PadMode;
import org.nd4j.enums.WeightsFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.DeConv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling2DConfig;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.Draws;
import org.samegan.core.graph.Window;

/** What a rule does not handle is refused: its gradient would be that of another function. */
class UnsupportedArgumentsTest {
  private static final long[] SHAPE = {6, 6, 6, 6};

  static Stream<Arguments> convolutions() {
    return Stream.of(
        op("SAME", x -> conv(x, yxio(x), window().paddingMode(PaddingMode.SAME)), "SAME"),
        op("NCHW", x -> conv(x, yxio(x), window().dataFormat("NCHW")), "NHWC"),
        op("dilation", x -> conv(x, yxio(x), window().dH(2)), "no dilation"),
        op(
            "OIYX",
            x -> conv(x, weight(x, 3, 6, 2, 2), window().weightsFormat(WeightsFormat.OIYX)),
            "2x2"),
        op(
            "OIYX of extents that look like YXIO's",
            x -> conv(x, weight(x, 2, 6, 2, 2), window().weightsFormat(WeightsFormat.OIYX)),
            "2x2"),
        op(
            "OYXI",
            x -> conv(x, weight(x, 2, 2, 2, 6), window().weightsFormat(WeightsFormat.OYXI)),
            "YXIO"),
        op("bias", x -> convWithBias(x), "add a bias"),
        op("transposed, with a bias", x -> deconvWithBias(x), "add a bias"),
        op("a kernel's extents left open", x -> conv(x, yxio(x), window().kH(-1)), "2x2"));
  }

  static Stream<Arguments> images() {
    return Stream.of(
        op("upsampling NCHW", x -> x.getSameDiff().cnn().upsampling2d(x, 2, 2, true), "NHWC"),
        op("squares that overlap in height", pool(3, 2, 3, 3), "tile the image"),
        op("squares that overlap in width", pool(3, 3, 3, 2), "tile the image"),
        op("squares that leave rows", pool(4, 4, 3, 3), "tile the image"),
        op("squares that leave columns", pool(3, 3, 4, 4), "tile the image"),
        op("padded squares", pool(tiles().pH(1).pW(1).kH(4).kW(4).sH(4).sW(4)), "no padding"),
        op("SAME squares", pool(tiles().paddingMode(PaddingMode.SAME)), "no padding"),
        op("dilated squares", pool(tiles().dH(2).dW(2)), "no dilation"),
        op("NCHW squares", pool(tiles().isNHWC(false)), "NHWC"));
  }

  static Stream<Arguments> others() {
    return Stream.of(
        op("begin -2", slice(-2, 6, 0), "non-negative begins"),
        op("shrunk axis", slice(0, 1, 1), "all axes kept"),
        op("pad REFLECT", x -> pad(x, PadMode.REFLECT), "CONSTANT"),
        op("pad SYMMETRIC", x -> pad(x, PadMode.SYMMETRIC), "CONSTANT"),
        op("axes that are an array", x -> x.getSameDiff().mean(x, axes(x)), "numbers"),
        op("an axis named twice", x -> x.sum(1, 1), "different axes"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"convolutions", "images", "others"})
  void refuses(String name, UnaryOperator<SDVariable> op, String message) {
    SDVariable x = SameDiff.create().placeHolder("x", DataType.FLOAT, SHAPE);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Gradients.of(op.apply(x).sum(), List.of(x)))
        .withMessageContaining(message);
  }

  private static Arguments op(String name, UnaryOperator<SDVariable> op, String message) {
    return arguments(name, op, message);
  }

  private static SDVariable conv(
      SDVariable x, SDVariable weight, Conv2DConfig.Conv2DConfigBuilder config) {
    return x.getSameDiff().cnn().conv2d(x, weight, config.build());
  }

  private static SDVariable convWithBias(SDVariable x) {
    return x.getSameDiff().cnn().conv2d(x, yxio(x), weight(x, 3), window().build());
  }

  private static SDVariable deconvWithBias(SDVariable x) {
    DeConv2DConfig config = DeConv2DConfig.builder().kH(2).kW(2).dataFormat("NHWC").build();
    return x.getSameDiff().cnn().deconv2d(x, weight(x, 2, 2, 3, 6), weight(x, 3), config);
  }

  private static Conv2DConfig.Conv2DConfigBuilder window() {
    return Conv2DConfig.builder().kH(2).kW(2).dataFormat(Conv2DConfig.NHWC);
  }

  private static SDVariable yxio(SDVariable x) {
    return weight(x, 2, 2, 6, 3);
  }

  private static SDVariable weight(SDVariable x, long... shape) {
    return x.getSameDiff().constant(Draws.array(1, shape));
  }

  private static Pooling2DConfig.Pooling2DConfigBuilder tiles() {
    return Pooling2DConfig.builder().kH(2).kW(2).sH(2).sW(2).isNHWC(true);
  }

  private static UnaryOperator<SDVariable> pool(Pooling2DConfig.Pooling2DConfigBuilder config) {
    return x -> x.getSameDiff().cnn().avgPooling2d(x, config.build());
  }

  private static UnaryOperator<SDVariable> pool(
      int height, int strideHeight, int width, int strideWidth) {
    Window window = new Window(height, width, strideHeight, strideWidth, 0, 0);
    return x -> x.getSameDiff().cnn().avgPooling2d(x, window.pooling());
  }

  private static SDVariable pad(SDVariable x, PadMode mode) {
    int[][] margins = {{1, 1}, {0, 1}, {2, 0}, {0, 0}};
    SameDiff graph = x.getSameDiff();
    return graph.nn().pad(x, graph.constant(Nd4j.createFromArray(margins)), mode, 0);
  }

  private static SDVariable axes(SDVariable x) {
    return x.getSameDiff().constant(Nd4j.createFromArray(0, 1));
  }

  private static UnaryOperator<SDVariable> slice(long begin, long end, int shrunk) {
    return x ->
        x.getSameDiff()
            .stridedSlice(
                x,
                new long[] {begin, 0, 0, 0},
                new long[] {end, 6, 6, 6},
                new long[] {1, 1, 1, 1},
                0,
                0,
                0,
                0,
                shrunk);
  }
}
