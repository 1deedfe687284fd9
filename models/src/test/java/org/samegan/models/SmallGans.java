package org.samegan.models;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.data.ExampleKind;
import org.samegan.core.gan.Gan;
import org.samegan.core.setting.Setting;

/**
 * Every variant at every size in each of its architectures, but narrow: DCGAN and the original GAN
 * gray and in colour, the others, whose networks take channels in the same place, in colour at
 * their least size only, which keeps the suite short; and all that can on points.
 */
final class SmallGans {
  private static final Set<String> FAMILIES = Set.of("gan", "dcgan");

  /** Of the labels, for the variants that learn from them. */
  static final int CLASSES = 3;

  private SmallGans() {}

  /** A GAN and what it is, for messages. */
  record Named(String name, Gan gan) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Named> all() {
    List<Named> gans = new ArrayList<>();
    for (Variant variant : variants()) {
      if (variant.kinds().contains(ExampleKind.POINTS)) {
        Gan gan = variant.gan(ExampleForm.points(2), Map.of("width", 16));
        gans.add(new Named(variant.name() + " points", gan));
      }
      List<Integer> sizes = variant.sizes().isEmpty() ? List.of(12) : variant.sizes();
      if (List.of("wgan-lp", "ssinfogan").contains(variant.name())) {
        // Their networks are those of wgan-gp and of infogan.
        sizes = sizes.subList(0, 1);
      }
      for (int size : sizes) {
        boolean inColour = FAMILIES.contains(variant.name()) || size == sizes.get(0);
        for (int channels : inColour ? new int[] {1, 3} : new int[] {1}) {
          for (Map<String, Object> settings : architectures(variant)) {
            ExampleForm images = ExampleForm.images(size, channels, CLASSES);
            String name = String.join(" ", variant.name(), images.toString(), settings.toString());
            gans.add(new Named(name, variant.gan(images, settings)));
          }
        }
      }
    }
    return gans;
  }

  /** Every variant in each of its architectures at its least size, gray, and on points. */
  static List<Named> least() {
    List<Named> gans = new ArrayList<>();
    for (Variant variant : variants()) {
      if (variant.kinds().contains(ExampleKind.POINTS)) {
        Gan gan = variant.gan(ExampleForm.points(2), Map.of("width", 16));
        gans.add(new Named(variant.name() + " points", gan));
      }
      int size = variant.sizes().isEmpty() ? 12 : variant.sizes().get(0);
      for (Map<String, Object> settings : architectures(variant)) {
        Gan gan = variant.gan(ExampleForm.images(size, 1, CLASSES), settings);
        gans.add(new Named(variant.name() + " " + settings, gan));
      }
    }
    return gans;
  }

  /**
   * All of them, but those on InfoGAN's networks, which have no setting for their width and
   * millions of weights, narrow.
   */
  private static List<Variant> variants() {
    List<Variant> variants = new ArrayList<>(Variants.all());
    variants.replaceAll(SmallGans::narrow);
    return variants;
  }

  private static Variant narrow(Variant variant) {
    InfoGanNetworks networks = new InfoGanNetworks(4);
    return switch (variant.name()) {
      case "infogan" -> new InfoGan(networks);
      case "ssinfogan" -> new SsInfoGan(networks);
      default -> variant;
    };
  }

  /** Each value of the setting {@code arch}, where there is one, with the least width. */
  private static List<Map<String, Object>> architectures(Variant variant) {
    List<Map<String, Object>> all = new ArrayList<>();
    all.add(new LinkedHashMap<>());
    for (Setting<?> setting : variant.settings(ExampleKind.IMAGES)) {
      if (setting.key().equals("width")) {
        all.forEach(settings -> settings.put("width", 4));
      }
      if (setting instanceof Setting.Choice choice && choice.key().equals("arch")) {
        Map<String, Object> first = all.remove(0);
        for (String option : choice.options()) {
          Map<String, Object> other = new LinkedHashMap<>(first);
          other.put("arch", option);
          all.add(other);
        }
      }
    }
    return all;
  }
}
