package org.samegan.models;

import java.util.List;
import org.samegan.core.data.PixelRange;
import org.samegan.core.layer.Network;
import org.samegan.core.training.Gan;
import org.samegan.core.training.Latent;
import org.samegan.core.training.Recipe;

/** What variants share that train DCGAN's networks with a recipe of their own. */
interface OnDcganNetworks extends RecipeVariant {
  /** The discriminator; with penalties it has no batch normalisation. */
  default Network discriminator(int width, ImageFormat images, Recipe recipe) {
    return DcganNetworks.discriminator(width, images, recipe.penalties().isEmpty());
  }

  @Override
  default List<Integer> sizes() {
    return DcganNetworks.SIZES;
  }

  @Override
  default List<Setting<?>> settings() {
    return DcganNetworks.settingsBefore(recipeSettings());
  }

  @Override
  default Gan gan(ImageFormat images, Settings settings) {
    int latent = settings.get(DcganNetworks.LATENT);
    int width = settings.get(DcganNetworks.WIDTH);
    Recipe recipe = recipe(settings);
    return new Gan(
        name(),
        Latent.normal(latent),
        DcganNetworks.generator(latent, width, images),
        discriminator(width, images, recipe),
        null,
        recipe,
        PixelRange.SIGNED_UNIT);
  }
}
