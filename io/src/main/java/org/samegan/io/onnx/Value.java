package org.samegan.io.onnx;

import org.samegan.core.Shape;

/**
 * What flows from layer to layer. An image of shape (height, width, channels) is (batch, channels,
 * height, width) in the graph, anything else (batch, shape...).
 *
 * @param name in the graph
 * @param shape as the network has it
 * @param image a vector that was or becomes an image may hold its values in the order (channels,
 *     height, width) of that image; null for the network's own order, and for all but vectors
 */
record Value(String name, Shape shape, Shape image) {
  Value(String name, Shape shape) {
    this(name, shape, null);
  }

  /** The value after a layer that works on each number by itself. */
  Value mapped(String newName) {
    return new Value(newName, shape, image);
  }
}
