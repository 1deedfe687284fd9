package org.samegan.cli;

import java.util.Locale;
import org.samegan.core.data.Dataset;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.training.Gan;
import org.samegan.io.data.Split;
import org.samegan.io.run.RunRecord;
import org.samegan.io.toy.ToyData;

/**
 * Points of the plane, which a configuration names as {@code toy:8gaussians} and the like.
 *
 * @param points the points
 */
record TrainingPoints(ToyData points) implements FoundData, TrainingData {
  static final String KIND = "points";
  private static final String PREFIX = "toy:";

  /** Whether a configuration's data is points; there may be no data yet. */
  static boolean isAt(String place) {
    return place != null && place.startsWith(PREFIX);
  }

  /**
   * The points of this name.
   *
   * @throws IllegalArgumentException if there is no such distribution, with the nearest name
   */
  static TrainingPoints at(String place) {
    return new TrainingPoints(ToyData.named(place.substring(PREFIX.length())));
  }

  /** Other points of the same distribution. */
  TrainingPoints heldOut() {
    return new TrainingPoints(points.withSplit(Split.TEST));
  }

  @Override
  public String description() {
    return String.format(
        Locale.ROOT, "%,d points of %s", points.size(), points.distribution().id());
  }

  @Override
  public RunRecord.Data record() {
    return new RunRecord.Data(points.fingerprint(), points.size(), points.classes(), null);
  }

  @Override
  public ExampleForm form() {
    return points.form();
  }

  /** They are made as they are asked for. */
  @Override
  public TrainingPoints open(Terminal terminal) {
    return this;
  }

  @Override
  public Gan gan(RunPlan plan) {
    return plan.ganOfPoints();
  }

  @Override
  public Dataset dataset(Gan gan) {
    return points;
  }
}
