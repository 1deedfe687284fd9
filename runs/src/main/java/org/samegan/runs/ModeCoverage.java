package org.samegan.runs;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.samegan.core.training.StepReport;
import org.samegan.io.toy.ModeStatistics;
import org.samegan.runs.sampling.Samples;

/** How well the generator covers the modes of points whose distribution is known. */
final class ModeCoverage implements RunListener {
  @Override
  public Map<String, Number> measure(StepReport report, TrainingRun run) throws IOException {
    Map<String, Number> measured = new LinkedHashMap<>();
    if (run.timetable().measuresAfter(report.step())) {
      of(run)
          .ifPresent(
              modes -> {
                measured.put("modes-covered", modes.covered());
                measured.put("high-quality", modes.highQuality());
              });
    }
    return measured;
  }

  /** The statistics now; empty if the data has no modes that are known. */
  static Optional<ModeStatistics> of(TrainingRun run) {
    if (run.data().points().isEmpty()) {
      return Optional.empty();
    }
    try (Samples samples = run.samples()) {
      return samples.modes(run.pictureRequest());
    }
  }
}
