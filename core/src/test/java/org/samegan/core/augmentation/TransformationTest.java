package org.samegan.core.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.samegan.core.BothExecutors;
import org.samegan.core.Draws;
import org.samegan.core.Shape;
import org.samegan.core.gradient.CentralDifferences;
import org.samegan.core.gradient.Gradients;
import org.samegan.core.random.RandomStream;

/** Every transformation against the formulas of arXiv:2006.10738's code, in double. */
class TransformationTest {
  private static final int BATCH = 3;

  static Stream<Arguments> cases() {
    return Transformation.all().stream()
        .flatMap(
            one ->
                Stream.of(Shape.of(6, 6, 1), Shape.of(5, 8, 3))
                    .filter(one::changes)
                    .map(image -> Arguments.of(one, image)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isTheFormulaOnFixedDraws(Transformation one, Shape image) {
    INDArray images = Draws.array(1, image.batch(BATCH));
    double[] x = BothExecutors.values(images);
    double[][] numbers = {{0.37, 1}, {-0.21, -1}, {0.05, 2}};
    float[] draws = new float[BATCH * one.drawn(image).elements()];
    double[] expected = new double[x.length];
    for (int b = 0; b < BATCH; b++) {
      float[] own = new float[one.drawn(image).elements()];
      int size = image.elements();
      double[] own1 = Arrays.copyOfRange(x, b * size, (b + 1) * size);
      double[] y = reference(one, image, own1, numbers[b], own);
      System.arraycopy(y, 0, expected, b * size, size);
      System.arraycopy(own, 0, draws, b * own.length, own.length);
    }
    INDArray drawn = Images.array(draws, one.drawn(image).batch(BATCH));

    double[] found = Images.transformed(List.of(one), image, images, Map.of(one.key(), drawn));

    assertThat(found).containsExactly(expected, within(1e-7));
    assertThat(found).isNotEqualTo(x);
  }

  /** One image's result, and the draw that leads to it. */
  private static double[] reference(
      Transformation one, Shape image, double[] x, double[] numbers, float[] draw) {
    int height = image.get(0);
    int width = image.get(1);
    int channels = image.channels();
    double[] y = new double[x.length];
    // As a float, as which it is fed.
    float number = (float) numbers[0];
    int whole = (int) numbers[1];
    double mean = Arrays.stream(x).average().orElseThrow();
    for (int i = 0; i < height; i++) {
      for (int j = 0; j < width; j++) {
        double pixel = 0;
        for (int c = 0; c < channels; c++) {
          pixel += x[(i * width + j) * channels + c] / channels;
        }
        for (int c = 0; c < channels; c++) {
          int at = (i * width + j) * channels + c;
          if (one instanceof Transformation.Brightness) {
            y[at] = x[at] + number;
          } else if (one instanceof Transformation.Saturation) {
            y[at] = (x[at] - pixel) * number + pixel;
          } else if (one instanceof Transformation.Contrast) {
            y[at] = (x[at] - mean) * number + mean;
          } else if (one instanceof Transformation.Translation) {
            int row = i + whole;
            int column = j - 2 * whole + 1;
            boolean inside = row >= 0 && row < height && column >= 0 && column < width;
            y[at] = inside ? x[(row * width + column) * channels + c] : 0;
          } else if (one instanceof Transformation.Cutout) {
            // Sides of half the image, rounded; the centre at row 1 + whole, column 2 - whole.
            int rows = (int) Math.floor(height / 2.0 + 0.5);
            int columns = (int) Math.floor(width / 2.0 + 0.5);
            int top = 1 + whole - rows / 2;
            int left = 2 - whole - columns / 2;
            boolean cut = i >= top && i < top + rows && j >= left && j < left + columns;
            y[at] = cut ? 0 : x[at];
          } else {
            y[at] = whole > 0 ? x[(i * width + width - 1 - j) * channels + c] : x[at];
          }
        }
      }
    }
    if (one instanceof Transformation.Translation) {
      Transformation.Translation.write(whole, 1 - 2 * whole, image, draw);
    } else if (one instanceof Transformation.Cutout cutout) {
      cutout.write(1 + whole, 2 - whole, true, image, draw);
    } else if (one instanceof Transformation.Mirror) {
      Products.write(image, draw, row -> row, column -> whole > 0 ? width - 1 - column : column);
    } else {
      draw[0] = number;
    }
    return y;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gradientsByTheImagesAreThoseOfCentralDifferences(Transformation one, Shape image) {
    SameDiff graph = SameDiff.create();
    SDVariable shown = Images.emit(graph, List.of(one), image, BATCH);
    SDVariable loss = graph.math().tanh(shown.mul(shown).add(shown)).sum();
    Map<String, INDArray> inputs = new LinkedHashMap<>();
    inputs.put(Images.INPUT, Draws.array(2, image.batch(BATCH)));
    inputs.put(one.key(), Images.draws(one, image, BATCH, 1, 5));
    SDVariable images = graph.getVariable(Images.INPUT);
    String gradient = Gradients.of(loss, List.of(images)).get(0).name();

    INDArray found = BothExecutors.evaluate(graph, inputs, List.of(gradient)).get(gradient);

    INDArray expected = CentralDifferences.of(loss, inputs, 1e-5).get(Images.INPUT);
    BothExecutors.assertClose(one.key(), found, expected, 1e-6);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void anImageThatIsNotChosenStaysAsItIs(Transformation one, Shape image) {
    INDArray images = Draws.array(3, image.batch(BATCH));
    INDArray never = Images.draws(one, image, BATCH, 0, 6);

    double[] found = Images.transformed(List.of(one), image, images, Map.of(one.key(), never));

    assertThat(found).isEqualTo(BothExecutors.values(images));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aProbabilityChoosesThatManyOfTheImagesAndChangesNoOthersDraw(
      Transformation one, Shape image) {
    int many = 4000;
    INDArray always = Images.draws(one, image, many, 1, 7);
    INDArray sometimes = Images.draws(one, image, many, 0.3f, 7);
    INDArray never = Images.draws(one, image, many, 0, 7);
    int size = one.drawn(image).elements();
    float[] all = always.castTo(DataType.FLOAT).data().asFloat();
    float[] some = sometimes.castTo(DataType.FLOAT).data().asFloat();
    float[] none = never.castTo(DataType.FLOAT).data().asFloat();
    double changed = 0;
    double changeable = 0;
    for (int i = 0; i < many * size; i += size) {
      boolean identity = Arrays.equals(none, i, i + size, all, i, i + size);
      boolean left = Arrays.equals(none, i, i + size, some, i, i + size);
      assertThat(left || Arrays.equals(all, i, i + size, some, i, i + size)).isTrue();
      changeable += identity ? 0 : 1;
      changed += left ? 0 : 1;
    }
    // Five deviations of a share of some thousand.
    assertThat(changed / changeable).isCloseTo(0.3, offset(0.06));
  }

  @Test
  void numbersAreUniformOnThePublishedRanges() {
    Shape image = Shape.of(8, 8, 3);
    Map<Transformation, double[]> ranges =
        Map.of(
            new Transformation.Brightness(), new double[] {-0.5, 0.5},
            new Transformation.Saturation(), new double[] {0, 2},
            new Transformation.Contrast(), new double[] {0.5, 1.5});
    ranges.forEach(
        (one, range) -> {
          double[] drawn = BothExecutors.values(Images.draws(one, image, 4000, 1, 8));
          Arrays.sort(drawn);
          for (int i = 0; i <= 10; i++) {
            double expected = range[0] + (range[1] - range[0]) * i / 10;
            assertThat(drawn[Math.min(3999, i * 400)])
                .as("%s, decile %d", one.key(), i)
                .isCloseTo(expected, offset(0.05 * (range[1] - range[0])));
          }
        });
  }

  @Test
  void imagesMoveByUpToAnEighthEitherWay() {
    Shape image = Shape.of(28, 20, 1);
    Map<Integer, Integer> downs = new TreeMap<>();
    Map<Integer, Integer> rights = new TreeMap<>();
    for (int i = 0; i < 2000; i++) {
      float[] draw = new float[28 * 28 + 20 * 20];
      Transformation.Translation.PUBLISHED.draw(RandomStream.of(9, "move", i), 1, image, draw);
      downs.merge(moved(draw, 0, 28, 14, 1), 1, Integer::sum);
      rights.merge(moved(draw, 28 * 28, 20, 10, 0), 1, Integer::sum);
    }
    // int(28 * 0.125 + 0.5) = 4 and int(20 * 0.125 + 0.5) = 3.
    assertThat(downs.keySet()).containsExactly(-4, -3, -2, -1, 0, 1, 2, 3, 4);
    assertThat(rights.keySet()).containsExactly(-3, -2, -1, 0, 1, 2, 3);
    assertThat(downs.values()).allSatisfy(n -> assertThat(n).isBetween(160, 290));
    assertThat(rights.values()).allSatisfy(n -> assertThat(n).isBetween(220, 355));
  }

  /** Where the middle row (or column) of the result comes from, seen from itself. */
  private static int moved(float[] draw, int first, int extent, int middle, int byRow) {
    for (int k = 0; k < extent; k++) {
      int at = byRow == 1 ? middle * extent + k : k * extent + middle;
      if (draw[first + at] == 1) {
        return k - middle;
      }
    }
    throw new AssertionError("nothing moves there");
  }

  @Test
  void cutoutsCoverAQuarterAndAreOftenCutOffByTheBorder() {
    Shape image = Shape.of(8, 8, 1);
    INDArray drawn = Images.draws(Transformation.Cutout.PUBLISHED, image, 2000, 1, 10);
    Map<Integer, Integer> sizes = new TreeMap<>();
    for (int i = 0; i < 2000; i++) {
      int kept = drawn.get(NDArrayIndex.point(i)).sumNumber().intValue();
      sizes.merge(64 - kept, 1, Integer::sum);
    }
    // 4x4 with its centre on 9 rows and 9 columns: extents 2, 3, 4 (5 of 9 times), 3, 2.
    assertThat(sizes.keySet()).containsExactly(4, 6, 8, 9, 12, 16);
    assertThat(sizes.get(16) / 2000.0).isCloseTo(25 / 81.0, offset(0.05));
  }

  @Test
  void severalAreAppliedInTheOrderGiven() {
    Shape image = Shape.of(6, 6, 3);
    List<Transformation> policy =
        AugmentationPolicy.parse("color,translation,cutout").transformations();
    INDArray images = Draws.array(4, image.batch(BATCH));
    Map<String, INDArray> draws = new LinkedHashMap<>();
    policy.forEach(one -> draws.put(one.key(), Images.draws(one, image, BATCH, 1, 11)));

    INDArray stepwise = images;
    for (Transformation one : policy) {
      Map<String, INDArray> own = Map.of(one.key(), draws.get(one.key()));
      double[] values = Images.transformed(List.of(one), image, stepwise, own);
      stepwise = Nd4j.createFromArray(values).reshape('c', image.batch(BATCH));
    }

    assertThat(Images.transformed(policy, image, images, draws))
        .containsExactly(BothExecutors.values(stepwise), within(1e-12));
  }

  @Test
  void refusesSharesBeyondTheImage() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Transformation.Cutout(1.5))
        .withMessageContaining("must be in [0, 1], found 1.5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Transformation.Translation(Double.NaN));
  }
}
