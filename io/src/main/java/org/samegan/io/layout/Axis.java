package org.samegan.io.layout;

import org.samegan.core.Shape;

/**
 * What flows between two layers, seen as one axis of values whose order may still be open: a dense
 * layer's outputs can have any order, and what comes after decides. Axes that must have the same
 * order are joined.
 */
final class Axis {
  private Axis joinedTo;
  private AxisOrder order;

  private Axis(AxisOrder order) {
    this.order = order;
  }

  /** In any order. */
  static Axis open() {
    return new Axis(null);
  }

  static Axis of(AxisOrder order) {
    return new Axis(order);
  }

  /** Values of a shape, whose order the shape says unless it is a vector's. */
  static Axis of(Shape shape) {
    return shape.rank() == 1 ? open() : of(AxisOrder.ofFlattened(shape));
  }

  private Axis root() {
    Axis axis = this;
    while (axis.joinedTo != null) {
      axis = axis.joinedTo;
    }
    return axis;
  }

  /** Gives both the same order; false if they have two already. */
  boolean join(Axis other) {
    Axis a = root();
    Axis b = other.root();
    if (a == b) {
      return true;
    }
    if (a.order != null && b.order != null && !a.order.equals(b.order)) {
      return false;
    }
    a.order = a.order == null ? b.order : a.order;
    b.joinedTo = a;
    return true;
  }

  /** The order; of values that nothing has decided on, the same here and there. */
  AxisOrder order(int elements) {
    AxisOrder decided = root().order;
    return decided == null ? AxisOrder.same(elements) : decided;
  }
}
