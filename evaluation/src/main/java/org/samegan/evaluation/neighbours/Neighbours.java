package org.samegan.evaluation.neighbours;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.samegan.evaluation.Features;
import org.samegan.evaluation.algebra.PairTiles;

/**
 * The k nearest rows of some features for every row of others, by Euclidean distance, exactly; of
 * equally near ones those with the lower index. Every pair is looked at, in tiles.
 */
public final class Neighbours {
  private final int ranks;
  private final int[] indices;
  private final double[] squares;

  private Neighbours(int rows, int ranks) {
    this.ranks = ranks;
    this.indices = new int[rows * ranks];
    this.squares = new double[rows * ranks];
    Arrays.fill(squares, Double.POSITIVE_INFINITY);
  }

  /**
   * For every query its {@code ranks} nearest among {@code others}, such as the training images
   * that generated ones are nearest to.
   */
  public static Neighbours of(Features queries, Features others, int ranks) {
    int[] nobody = new int[queries.count()];
    Arrays.fill(nobody, -1);
    return search(queries, others, nobody, ranks, others.count());
  }

  /** For every row its {@code ranks} nearest other rows. A copy of a row is another row. */
  public static Neighbours among(Features features, int ranks) {
    int[] self = new int[features.count()];
    Arrays.setAll(self, i -> i);
    return search(features, features, self, ranks, features.count() - 1);
  }

  /** For every chosen row, at least 2, its {@code ranks} nearest others among all rows. */
  public static Neighbours among(Features features, int[] chosen, int ranks) {
    return search(features.select(chosen), features, chosen, ranks, features.count() - 1);
  }

  private static Neighbours search(
      Features queries, Features others, int[] excluded, int ranks, int most) {
    if (ranks < 1 || ranks > most) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "expected from 1 to %d nearest neighbours among %d images, found %d; measure more"
                  + " images",
              most,
              others.count(),
              ranks));
    }
    Neighbours found = new Neighbours(queries.count(), ranks);
    PairTiles.compute(
        queries,
        others,
        PairTiles.Kernel.SQUARED_DISTANCE,
        (top, bottom) ->
            (row, from, to, distances) -> {
              int last = row * found.ranks + found.ranks - 1;
              double worst = found.squares[last];
              for (int column = from; column < to; column++) {
                double square = distances[column - from];
                if (square < worst && column != excluded[row]) {
                  found.insert(row, column, square);
                  worst = found.squares[last];
                }
              }
            });
    return found;
  }

  /**
   * For each of some rows its {@code ranks} nearest among others of the rows, where these are the
   * neighbours within one set: indices count in {@code others}, and a row is not its own neighbour.
   * Halves of a set need no search of their own, however often it is split, if enough neighbours
   * are known of the whole: with half of the rows among the others, 40 hold 5 of them but once in
   * 10^7 rows.
   *
   * @return nothing if the neighbours of some row hold fewer of the others
   */
  public Optional<Neighbours> select(int[] rows, int[] others, int wanted) {
    int[] places = new int[count()];
    Arrays.fill(places, -1);
    for (int i = 0; i < others.length; i++) {
      places[others[i]] = i;
    }
    Neighbours selected = new Neighbours(rows.length, wanted);
    for (int i = 0; i < rows.length; i++) {
      int found = 0;
      for (int rank = 0; found < wanted; rank++) {
        if (rank == ranks) {
          return Optional.empty();
        }
        int place = places[index(rows[i], rank)];
        if (place >= 0) {
          selected.indices[i * wanted + found] = place;
          selected.squares[i * wanted + found] = squaredDistance(rows[i], rank);
          found++;
        }
      }
    }
    return Optional.of(selected);
  }

  private void insert(int row, int column, double square) {
    int place = row * ranks + ranks - 1;
    int first = row * ranks;
    while (place > first && squares[place - 1] > square) {
      squares[place] = squares[place - 1];
      indices[place] = indices[place - 1];
      place--;
    }
    squares[place] = square;
    indices[place] = column;
  }

  /** How many rows have neighbours here. */
  public int count() {
    return indices.length / ranks;
  }

  /** How many neighbours each has. */
  public int ranks() {
    return ranks;
  }

  /** Which row is nearest (rank 0), next (rank 1), and so on. */
  public int index(int row, int rank) {
    return indices[Objects.checkIndex(row, count()) * ranks + Objects.checkIndex(rank, ranks)];
  }

  /** How far it is, squared: what is compared, for a square root may make two distances equal. */
  public double squaredDistance(int row, int rank) {
    return squares[Objects.checkIndex(row, count()) * ranks + Objects.checkIndex(rank, ranks)];
  }

  /** How far it is. */
  public double distance(int row, int rank) {
    return Math.sqrt(squaredDistance(row, rank));
  }
}
