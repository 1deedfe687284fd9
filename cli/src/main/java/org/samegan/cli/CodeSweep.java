package org.samegan.cli;

import java.nio.FloatBuffer;
import org.samegan.core.training.Gan;
import org.samegan.core.training.Latent;
import org.samegan.core.training.LatentSource;

/**
 * The latents of a grid that shows what one continuous code means (Chen et al. 2016,
 * arXiv:1606.03657, figure 2): from left to right it goes from -2 to 2, from row to row the class
 * of the first categorical code changes, and everything else stays. Without a categorical code each
 * row is another draw.
 */
final class CodeSweep implements LatentSource {
  /** Steps of the code, and rows where there is no categorical code. */
  static final int COLUMNS = 10;

  private static final float END = 2;

  private final LatentSource drawn;
  private final int code;
  private final int classes;
  private final int firstClass;

  private CodeSweep(LatentSource drawn, int code, int classes, int firstClass) {
    this.drawn = drawn;
    this.code = code;
    this.classes = classes;
    this.firstClass = firstClass;
  }

  /**
   * The sweep of one code.
   *
   * @param number which value of the continuous codes, from 1
   * @throws CommandException if the model has no such value
   */
  static CodeSweep of(Gan gan, int number, long seed) {
    int code = -1;
    int before = 0;
    int classes = 0;
    int firstClass = 0;
    int offset = 0;
    for (Latent.Part part : gan.latent().parts()) {
      if (part instanceof Latent.Continuous) {
        if (number > before && number <= before + part.size()) {
          code = offset + number - 1 - before;
        }
        before += part.size();
      } else if (part instanceof Latent.Categorical && classes == 0) {
        classes = part.size();
        firstClass = offset;
      }
      offset += part.size();
    }
    if (code < 0) {
      throw new CommandException(
          before == 0
              ? String.format(
                  "--sweep %d: this model (%s) has no continuous codes; train one that has, such as"
                      + " infogan",
                  number, gan.variant())
              : String.format(
                  "--sweep must be from 1 to %d, as many values as this model's continuous codes"
                      + " have, found %d",
                  before, number));
    }
    return new CodeSweep(LatentSource.drawn(gan.latent(), seed), code, classes, firstClass);
  }

  /** How many images the grid has. */
  int count() {
    return (classes == 0 ? COLUMNS : classes) * COLUMNS;
  }

  @Override
  public void fill(int sample, FloatBuffer vector) {
    int row = sample / COLUMNS;
    int start = vector.position();
    drawn.fill(classes == 0 ? row : 0, vector);
    vector.put(start + code, END * (2f * (sample % COLUMNS) / (COLUMNS - 1) - 1));
    for (int k = 0; k < classes; k++) {
      vector.put(start + firstClass + k, k == row ? 1 : 0);
    }
  }
}
