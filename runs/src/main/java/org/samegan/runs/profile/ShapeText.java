package org.samegan.runs.profile;

import java.util.List;
import java.util.stream.Collectors;
import org.samegan.core.profile.ProfileRow;

/** Shapes in one line. */
final class ShapeText {
  private ShapeText() {}

  /** What is read and written, such as {@code 64x28x28x1, 4x4x1x64 -> 64x14x14x64}. */
  static String of(ProfileRow row) {
    return row.inputs().isEmpty() && row.outputs().isEmpty()
        ? ""
        : (list(row.inputs()) + " -> " + list(row.outputs())).strip();
  }

  private static String list(List<List<Long>> shapes) {
    return shapes.stream().map(ShapeText::shape).collect(Collectors.joining(", "));
  }

  /** A number has no extents. */
  private static String shape(List<Long> extents) {
    return extents.isEmpty()
        ? "()"
        : extents.stream().map(String::valueOf).collect(Collectors.joining("x"));
  }
}
