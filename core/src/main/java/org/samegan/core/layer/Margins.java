package org.samegan.core.layer;

/**
 * What is added to an image, or cut off it, along one axis.
 *
 * @param before rows above, or columns on the left
 * @param after rows below, or columns on the right
 */
public record Margins(int before, int after) {
  int total() {
    return before + after;
  }
}
