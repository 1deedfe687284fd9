package org.samegan.core.training;

/** Watches a run, on the training thread. */
@FunctionalInterface
public interface TrainingListener {
  /**
   * A step is done.
   *
   * @param report what it saw
   * @param trainer the trainer, between two steps: its state may be read and saved
   */
  void stepped(StepReport report, Trainer trainer);
}
