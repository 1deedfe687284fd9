package org.samegan.io.checkpoint;

import java.util.List;
import java.util.Locale;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.Recipe;
import org.samegan.core.layer.Variable;
import org.samegan.io.graph.GraphStream;

/** How large a model may be to have checkpoints. */
public final class StorableSize {
  private StorableSize() {}

  /**
   * Refuses a model that is too large for the format, before anything is trained.
   *
   * @throws IllegalArgumentException if a file of its checkpoints would exceed what SameDiff's
   *     format can hold
   */
  public static void require(Gan gan) {
    long generator = values(gan.generatorVariables());
    long discriminator = values(gan.discriminatorVariables());
    Recipe recipe = gan.recipe();
    long raw = recipe.generatorAverage().enabled() ? generator : 0;
    long besides =
        generator * recipe.generatorOptimizer().stateNames().size()
            + discriminator * recipe.discriminatorOptimizer().stateNames().size()
            + raw;
    long largest = Math.max(besides, Math.max(generator, discriminator));
    if (largest > GraphStream.MAXIMUM_FLOATS) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the model is too large to be saved: a file of its checkpoints would hold %d values,"
                  + " and SameDiff's format can hold %d; use narrower layers, an optimizer with"
                  + " less state than Adam, or no average of the generator",
              largest,
              GraphStream.MAXIMUM_FLOATS));
    }
  }

  private static long values(List<Variable> variables) {
    return variables.stream().mapToLong(variable -> variable.shape().elements()).sum();
  }
}
