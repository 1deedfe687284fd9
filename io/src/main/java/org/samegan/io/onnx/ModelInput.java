package org.samegan.io.onnx;

import java.nio.Buffer;
import java.util.List;
import org.samegan.core.Shape;
import org.samegan.core.training.Latent;

/** What a model is fed, and how that becomes what its first layer takes. */
public sealed interface ModelInput permits ImageInput, LatentInput {
  /** Images, (batch, channels, height, width); or vectors, (batch, length). */
  static ModelInput image(String name, Shape shape) {
    return new ImageInput(name, shape);
  }

  /** A latent, as one input for each of its parts; see {@link LatentInput}. */
  static ModelInput latent(Latent latent) {
    return new LatentInput(latent);
  }

  /**
   * A tensor to feed.
   *
   * @param name the input's
   * @param values row-major: a FloatBuffer or a LongBuffer
   * @param shape the batch first
   */
  record Feed(String name, Buffer values, List<Long> shape) {}

  /** Declares the inputs and adds the nodes that join them. */
  Value emit(OnnxGraph graph);

  /**
   * The tensors for a batch.
   *
   * @param batch what the network's first layer takes, channels last
   * @param size the number of examples
   */
  List<Feed> feeds(float[] batch, int size);
}
