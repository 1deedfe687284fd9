package org.samegan.io.toy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.samegan.core.Shape;
import org.samegan.io.image.ByteImage;
import org.samegan.io.image.PngImage;

class ScatterPlotTest {
  /** A pixel is one unit, and the axes are row 4 and column 4. */
  private static final ScatterPlot SMALL = new ScatterPlot(8, 4);

  private static final FloatBuffer NONE = FloatBuffer.allocate(0);

  @TempDir private Path directory;

  @Test
  void dotLiesWhereItsCoordinatesSayAndFadesAtItsEdge() {
    ByteImage plot = SMALL.render(points(1.5f, 2.5f), NONE);
    // The pixel at its centre is covered whole, by half-opaque gray 120 on white.
    assertThat(rgb(plot, 1, 5)).containsExactly(188, 188, 188);
    // One pixel away: 1.75 - 1 of it; two away: nothing.
    assertThat(rgb(plot, 1, 6)).containsExactly(204, 204, 204);
    assertThat(rgb(plot, 0, 5)).containsExactly(204, 204, 204);
    assertThat(rgb(plot, 2, 5)).containsExactly(204, 204, 204);
    assertThat(rgb(plot, 1, 7)).containsExactly(255, 255, 255);
    assertThat(rgb(plot, 3, 5)).containsExactly(255, 255, 255);
    // Beside it runs the axis, of gray 225.
    assertThat(rgb(plot, 1, 4)).containsExactly(186, 186, 186);
  }

  @Test
  void generatedPointsAreColouredAndLieAboveRealOnes() {
    ByteImage alone = SMALL.render(NONE, points(-2.5f, -1.5f));
    assertThat(rgb(alone, 5, 1)).containsExactly(240, 153, 110);
    ByteImage above = SMALL.render(points(-2.5f, -1.5f), points(-2.5f, -1.5f));
    // 0.4 of the real one's 187.5 and 0.6 of the colour.
    assertThat(rgb(above, 5, 1)).containsExactly(213, 126, 83);
  }

  @Test
  void standardPlotShowsEveryModeAtItsPlace() {
    FloatBuffer modes = FloatBuffer.allocate(16);
    for (Point mode : ToyDistribution.EIGHT_GAUSSIANS.modes()) {
      modes.put((float) mode.x()).put((float) mode.y());
    }
    ByteImage plot = ScatterPlot.STANDARD.render(NONE, modes.flip());
    assertThat(plot.shape()).isEqualTo(Shape.of(400, 400, 3));
    // (2, 0) is 5/6 across and half down; a radius of 2 is 133.3 pixels, its diagonal 94.3.
    int[][] places = {
      {200, 333}, {105, 294}, {66, 200}, {105, 105}, {200, 66}, {294, 105}, {333, 200}, {294, 294}
    };
    for (int[] place : places) {
      assertThat(plot.at(place[0], place[1], 2)).isLessThan(160);
    }
    int coloured = 0;
    for (int i = 0; i < 400 * 400; i++) {
      coloured += plot.at(i / 400, i % 400, 0) != plot.at(i / 400, i % 400, 2) ? 1 : 0;
    }
    // Nowhere else: a dot reaches over at most 4 x 4 pixels.
    assertThat(coloured).isBetween(8 * 9, 8 * 16);
  }

  @Test
  void pointsOutsideAreNotDrawnAndThoseOnTheBorderAreCut() {
    ByteImage empty = SMALL.render(NONE, NONE);
    FloatBuffer outside = points(4.1f, 0, 0, -9, Float.POSITIVE_INFINITY, 1, 3e38f, 3e38f);
    assertThat(SMALL.render(outside, outside).buffer()).isEqualTo(empty.buffer());
    assertThat(SMALL.render(points(4, 4, -4, -4), NONE).buffer()).isNotEqualTo(empty.buffer());
  }

  @Test
  void samePointsGiveTheSameFileWhichReadsBack() throws IOException {
    ToyData data = ToyData.named("swissroll");
    FloatBuffer real = data.points(1_000);
    Path file = directory.resolve("plot.png");
    ScatterPlot.STANDARD.write(file, real, data.withSeed(1).points(1_000));
    ByteImage again = ScatterPlot.STANDARD.render(real, data.withSeed(1).points(1_000));
    assertThat(file).hasBinaryContent(PngImage.encode(again));
    assertThat(real.position()).isZero();
    BufferedImage read = ImageIO.read(file.toFile());
    assertThat(read.getWidth()).isEqualTo(400);
    assertThat(read.getHeight()).isEqualTo(400);
  }

  @Test
  void refusesWhatCannotBeDrawn() {
    assertThatThrownBy(() -> SMALL.render(NONE, points(1, Float.NaN)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(1.0, NaN) at 0");
    assertThatThrownBy(() -> SMALL.render(points(1), NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("pairs");
    assertThatThrownBy(() -> new ScatterPlot(0, 3)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ScatterPlot(9, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  private static FloatBuffer points(float... values) {
    return FloatBuffer.wrap(values);
  }

  private static int[] rgb(ByteImage image, int row, int column) {
    return new int[] {image.at(row, column, 0), image.at(row, column, 1), image.at(row, column, 2)};
  }
}
