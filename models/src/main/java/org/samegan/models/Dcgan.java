package org.samegan.models;

import java.util.List;
import java.util.Set;
import org.samegan.core.data.ExampleKind;
import org.samegan.core.gan.Recipe;
import org.samegan.core.setting.Setting;
import org.samegan.core.setting.Settings;

/**
 * DCGAN (Radford, Metz and Chintala 2016, arXiv:1511.06434): strided and transposed convolutions
 * and no pooling; batch normalisation everywhere but in the discriminator's first layer and in both
 * output layers; ReLU and tanh in the generator, leaky ReLU in the discriminator.
 *
 * <p>At 28 pixels the generator starts from a dense layer of 7x7x128, as is usual for MNIST; the
 * other sizes start from 4x4 and double, at 64 pixels from 512 channels, at 128 from 1024, at 32
 * from 256.
 */
public final class Dcgan implements OnDcganNetworks {
  private static final TrainingSettings TRAINING = new TrainingSettings("adam", 2e-4, 0.5, 0.999);

  @Override
  public String name() {
    return "dcgan";
  }

  @Override
  public String summary() {
    return "deep convolutional GAN (Radford et al. 2016, arXiv:1511.06434)";
  }

  /** What DCGAN adds to the original GAN are its networks for images. */
  @Override
  public Set<ExampleKind> kinds() {
    return Set.of(ExampleKind.IMAGES);
  }

  @Override
  public List<Setting<?>> recipeSettings(ExampleKind kind) {
    return TRAINING.withLossAfter();
  }

  @Override
  public Recipe recipe(Settings settings) {
    return TRAINING.recipe(settings);
  }
}
