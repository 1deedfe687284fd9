package org.samegan.core.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.samegan.core.Draws;
import org.samegan.core.Shape;
import org.samegan.core.layer.NaiveImages.Extent;

class ConvolutionLayersTest {
  private static final int BATCH = 2;
  // Sums of up to a hundred products of values around 1, in double.
  private static final Offset<Double> ROUNDING = Offset.offset(1e-11);

  @ParameterizedTest
  @CsvSource({
    "6,4,2,1,3",
    "7,3,1,1,7",
    "5,3,2,1,3",
    "6,3,2,1,3",
    "8,5,2,2,4",
    "7,3,3,0,2",
    "1,4,1,2,2"
  })
  void explicitConvolutionIsTheNaiveOne(
      int extent, int kernel, int stride, int padding, int expectedExtent) {
    Conv2d layer = new Conv2d(3, kernel, stride, Padding.of(padding));

    checkConvolution(layer, extent, expectedExtent, padding);
  }

  /** TensorFlow's SAME: the padding before is half of what is missing in all, rounded down. */
  @ParameterizedTest
  @CsvSource({
    "7,3,1,1", "8,4,2,1", "8,5,2,1", "7,5,2,2", "5,2,1,0", "5,4,1,1", "9,4,3,0", "4,1,2,0"
  })
  void sameConvolutionPadsTheExtraPixelAtTheEnd(
      int extent, int kernel, int stride, int expectedBefore) {
    Conv2d layer = new Conv2d(3, kernel, stride, Padding.SAME);

    checkConvolution(layer, extent, (int) Math.ceil((double) extent / stride), expectedBefore);
  }

  @ParameterizedTest
  @CsvSource({"3,4,2,1,6", "1,4,1,0,4", "3,3,1,1,3", "2,5,2,2,3", "3,2,3,0,8"})
  void explicitTransposedConvolutionIsTheNaiveOne(
      int extent, int kernel, int stride, int padding, int expectedExtent) {
    ConvTranspose2d layer = new ConvTranspose2d(2, kernel, stride, Padding.of(padding));

    checkTransposed(layer, extent, expectedExtent, padding);
  }

  @ParameterizedTest
  @CsvSource({"4,5,2,1", "3,4,2,1", "3,2,2,0", "3,3,2,0", "3,3,1,1", "3,4,1,1", "2,5,3,1"})
  void sameTransposedConvolutionMultipliesTheExtentByTheStride(
      int extent, int kernel, int stride, int expectedBefore) {
    ConvTranspose2d layer = new ConvTranspose2d(2, kernel, stride, Padding.SAME);

    checkTransposed(layer, extent, extent * stride, expectedBefore);
  }

  /** As a map of values without the bias: {@code <conv(u), x> = <u, transposed(x)>}. */
  @ParameterizedTest
  @CsvSource({"4,5,2", "3,4,2", "3,3,2", "3,3,1", "2,5,3", "3,2,2"})
  void sameTransposedConvolutionIsTheAdjointOfSameConvolution(int extent, int kernel, int stride) {
    int large = extent * stride;
    double[] u = Draws.uniform(1, BATCH * large * large * 2, -1, 1);
    double[] x = Draws.uniform(2, BATCH * extent * extent * 3, -1, 1);
    Emission conv =
        new Emission(
            BATCH,
            Shape.of(large, large, 2),
            new Conv2d(3, kernel, stride, Padding.SAME).withoutBias());
    Emission transposed =
        new Emission(
            BATCH,
            Shape.of(extent, extent, 3),
            new ConvTranspose2d(2, kernel, stride, Padding.SAME).withoutBias());
    transposed.set("0_conv_transpose2d/weight", conv.variable("0_conv2d/weight"));

    assertThat(dot(conv.run(u), x)).isCloseTo(dot(u, transposed.run(x)), ROUNDING);
  }

  @Test
  void parametersAreWeightAndBias() {
    Network network =
        Network.of(
            Shape.of(8, 8, 3),
            new Conv2d(5, 4, 2, Padding.of(1)),
            new ConvTranspose2d(7, 3, 1, Padding.SAME).withoutBias());

    assertThat(network.parameterCount(0)).isEqualTo(4 * 4 * 3 * 5 + 5);
    assertThat(network.parameterCount(1)).isEqualTo(3 * 3 * 5 * 7);
    assertThat(network.variables("n").stream().map(Variable::name))
        .containsExactly("n/0_conv2d/weight", "n/0_conv2d/bias", "n/1_conv_transpose2d/weight");
    assertThat(network.variables("n").get(2).shape()).isEqualTo(Shape.of(3, 3, 7, 5));
  }

