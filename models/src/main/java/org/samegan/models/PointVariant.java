package org.samegan.models;

import java.util.List;
import java.util.Map;
import org.samegan.core.Shape;
import org.samegan.core.training.Gan;

/** A variant for data of points of the plane. */
public interface PointVariant {
  /** The shape of an example. */
  Shape POINT = Shape.of(2);

  /** Its name in messages. */
  String name();

  /** What can be changed, with defaults. */
  List<Setting<?>> settings();

  /**
   * The values of all settings.
   *
   * @param given values by key; the others have their defaults
   * @throws IllegalArgumentException if a key is unknown or a value is not allowed
   */
  default Settings settings(Map<String, ?> given) {
    return new Settings(name(), settings(), given);
  }

  /**
   * The GAN of points, with some settings changed.
   *
   * @param given values by key; the others have their defaults
   * @throws IllegalArgumentException if a key is unknown or a value is not allowed
   */
  Gan gan(Map<String, ?> given);
}
