package org.samegan.models;

import java.util.List;
import org.samegan.core.data.PixelRange;
import org.samegan.core.layer.Network;
import org.samegan.core.training.Gan;
import org.samegan.core.training.Latent;
import org.samegan.core.training.Recipe;
import org.samegan.core.training.Recognition;

/** What variants share that train DCGAN's networks with a recipe of their own. */
interface OnDcganNetworks extends RecipeVariant {
  /** The generator's input. */
  default Latent latent(ImageFormat images, Settings settings) {
    return Latent.normal(settings.get(DcganNetworks.LATENT));
  }

  /** What reads the latent back on the discriminator's layers; null for none. */
  default Recognition recognition(Network discriminator, ImageFormat images, Settings settings) {
    return null;
  }

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
    Latent latent = latent(images, settings);
    int width = settings.get(DcganNetworks.WIDTH);
    Recipe recipe = recipe(settings);
    Network discriminator = discriminator(width, images, recipe);
    return new Gan(
        name(),
        latent,
        DcganNetworks.generator(latent.size(), width, images),
        discriminator,
        recognition(discriminator, images, settings),
        recipe,
        PixelRange.SIGNED_UNIT);
  }
}
