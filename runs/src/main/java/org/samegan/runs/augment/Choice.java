package org.samegan.runs.augment;

import java.util.List;
import org.samegan.io.json.NullAllowed;

/**
 * What was chosen for one subset, by its labelled images alone.
 *
 * @param checkpoint the generator's step: that of the least kernel distance
 * @param tau the filter's threshold
 * @param share of synthetic images in a batch
 * @param looked how many images were looked at, of all classes together
 * @param taken the numbers of the images that passed the filter
 * @param checkpoints what there was to choose from
 * @param mixtures what there was to choose from; empty where there was no choice
 */
record Choice(
    long checkpoint,
    double tau,
    double share,
    long looked,
    List<Integer> taken,
    List<CheckpointScore> checkpoints,
    List<MixtureScore> mixtures) {
  /**
   * How far a checkpoint's images are from the labelled ones.
   *
   * @param step of the generator
   * @param distance the kernel distance between features of the subset's classifier
   */
  record CheckpointScore(long step, double distance) {}

  /**
   * How good classifiers were with a filter and a share.
   *
   * @param loss mean cross-entropy of the images left out, in nats; null if the filter left a class
   *     empty
   * @param accuracy of the images left out; null likewise
   */
  record MixtureScore(
      double tau, double share, @NullAllowed Double loss, @NullAllowed Double accuracy) {}
}
