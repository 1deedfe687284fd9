/**
 * A network's variables as frameworks with channels first store them (PyTorch, ONNX): {@link
 * org.samegan.io.layout.ChannelsFirst} gives every variable's {@link
 * org.samegan.io.layout.TensorLayout}.
 *
 * <pre>{@code
 * for (ChannelsFirst.Tensor tensor : ChannelsFirst.of("generator", network).tensors()) {
 *   float[] weights = tensor.layout().toChannelsFirst(arrays.get(tensor.variable().name()));
 * }
 * }</pre>
 *
 * <p>Images are (height, width, channels) here and (channels, height, width) there, so a kernel has
 * its axes in another order, and so has everything that stands beside a flattened image. Values are
 * only moved, never computed: a layout and its inverse give the same bits back.
 */
package org.samegan.io.layout;
