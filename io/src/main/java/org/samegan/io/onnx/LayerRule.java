package org.samegan.io.onnx;

import org.samegan.core.layer.Layer;

/** How one kind of layer is written in ONNX. */
@FunctionalInterface
interface LayerRule<L extends Layer> {
  /** Adds the layer's nodes, and gives its output. */
  Value emit(LayerExport place, L layer, Value x);
}
