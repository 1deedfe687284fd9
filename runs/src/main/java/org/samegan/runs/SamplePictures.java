package org.samegan.runs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.samegan.core.training.StepReport;
import org.samegan.io.run.StepFiles;
import org.samegan.runs.sampling.Samples;

/**
 * Writes pictures of samples, sheets of images or plots of points, always of the same latents, so
 * that they can be compared.
 */
final class SamplePictures implements RunListener {
  /** What the pictures' names end in. */
  static final String SUFFIX = ".png";

  @Override
  public void stepped(StepReport report, TrainingRun run) throws IOException {
    if (run.timetable().samplesAfter(report.step())) {
      Path directory = Files.createDirectories(run.files().samples());
      Path picture = directory.resolve(StepFiles.name(report.step(), SUFFIX));
      try (Samples samples = run.samples()) {
        samples.writeGrid(picture, run.pictureRequest());
      }
      run.tell(listener -> listener.sampled(picture, run));
    }
  }
}
