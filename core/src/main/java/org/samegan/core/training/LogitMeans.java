package org.samegan.core.training;

import org.samegan.core.objective.LeCam;

/** The moving averages of the mean logits that {@link LeCam} compares with. */
final class LogitMeans {
  /** Where a trainer's state has them: a_R, a_F, and 1 once there has been a batch. */
  static final String PATH = "lecam/means";

  private static final int REAL = 0;
  private static final int FAKE = 1;
  private static final int STARTED = 2;
  private static final int COUNT = 3;

  private final double decay;
  private final KeptNumbers kept = new KeptNumbers(PATH, COUNT);

  LogitMeans(LeCam leCam) {
    decay = leCam.decay();
  }

  KeptNumbers kept() {
    return kept;
  }

  void feed(StepInputs inputs) {
    inputs.set(StepGraph.REAL_LOGIT_MEAN, kept.get(REAL));
    inputs.set(StepGraph.FAKE_LOGIT_MEAN, kept.get(FAKE));
  }

  /** Takes account of a batch; the first is all there is to go by. */
  void saw(double real, double fake) {
    double keep = kept.get(STARTED) == 0 ? 0 : decay;
    kept.set(REAL, (float) (keep * kept.get(REAL) + (1 - keep) * real));
    kept.set(FAKE, (float) (keep * kept.get(FAKE) + (1 - keep) * fake));
    kept.set(STARTED, 1);
  }
}
