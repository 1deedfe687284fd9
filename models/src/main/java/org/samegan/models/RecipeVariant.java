package org.samegan.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.data.ExampleKind;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.Recipe;
import org.samegan.core.setting.Setting;
import org.samegan.core.setting.Settings;

/**
 * A variant whose recipe fits any networks, and not only those that it has for images: points are
 * made by {@link PointNetworks}.
 */
interface RecipeVariant extends Variant {
  /** The settings of the networks for images. */
  List<Setting<?>> networkSettings();

  /** The settings beside the networks', with the defaults for a kind of examples. */
  List<Setting<?>> recipeSettings(ExampleKind kind);

  /** The recipe. */
  Recipe recipe(Settings settings);

  /** The GAN for images. */
  Gan imageGan(ExampleForm images, Settings settings);

  @Override
  default Set<ExampleKind> kinds() {
    return Set.of(ExampleKind.IMAGES, ExampleKind.POINTS);
  }

  @Override
  default List<Setting<?>> settings(ExampleKind kind) {
    List<Setting<?>> all =
        new ArrayList<>(
            switch (kind) {
              case IMAGES -> networkSettings();
              case POINTS -> PointNetworks.SETTINGS;
            });
    all.addAll(recipeSettings(kind));
    return all;
  }

  @Override
  default Gan gan(ExampleForm form, Settings settings) {
    return switch (form.kind()) {
      case IMAGES -> imageGan(form, settings);
      case POINTS -> PointNetworks.gan(name(), form, settings, recipe(settings));
    };
  }
}
