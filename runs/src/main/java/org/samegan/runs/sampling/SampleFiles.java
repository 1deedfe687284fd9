package org.samegan.runs.sampling;

import java.io.IOException;
import java.nio.file.Path;
import org.samegan.core.gan.LatentSource;

/** How samples of one kind are written. */
sealed interface SampleFiles permits ImageFiles, PointFiles {
  /** How many make a good picture. */
  int pictureCount();

  /**
   * Draws samples and writes all of them as one picture.
   *
   * @param columns of a sheet
   */
  void writePicture(Path file, int count, int columns, LatentSource latents) throws IOException;

  /** Draws samples and writes them so that each can be used by itself. */
  void writeEach(Path directory, int count, SampleClasses classes, LatentSource latents)
      throws IOException;
}
