package org.samegan.evaluation.classes;

/**
 * The classifier score (Inception score where the classifier is Inception): are images clearly of
 * some class, and are all classes among them?
 *
 * <p>exp(mean_i KL(p(c | y_i) || p(c))), p(c) the mean over the images. In [1, number of classes]:
 * 1 if the classifier says the same of all images, the number of classes if it is sure of each and
 * they are equally frequent.
 *
 * <p>Salimans, Goodfellow, Zaremba, Cheung, Radford and Chen 2016, arXiv:1606.03498, section 4,
 * over all images at once (they average 10 splits). It never looks at real images: one good image a
 * class, repeated, has the best score. Biased downwards for few images.
 */
public final class ClassifierScore {
  private ClassifierScore() {}

  /** The score of generated images. */
  public static double of(ClassProbabilities probabilities) {
    int n = probabilities.count();
    int classes = probabilities.classes();
    double[] marginal = new double[classes];
    double[] sums = new double[n];
    for (int i = 0; i < n; i++) {
      for (int c = 0; c < classes; c++) {
        sums[i] += probabilities.at(i, c);
      }
      for (int c = 0; c < classes; c++) {
        marginal[c] += probabilities.at(i, c) / sums[i] / n;
      }
    }
    double divergence = 0;
    for (int i = 0; i < n; i++) {
      for (int c = 0; c < classes; c++) {
        double p = probabilities.at(i, c) / sums[i];
        if (p > 0) {
          divergence += p * (StrictMath.log(p) - StrictMath.log(marginal[c]));
        }
      }
    }
    return StrictMath.exp(divergence / n);
  }
}
