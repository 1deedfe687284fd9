package org.samegan.runs.evaluation;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.samegan.core.data.Dataset;
import org.samegan.core.data.PixelRange;
import org.samegan.evaluation.comparison.Observed;
import org.samegan.evaluation.neighbours.Neighbours;
import org.samegan.io.image.PngGrid;

/**
 * The generated images that are nearest to a training image, a row for each, nearest first: the
 * image itself, and then the training images that it is nearest to. Copies can be seen there,
 * whatever numbers say.
 */
final class NeighbourPicture {
  private static final int ROWS = 10;
  private static final int NEIGHBOURS = 5;

  private NeighbourPicture() {}

  /**
   * Writes the picture, replacing a file that is there.
   *
   * @param train in the order of what was seen in them, likewise the generated images, and of the
   *     same shape
   */
  static void write(
      Path file, Images train, Observed seenTrain, Images generated, Observed seenGenerated)
      throws IOException {
    int columns = Math.min(NEIGHBOURS, seenTrain.count());
    Neighbours nearest = Neighbours.of(seenGenerated.features(), seenTrain.features(), columns);
    List<Integer> rows =
        IntStream.range(0, nearest.count())
            .boxed()
            .sorted(Comparator.comparingDouble(row -> nearest.squaredDistance(row, 0)))
            .limit(ROWS)
            .toList();
    Dataset real = train.inRange().apply(PixelRange.UNIT);
    Dataset drawn = generated.inRange().apply(PixelRange.UNIT);
    FloatBuffer sheet =
        FloatBuffer.allocate(rows.size() * (columns + 1) * generated.shape().elements());
    for (int row : rows) {
      drawn.copyTo(row, sheet);
      for (int rank = 0; rank < columns; rank++) {
        real.copyTo(nearest.index(row, rank), sheet);
      }
    }
    PngGrid.of(rows.size(), columns + 1)
        .write(file, sheet.flip(), generated.shape(), PixelRange.UNIT);
  }
}
