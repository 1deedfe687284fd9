package org.samegan.models;

import java.util.List;
import java.util.Set;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.data.ExampleKind;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.Latent;
import org.samegan.core.setting.Setting;
import org.samegan.core.setting.Settings;

/**
 * InfoGAN (Chen et al. 2016, arXiv:1606.03657, appendix C): noise of 62 from U(-1, 1) as in the
 * authors' code for MNIST, a categorical code of 10 and two continuous codes, which a recognition
 * network reads back from the image. Adam with rate 2e-4 for the discriminator and the recognition
 * network, 1e-3 for the generator.
 *
 * <p>Where paper and authors' code differ: the paper's leaky ReLU has slope 0.1, the code's 0.01
 * ({@code slope}); the paper's Q learns the deviations of the continuous codes, the code fixes them
 * at 1 ({@code continuous.sigma}); the paper draws continuous codes from U(-1, 1) and sweeps them
 * from -2 to 2 ({@code continuous.range}).
 *
 * <p>{@code noise.range}: of the values that reach the generator's first units at the start, noise
 * from U(-1, 1) makes 93 %, the codes the rest, so noise decides what is drawn and the codes get
 * what it leaves. Noise of small variance (Mukherjee et al. 2019, arXiv:1809.03627, ClusterGAN)
 * leaves that to the codes: with 0.2 the best of three seeds finds MNIST's digits far better.
 */
public final class InfoGan implements Variant {
  private static final InfoGanSettings SETTINGS = new InfoGanSettings(1, 0.1, "learned", 0.1);
  private static final Setting.Whole CLASSES =
      new Setting.Whole("categorical", 10, 2, 10_000, "classes of the categorical code");

  private final InfoGanNetworks networks;

  /** With the paper's networks. */
  public InfoGan() {
    this(InfoGanNetworks.OF_PAPER);
  }

  /** With networks of another width. */
  InfoGan(InfoGanNetworks networks) {
    this.networks = networks;
  }

  @Override
  public String name() {
    return "infogan";
  }

  @Override
  public String summary() {
    return "GAN with codes that can be read back from images (Chen et al. 2016, arXiv:1606.03657)";
  }

  @Override
  public Set<ExampleKind> kinds() {
    return Set.of(ExampleKind.IMAGES);
  }

  @Override
  public List<Integer> sizes() {
    return InfoGanNetworks.SIZES;
  }

  @Override
  public List<Setting<?>> settings(ExampleKind kind) {
    return SETTINGS.with(CLASSES);
  }

  @Override
  public Gan gan(ExampleForm images, Settings settings) {
    Latent.Part code = new Latent.Categorical(settings.count(CLASSES));
    return SETTINGS.gan(name(), networks, images, settings, code, null);
  }
}
