package org.samegan.runs.classifier;

import java.util.List;
import org.samegan.evaluation.classes.Assessment;
import org.samegan.io.json.NullAllowed;

/**
 * How a classifier was trained and how good it is, as its file says it.
 *
 * @param settings of its training
 * @param data the SHA-256 of the images and labels that it was trained on, validation included
 * @param images how many those are
 * @param epochs how many passes over them there were
 * @param bestEpoch the pass after which it was best on the validation images: what it is now
 * @param validation what it does with the validation images, which chose the epoch
 * @param test what it does with images that nothing was chosen by; null if there were none
 */
public record ClassifierRecord(
    ClassifierSettings settings,
    String data,
    int images,
    int epochs,
    int bestEpoch,
    Quality validation,
    @NullAllowed Quality test) {
  /**
   * What a classifier does with images.
   *
   * @param images how many
   * @param accuracy the share that it is right about
   * @param loss mean cross-entropy in nats
   * @param calibrationError expected calibration error
   * @param classes the accuracy on each class, by label
   */
  public record Quality(
      int images, double accuracy, double loss, double calibrationError, List<Double> classes) {
    static Quality of(Assessment assessment) {
      return new Quality(
          assessment.count(),
          assessment.accuracy(),
          assessment.loss(),
          assessment.calibrationError(),
          assessment.classes());
    }
  }
}
