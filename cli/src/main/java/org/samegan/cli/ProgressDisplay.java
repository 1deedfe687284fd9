package org.samegan.cli;

import org.samegan.core.training.StepReport;

/** Shows how training is going. */
interface ProgressDisplay extends AutoCloseable {
  /** Shows a step, or some of the steps. */
  void stepped(StepReport report);

  @Override
  void close();

  /**
   * The display for a terminal: a bar where somebody watches, else lines.
   *
   * @param step the step that training goes on after
   */
  static ProgressDisplay on(Terminal terminal, Schedule schedule, long step) {
    return terminal.interactive()
        ? new BarDisplay(terminal, schedule, step)
        : new LineDisplay(terminal, schedule, step);
  }
}
