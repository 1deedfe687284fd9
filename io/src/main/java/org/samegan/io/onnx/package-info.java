/**
 * Networks as ONNX models (opset 17, IR version 8), written layer by layer from a {@link
 * org.samegan.core.inference.FrozenNetwork}, not translated from a SameDiff graph: {@link
 * org.samegan.io.onnx.OnnxModel} is the entry type.
 *
 * <p>Inside a model, images are (batch, channels, height, width), as ONNX's operators want them,
 * where networks have channels last. Weights are written in the order that fits, also those of
 * dense layers next to an image, so that DCGAN's models hold no transposition. The batch is the
 * symbolic dimension {@code batch}.
 *
 * <p>To add a layer, give it a rule in one of the {@code …Rules} classes; {@code OnnxLayersTest}
 * fails for a layer without one. The same model gives the same bytes.
 */
package org.samegan.io.onnx;
