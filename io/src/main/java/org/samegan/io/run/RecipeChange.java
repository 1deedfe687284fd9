package org.samegan.io.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.samegan.core.gan.Recipe;

/**
 * What was changed of a run's recipe when it went on.
 *
 * @param step after which the change holds: generator steps so far
 * @param before the options and settings that were changed, as they were, by key; without those
 *     that had not been said
 * @param after as they are from then on
 * @param recipe what was trained with before
 */
public record RecipeChange(
    long step, Map<String, Object> before, Map<String, Object> after, Recipe recipe) {
  /** Checks the step, and keeps the order. */
  public RecipeChange {
    if (step < 0) {
      throw new IllegalArgumentException("a change holds from step 0 or later, found " + step);
    }
    before = Collections.unmodifiableMap(new LinkedHashMap<>(before));
    after = Collections.unmodifiableMap(new LinkedHashMap<>(after));
  }

  /** A configuration as it was before. */
  RunConfig undoneIn(RunConfig config) {
    RunConfig undone = config;
    for (String key : after.keySet()) {
      undone =
          RunOptions.named(key).isPresent()
              ? undone.with(key, before.get(key))
              : undone.withSetting(key, before.get(key));
    }
    return undone;
  }
}
