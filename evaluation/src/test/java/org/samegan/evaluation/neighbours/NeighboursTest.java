package org.samegan.evaluation.neighbours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.samegan.evaluation.Features;
import org.samegan.evaluation.Gaussians;

class NeighboursTest {
  /** Numbers below, at and beyond the borders of tiles. */
  @ParameterizedTest
  @CsvSource({"2, 7, 1", "129, 256, 4", "128, 257, 5", "131, 513, 3"})
  void areThoseOfASearchThroughAll(int rows, int columns, int dimensions) {
    Features queries = Gaussians.standard(rows, dimensions, 1);
    Features others = Gaussians.standard(columns, dimensions, 2);

    Neighbours found = Neighbours.of(queries, others, 3);

    for (int i = 0; i < rows; i++) {
      double[] distances = distances(queries, i, others);
      double[] sorted = distances.clone();
      Arrays.sort(sorted);
      for (int rank = 0; rank < 3; rank++) {
        assertThat(found.distance(i, rank)).isCloseTo(sorted[rank], within(1e-12));
        assertThat(distances[found.index(i, rank)]).isCloseTo(sorted[rank], within(1e-12));
      }
    }
  }

  @Test
  void aRowIsNotItsOwnNeighbourButItsCopyIs() {
    Features features = Features.of("line", 4, 1, new float[] {5, 1, 5, 2});

    Neighbours found = Neighbours.among(features, 2);

    assertThat(found.index(0, 0)).isEqualTo(2);
    assertThat(found.squaredDistance(0, 0)).isZero();
    assertThat(found.index(1, 0)).isEqualTo(3);
    assertThat(found.index(3, 0)).isEqualTo(1);
    assertThat(found.distance(3, 1)).isEqualTo(3);
  }

  @Test
  void ofEquallyNearTheLowerIndexComesFirst() {
    Features features = Features.of("line", 4, 1, new float[] {1, -1, 1, -1});
    Features query = Features.of("line", 2, 1, new float[] {0, 0});

    Neighbours found = Neighbours.of(query, features, 4);

    for (int rank = 0; rank < 4; rank++) {
      assertThat(found.index(0, rank)).isEqualTo(rank);
    }
  }

  @Test
  void chosenRowsHaveTheNeighboursThatTheyHaveAmongAll() {
    Features features = Gaussians.standard(150, 3, 1);
    Neighbours all = Neighbours.among(features, 2);

    Neighbours chosen = Neighbours.among(features, new int[] {149, 3}, 2);

    assertThat(chosen.index(0, 1)).isEqualTo(all.index(149, 1));
    assertThat(chosen.squaredDistance(1, 0)).isEqualTo(all.squaredDistance(3, 0));
  }

  @Test
  void partsHaveTheNeighboursThatASearchFinds() {
    Features features = Gaussians.standard(200, 3, 1);
    int[] rows = {150, 3, 77};
    int[] others = IntStream.range(20, 120).toArray();
    Neighbours searched = Neighbours.of(features.select(rows), features.select(others), 4);

    Neighbours selected = Neighbours.among(features, 60).select(rows, others, 3).orElseThrow();

    for (int i = 0; i < 2; i++) {
      for (int rank = 0; rank < 3; rank++) {
        assertThat(selected.index(i, rank)).isEqualTo(searched.index(i, rank));
        assertThat(selected.squaredDistance(i, rank)).isEqualTo(searched.squaredDistance(i, rank));
      }
    }
    // row 77 is among the others, and not its own neighbour
    assertThat(selected.index(2, 0)).isEqualTo(searched.index(2, 1));
    assertThat(Neighbours.among(features, 3).select(rows, others, 3)).isEmpty();
  }

  /** Where |x|^2 is 3e9 times the squared distance, the expanded form would have lost it. */
  @Test
  void farFromTheOriginDistancesAreExact() {
    Features features = Features.of("line", 3, 1, new float[] {4096, 4096.0625f, 4097});

    assertThat(Neighbours.among(features, 1).distance(0, 0)).isEqualTo(0.0625);
  }

  @Test
  void refusesMoreNeighboursThanThereAre() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Neighbours.among(Gaussians.standard(5, 2, 1), 5))
        .withMessageContainingAll("from 1 to 4", "among 5 images", "found 5");
  }

  static double[] distances(Features queries, int row, Features others) {
    double[] distances = new double[others.count()];
    for (int j = 0; j < distances.length; j++) {
      double sum = 0;
      for (int k = 0; k < others.dimensions(); k++) {
        sum += Math.pow((double) queries.at(row, k) - others.at(j, k), 2);
      }
      distances[j] = Math.sqrt(sum);
    }
    return distances;
  }
}
