package org.samegan.core.data;

import org.samegan.core.Shape;

/** What examples are, as far as people look at them differently. */
public enum ExampleKind {
  /** Pictures, of shape (height, width, channels). */
  IMAGES("images"),
  /** Points of the plane or of a space, of shape (coordinates). */
  POINTS("points");

  private final String plural;

  ExampleKind(String plural) {
    this.plural = plural;
  }

  /** What it is called in messages, in the plural. */
  public String plural() {
    return plural;
  }

  /** The kind of examples of a shape. */
  public static ExampleKind of(Shape example) {
    return example.rank() == 1 ? POINTS : IMAGES;
  }
}
