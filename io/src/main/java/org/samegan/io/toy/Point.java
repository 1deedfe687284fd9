package org.samegan.io.toy;

/**
 * A point of the plane.
 *
 * @param x to the right
 * @param y upwards
 */
public record Point(double x, double y) {
  double distance(Point other) {
    double dx = x - other.x;
    double dy = y - other.y;
    return Math.sqrt(dx * dx + dy * dy);
  }
}
