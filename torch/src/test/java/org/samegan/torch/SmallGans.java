package org.samegan.torch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.samegan.core.augmentation.AugmentationPolicy;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.data.ExampleKind;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.LittleData;
import org.samegan.core.objective.LeCam;
import org.samegan.core.schedule.Schedule;
import org.samegan.core.schedule.Span;
import org.samegan.core.setting.Setting;
import org.samegan.models.Variant;
import org.samegan.models.Variants;

/**
 * Every variant at its least size, narrow, and on points where it can; DCGAN at 32 and 64 pixels
 * too, and WGAN-GP at 64 and with residual networks.
 */
public final class SmallGans {
  /** Of the labels, for the variants that learn from them. */
  public static final int CLASSES = 4;

  private SmallGans() {}

  /** A GAN and what it is, for messages. */
  public record Named(String name, Gan gan) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** All of them. */
  public static List<Named> all() {
    List<Named> gans = new ArrayList<>();
    for (Variant variant : Variants.all()) {
      int size = variant.sizes().isEmpty() ? 28 : variant.sizes().get(0);
      gans.add(new Named(variant.name() + " " + size, images(variant, size, Map.of())));
      if (variant.kinds().contains(ExampleKind.POINTS)) {
        gans.add(new Named(variant.name() + " points", points(variant, 8)));
      }
    }
    gans.addAll(larger());
    return gans;
  }

  /** Those of other sizes and architectures than the least. */
  public static List<Named> larger() {
    List<Named> gans = new ArrayList<>();
    Variant penalised = Variants.named("wgan-gp");
    gans.add(new Named("dcgan 32", images(Variants.named("dcgan"), 32, Map.of())));
    gans.add(new Named("dcgan 64", images(Variants.named("dcgan"), 64, Map.of())));
    gans.add(new Named("wgan-gp 64", images(penalised, 64, Map.of("width", 1))));
    gans.add(new Named("wgan-gp resnet 32", images(penalised, 32, Map.of("arch", "resnet"))));
    for (String variant : List.of("dcgan", "acgan", "wgan-gp", "r3gan")) {
      gans.add(new Named(variant + " on little data", onLittleData(Variants.named(variant))));
    }
    return gans;
  }

  /** In colour, with all that is done about little data. */
  private static Gan onLittleData(Variant variant) {
    ExampleForm form = ExampleForm.images(variant.sizes().get(0), 3, CLASSES);
    Gan gan = variant.gan(form, Map.of("width", 3));
    LittleData littleData =
        LittleData.NONE
            .withAugmentation(AugmentationPolicy.parse("color,translation,cutout"))
            .withLeCam(new LeCam(0.3, 0.99, new Span.Steps(1)));
    if (gan.latent().label().isPresent()) {
      littleData = littleData.withTransition(Schedule.parse("linear:0:1:10"));
    }
    return gan.withRecipe(gan.recipe().withLittleData(littleData));
  }

  /** On points of the plane. */
  public static Gan points(Variant variant, int width) {
    return variant.gan(ExampleForm.points(2), Map.of("width", width));
  }

  /** On gray images, of the width 3 where it has one and none is given. */
  public static Gan images(Variant variant, int size, Map<String, Object> settings) {
    Map<String, Object> all = new LinkedHashMap<>(settings);
    if (variant.settings(ExampleKind.IMAGES).stream().map(Setting::key).anyMatch("width"::equals)) {
      all.putIfAbsent("width", 3);
    }
    return variant.gan(ExampleForm.images(size, 1, CLASSES), all);
  }
}
