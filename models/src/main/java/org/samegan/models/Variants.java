package org.samegan.models;

import java.util.List;
import java.util.Locale;
import org.samegan.core.setting.NearestName;

/** All variants. */
public final class Variants {
  private static final List<Variant> ALL =
      List.of(
          new OriginalGan(),
          new Dcgan(),
          new Cgan(),
          new Acgan(),
          new InfoGan(),
          new SsInfoGan(),
          new Lsgan(),
          new Wgan(),
          new WganGp(false),
          new WganGp(true),
          new Dragan(),
          new Sngan(),
          new R3gan());

  private Variants() {}

  /** Every variant, in the order of the literature. */
  public static List<Variant> all() {
    return ALL;
  }

  /**
   * The variant of this name.
   *
   * @throws IllegalArgumentException if there is none, with the nearest name
   */
  public static Variant named(String name) {
    List<String> names = ALL.stream().map(Variant::name).toList();
    return ALL.stream()
        .filter(variant -> variant.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    String.format(
                        Locale.ROOT,
                        "there is no variant '%s'; did you mean '%s'? The variants are %s",
                        name,
                        NearestName.to(name, names),
                        String.join(", ", names))));
  }
}