  @Test
  void refusesAKernelLargerThanThePaddedInput() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Network.of(Shape.of(2, 2, 1), new Conv2d(1, 5, 1, Padding.of(1))))
        .withMessageContainingAll("layer 0", "5x5", "4x4", "smaller kernel");
  }

  @Test
  void refusesATransposedConvolutionThatLeavesNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Network.of(Shape.of(1, 1, 1), new ConvTranspose2d(1, 2, 1, Padding.of(1))))
        .withMessageContainingAll("kernel 2", "padding 1", "less padding");
  }

  /** In int arithmetic each of these was a small image, or a negative one. */
  @Test
  void refusesImagesThatNoArrayHolds() {
    List<Layer> layers =
        List.of(
            new Conv2d(1, 3, 1, Padding.of(Integer.MAX_VALUE)),
            new Conv2d(1, 3, 1 << 30, Padding.of(1 << 29)),
            new Conv2d(1, Integer.MAX_VALUE, 1, Padding.SAME),
            new ConvTranspose2d(1, 3, Integer.MAX_VALUE, Padding.of(0)),
            new ConvTranspose2d(1, 1 << 30, 1 << 30, Padding.SAME),
            new Upsample(1 << 30));
    for (Layer layer : layers) {
      assertThatIllegalArgumentException()
          .as("%s", layer)
          .isThrownBy(() -> Network.of(Shape.of(4, 4, 1), layer))
          .withMessageContainingAll("layer 0", "at most 2147483647 elements");
    }
  }

  @Test
  void refusesVectors() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Network.of(Shape.of(9), new Conv2d(1, 3, 1, Padding.SAME)))
        .withMessageContainingAll("layer 0", "(height, width, channels)", "9", "Reshape");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Network.of(Shape.of(9), new ConvTranspose2d(1, 3, 1, Padding.SAME)))
        .withMessageContaining("Reshape");
  }

  @Test
  void refusesImpossibleHyperparameters() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Conv2d(0, 3, 1, Padding.SAME))
        .withMessageContaining("at least 1, found 0, 3 and 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ConvTranspose2d(1, 2, 3, Padding.SAME))
        .withMessageContainingAll("kernel 2", "stride 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Padding.of(-1))
        .withMessageContaining("-1");
  }

  private static void checkConvolution(Conv2d layer, int extent, int small, int before) {
    Extent in = new Extent(BATCH, extent, 2);
    Extent out = new Extent(BATCH, small, 3);
    Emission emission = new Emission(BATCH, Shape.of(extent, extent, 2), layer);
    double[] x = Draws.uniform(1, in.values(), -1, 1);

    double[] expected =
        NaiveImages.convolve(
            x,
            in,
            emission.variable("0_conv2d/weight"),
            out,
            layer.kernel(),
            layer.stride(),
            before);

    addBias(expected, emission.variable("0_conv2d/bias"));
    assertThat(layer.outputShape(Shape.of(extent, extent, 2))).isEqualTo(Shape.of(small, small, 3));
    assertThat(emission.run(x)).containsExactly(expected, ROUNDING);
  }

  private static void checkTransposed(ConvTranspose2d layer, int extent, int large, int before) {
    Extent in = new Extent(BATCH, extent, 3);
    Extent out = new Extent(BATCH, large, 2);
    Emission emission = new Emission(BATCH, Shape.of(extent, extent, 3), layer);
    double[] x = Draws.uniform(1, in.values(), -1, 1);
    String path = "0_conv_transpose2d/";

    double[] expected =
        NaiveImages.transpose(
            x, in, emission.variable(path + "weight"), out, layer.kernel(), layer.stride(), before);

    addBias(expected, emission.variable(path + "bias"));
    assertThat(layer.outputShape(Shape.of(extent, extent, 3))).isEqualTo(Shape.of(large, large, 2));
    assertThat(emission.run(x)).containsExactly(expected, ROUNDING);
  }

  private static void addBias(double[] y, double[] bias) {
    for (int i = 0; i < y.length; i++) {
      y[i] += bias[i % bias.length];
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
