package org.samegan.models;

import java.util.List;
import java.util.Optional;
import org.samegan.core.training.Recipe;

/** A variant whose recipe fits any networks, and not only those that it has for images. */
interface RecipeVariant extends Variant {
  /** The settings beside the networks' own. */
  List<Setting<?>> recipeSettings();

  /** The recipe. */
  Recipe recipe(Settings settings);

  /** The recipe's settings with the defaults for points of the plane. */
  default List<Setting<?>> pointRecipeSettings() {
    return recipeSettings();
  }

  @Override
  default Optional<PointVariant> onPoints() {
    return Optional.of(new RecipeOnPoints(this));
  }
}
