package org.samegan.io.safetensors;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What a file's header says of a tensor.
 *
 * @param name unique in the file
 * @param type of its values
 * @param shape its extents; none for a single value
 * @param begin where its values begin, in bytes from the end of the header
 * @param end where they end
 */
public record TensorEntry(String name, ElementType type, List<Long> shape, long begin, long end) {
  /** Keeps the extents. */
  public TensorEntry {
    shape = List.copyOf(shape);
  }

  /** The number of values. */
  long elements() {
    return (end - begin) * Byte.SIZE / type.bits();
  }

  /** A shape as PyTorch shows it, such as {@code [64, 1, 4, 4]}. */
  static String text(List<? extends Number> shape) {
    return shape.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
  }
}
