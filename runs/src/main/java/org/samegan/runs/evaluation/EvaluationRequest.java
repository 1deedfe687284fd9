package org.samegan.runs.evaluation;

import java.nio.file.Path;
import java.util.Locale;

/**
 * What is to be measured.
 *
 * @param generator a run, a checkpoint, an exported generator, or a folder of images
 * @param data the images that it was trained on; null for those of the run
 * @param heldOut real images that it was not trained on; null for those that belong to the data, if
 *     any
 * @param features by what network, see {@link FeatureNetwork#open}; null for the classifier of
 *     digits where images are gray
 * @param count how many images are generated and compared, at least 10
 * @param splits of the floors, at least 2, or 0 for no floors
 * @param seed of latents, choices and splits
 * @param neighbours where a picture goes of the generated images that are nearest to training
 *     images, each with those beside it; null for none
 */
public record EvaluationRequest(
    Path generator,
    String data,
    String heldOut,
    String features,
    int count,
    int splits,
    long seed,
    Path neighbours) {
  /** How many images, unless said otherwise. */
  public static final int COUNT = 10_000;

  /** The splits of a floor, unless said otherwise. */
  public static final int SPLITS = 10;

  private static final int FEWEST = 10;

  /** Checks the numbers. */
  public EvaluationRequest {
    if (count < FEWEST) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the option count must be at least %d, found %d; most numbers need thousands",
              FEWEST,
              count));
    }
    if (splits != 0 && splits < 2) {
      throw new IllegalArgumentException(
          "the option splits must be at least 2, or 0 for no floors, found " + splits);
    }
  }

  /** All defaults. */
  public static EvaluationRequest of(Path generator) {
    return new EvaluationRequest(generator, null, null, null, COUNT, SPLITS, 42, null);
  }
}
