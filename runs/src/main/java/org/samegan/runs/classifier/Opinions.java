package org.samegan.runs.classifier;

import java.nio.FloatBuffer;
import org.samegan.core.classifier.TrainedClassifier;
import org.samegan.core.data.Dataset;
import org.samegan.evaluation.Features;
import org.samegan.evaluation.classes.ClassProbabilities;

/**
 * What a classifier sees in images.
 *
 * @param features of each image
 * @param probabilities of each image's classes
 */
public record Opinions(Features features, ClassProbabilities probabilities) {
  private static final int CHUNK = 1024;

  /**
   * Looks at images.
   *
   * @param name what the features are called
   * @param images at least 2, in the classifier's range, of its input shape
   */
  public static Opinions of(String name, TrainedClassifier classifier, Dataset images) {
    int count = images.size();
    int classes = classifier.classifier().classes().count();
    int dimensions = classifier.classifier().features();
    float[] features = new float[Math.multiplyExact(count, dimensions)];
    float[] opinions = new float[Math.multiplyExact(count, classes)];
    FloatBuffer chunk =
        FloatBuffer.allocate(Math.min(count, CHUNK) * images.exampleShape().elements());
    FloatBuffer seen = FloatBuffer.wrap(features);
    FloatBuffer said = FloatBuffer.wrap(opinions);
    for (int done = 0; done < count; done += CHUNK) {
      int some = Math.min(CHUNK, count - done);
      chunk.clear();
      for (int i = 0; i < some; i++) {
        images.copyTo(done + i, chunk);
      }
      chunk.flip();
      classifier.compute(some, chunk, seen, said);
    }
    softmax(opinions, classes);
    return new Opinions(
        Features.of(name, count, dimensions, features),
        ClassProbabilities.of(count, classes, opinions));
  }

  /** Logits become probabilities, row by row, computed in double. */
  private static void softmax(float[] logits, int classes) {
    double[] row = new double[classes];
    for (int start = 0; start < logits.length; start += classes) {
      double greatest = Double.NEGATIVE_INFINITY;
      for (int c = 0; c < classes; c++) {
        greatest = Math.max(greatest, logits[start + c]);
      }
      double sum = 0;
      for (int c = 0; c < classes; c++) {
        row[c] = Math.exp(logits[start + c] - greatest);
        sum += row[c];
      }
      for (int c = 0; c < classes; c++) {
        logits[start + c] = (float) (row[c] / sum);
      }
    }
  }
}
