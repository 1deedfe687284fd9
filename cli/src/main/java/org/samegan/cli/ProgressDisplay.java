package org.samegan.cli;

import org.samegan.runs.RunListener;

/** Shows how training is going. */
final class ProgressDisplay {
  private ProgressDisplay() {}

  /** The display for a terminal: a bar where somebody watches, else lines. */
  static RunListener on(Terminal terminal) {
    return terminal.interactive() ? new BarDisplay(terminal) : new LineDisplay(terminal);
  }
}
