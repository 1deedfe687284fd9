package org.samegan.models;

import java.util.List;
import java.util.Set;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.data.ExampleKind;
import org.samegan.core.data.RandomAffine;
import org.samegan.core.gan.FewLabels;
import org.samegan.core.gan.Gan;
import org.samegan.core.setting.Setting;
import org.samegan.core.setting.Settings;

/**
 * InfoGAN that is guided by a few labels (Spurr et al. 2017, arXiv:1707.04487, ss-InfoGAN): its
 * categorical code is the images' class. The recognition network learns it from the images that
 * have a label, and the generator to make images that are recognised as what they were to be; all
 * images, labelled or not, teach the discriminator what images are like. Continuous codes are found
 * as InfoGAN finds them.
 *
 * <p>Recognition learns the class from labelled images, as in the authors' code; from generated
 * ones, as InfoGAN's does, more and more over {@code label.lead} steps: from the start, recognition
 * would learn what the generator confuses. The networks and rates are InfoGAN's; the defaults of
 * {@code noise.range}, {@code slope}, {@code continuous.sigma} and {@code continuous.weight} those
 * with which InfoGAN finds MNIST's digits best.
 *
 * <p>Labelled images are turned, moved, scaled and sheared a little each time ({@code
 * label.augment}), since a few are soon learnt by heart.
 */
public final class SsInfoGan implements Variant {
  private static final InfoGanSettings SETTINGS = new InfoGanSettings(0.2, 0.01, "fixed", 1);
  private static final Setting.Real WEIGHT =
      Setting.Real.positive("label.weight", 1, "weight of the cross-entropy of real labels");
  private static final Setting.Whole LEAD =
      new Setting.Whole(
          "label.lead",
          1000,
          0,
          Long.MAX_VALUE,
          "steps until labels of generated images teach recognition with full weight, from 0");
  private static final Setting.Choice AUGMENTATION =
      new Setting.Choice(
          "label.augment",
          "slight",
          List.of("none", "slight"),
          "labelled images as they are, or turned, moved, scaled and sheared a little each time: by"
              + " up to 10 degrees, 8 %, 10 % and 8 degrees");

  private final InfoGanNetworks networks;

  /** With InfoGAN's networks. */
  public SsInfoGan() {
    this(InfoGanNetworks.OF_PAPER);
  }

  /** With networks of another width. */
  SsInfoGan(InfoGanNetworks networks) {
    this.networks = networks;
  }

  @Override
  public String name() {
    return "ssinfogan";
  }

  @Override
  public String summary() {
    return "InfoGAN that is guided by a few labels (Spurr et al. 2017, arXiv:1707.04487)";
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
    return SETTINGS.with(WEIGHT, LEAD, AUGMENTATION);
  }

  @Override
  public Gan gan(ExampleForm images, Settings settings) {
    RandomAffine augmentation =
        settings.get(AUGMENTATION).equals("slight") ? RandomAffine.SLIGHT : RandomAffine.IDENTITY;
    return SETTINGS.gan(
        name(),
        networks,
        images,
        settings,
        Labels.of(images, name()),
        new FewLabels(settings.get(WEIGHT), settings.get(LEAD), augmentation));
  }
}
