package org.samegan.models;

import java.util.List;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.data.PixelRange;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.Latent;
import org.samegan.core.gan.Recipe;
import org.samegan.core.gan.Recognition;
import org.samegan.core.layer.Network;
import org.samegan.core.setting.Setting;
import org.samegan.core.setting.Settings;

/** What variants share that train DCGAN's networks with a recipe of their own. */
interface OnDcganNetworks extends RecipeVariant {
  /** The generator's input. */
  default Latent latent(ExampleForm images, Settings settings) {
    return Latent.normal(settings.count(DcganNetworks.LATENT));
  }

  /** What reads the latent back on the discriminator's layers; null for none. */
  default Recognition recognition(Network discriminator, ExampleForm images, Settings settings) {
    return null;
  }

  /** The discriminator; with penalties it has no batch normalisation. */
  default Network discriminator(int width, ExampleForm images, Recipe recipe) {
    return DcganNetworks.discriminator(width, images, recipe.penalties().isEmpty());
  }

  @Override
  default List<Integer> sizes() {
    return DcganNetworks.SIZES;
  }

  @Override
  default List<Setting<?>> networkSettings() {
    return DcganNetworks.SETTINGS;
  }

  @Override
  default Gan imageGan(ExampleForm images, Settings settings) {
    Latent latent = latent(images, settings);
    int width = settings.count(DcganNetworks.WIDTH);
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
