package org.samegan.io.onnx;

import java.nio.Buffer;
import java.util.List;
import java.util.Map;
import org.samegan.core.Shape;
import org.samegan.core.gan.Latent;

/** What a model is fed, and how that becomes what its first layer takes. */
public sealed interface ModelInput permits ExampleInput, LatentInput {
  /**
   * Images, (batch, channels, height, width), or vectors, (batch, length).
   *
   * @param name the input's
   * @param shape of one, as networks have it
   */
  static ModelInput examples(String name, Shape shape) {
    return new ExampleInput(name, shape, null, null);
  }

  /**
   * The same, each with its label, a whole number from 0: int64 of shape (batch). In the graph the
   * label is appended as {@link Latent.Label#appendedTo} says.
   *
   * @param labels the name of the labels' input
   */
  static ModelInput labelledExamples(String name, Shape shape, String labels, Latent.Label label) {
    return new ExampleInput(name, shape, labels, label);
  }

  /** A latent, as one input for each of its parts; see {@link LatentInput}. */
  static ModelInput latent(String name, Latent latent) {
    return new LatentInput(name, latent);
  }

  /**
   * A tensor to feed.
   *
   * @param name the input's
   * @param values row-major: a FloatBuffer or a LongBuffer
   * @param shape the batch first
   */
  record Feed(String name, Buffer values, List<Long> shape) {}

  /** The shape of one example of each input, by name; a class is a number, so it has none. */
  Map<String, List<Long>> shapes();

  /** Declares the inputs and adds the nodes that join them. */
  Value emit(OnnxGraph graph);

  /**
   * The tensors for a batch.
   *
   * @param batch what a SameDiff graph of the network is fed, by name: whole latents, images with
   *     channels last, labels one-hot
   * @param size the number of examples
   */
  List<Feed> feeds(Map<String, float[]> batch, int size);
}
