package org.samegan.runs;

import java.io.IOException;
import org.samegan.core.training.StepReport;
import org.samegan.io.run.MetricsLog;

/** Writes every step's numbers to {@code metrics.jsonl}. */
final class MetricsLogging implements RunListener {
  private MetricsLog log;

  @Override
  public void begun(TrainingRun run) throws IOException {
    log = MetricsLog.open(run.files().metrics(), run.step());
  }

  @Override
  public void stepped(StepReport report, TrainingRun run) throws IOException {
    log.append(report);
  }

  @Override
  public void saving(TrainingRun run) throws IOException {
    log.flush();
  }

  @Override
  public void ended(TrainingRun run) throws IOException {
    log.close();
  }
}
