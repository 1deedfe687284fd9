package org.samegan.models;

import java.util.List;
import org.samegan.core.data.ExampleKind;
import org.samegan.core.gan.Recipe;
import org.samegan.core.objective.Objective;
import org.samegan.core.setting.Setting;
import org.samegan.core.setting.Settings;

/**
 * The least squares GAN (Mao et al. 2017, arXiv:1611.04076) with labels 0 and 1, on DCGAN's
 * networks with DCGAN's Adam. (The paper's own networks for 112 pixels are deeper, and its rate is
 * 1e-3.)
 */
public final class Lsgan implements OnDcganNetworks {
  private static final TrainingSettings TRAINING = new TrainingSettings("adam", 2e-4, 0.5, 0.999);

  @Override
  public String name() {
    return "lsgan";
  }

  @Override
  public String summary() {
    return "least squares GAN (Mao et al. 2017, arXiv:1611.04076)";
  }

  @Override
  public List<Setting<?>> recipeSettings(ExampleKind kind) {
    return TRAINING.after();
  }

  @Override
  public Recipe recipe(Settings settings) {
    return TRAINING.recipe(new Objective.LeastSquares(), settings);
  }
}
