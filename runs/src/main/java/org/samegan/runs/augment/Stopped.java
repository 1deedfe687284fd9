package org.samegan.runs.augment;

/** That somebody asked the experiment to stop: what was being trained is left as it was. */
final class Stopped extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Stopped() {
    super("stopped", null, false, false);
  }
}
