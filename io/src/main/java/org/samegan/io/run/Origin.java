package org.samegan.io.run;

import java.util.List;
import java.util.Objects;
import org.samegan.io.json.NullAllowed;

/**
 * Where the weights come from that a run started with, in place of those of its seed. Nothing is
 * read there again: the run's checkpoints have what it needs.
 *
 * @param place what was named: a run, {@code RUN@best}, a checkpoint or a file of weights
 * @param run the name of the run's directory that they were trained in; null if that isn't known
 * @param step after which they were saved there; null if that isn't known
 * @param sha256 of the checkpoint's manifest, which has those of its files, or of the file of
 *     weights: 64 hexadecimal digits
 * @param whole how many variables were taken as they were
 * @param partly the paths of the variables of which those inputs were taken that mean the same
 * @param anew the paths of the variables that the seed started
 */
public record Origin(
    String place,
    @NullAllowed String run,
    @NullAllowed Long step,
    String sha256,
    int whole,
    List<String> partly,
    List<String> anew) {
  /** Checks the numbers, and keeps the lists. */
  public Origin {
    Objects.requireNonNull(place, "place");
    if (whole < 0 || (step != null && step < 0)) {
      throw new IllegalArgumentException(
          "weights are of at least 0 variables and steps, found " + whole + " and " + step);
    }
    if (!sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException(
          "a SHA-256 has 64 hexadecimal digits, found '" + sha256 + "'");
    }
    partly = List.copyOf(partly);
    anew = List.copyOf(anew);
  }

  /** How many variables the run has. */
  public int variables() {
    return whole + partly.size() + anew.size();
  }
}
