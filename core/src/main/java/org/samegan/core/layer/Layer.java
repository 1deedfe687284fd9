package org.samegan.core.layer;

import java.util.List;
import java.util.Locale;
import org.nd4j.autodiff.samediff.SDVariable;
import org.samegan.core.Shape;

/**
 * One step of a network, as a value: a layer says what it is, knows the shapes and variables that
 * follow from its input's shape, and can emit itself into a graph as often as it is asked to.
 *
 * <p>Images are (height, width, channels); arrays in graphs have the batch in front.
 */
public sealed interface Layer
    permits Activation,
        AveragePool,
        BatchNorm,
        Conv2d,
        ConvTranspose2d,
        Crop,
        Dense,
        Dropout,
        LayerNorm,
        Maxout,
        Reshape,
        Residual,
        SpectralNorm,
        Upsample {
  /**
   * The shape of what the layer gives for an input of this shape.
   *
   * @throws IllegalArgumentException if the layer can't take such an input, with what it needs
   */
  Shape outputShape(Shape input);

  /** The layer's variables for an input of this shape, in the order of the file format. */
  default List<Variable> variables(Shape input) {
    return List.of();
  }

  /**
   * Emits the layer's ops; runs nothing.
   *
   * @param scope the layer's place in the graph
   * @param x the input, of shape (batch, input...)
   * @param input the input's shape without the batch
   * @return the output, of shape (batch, {@code outputShape(input)}...)
   */
  SDVariable emit(LayerScope scope, SDVariable x, Shape input);

  /**
   * Whether what the layer gives for an example depends, in training, on the other examples of its
   * batch.
   */
  default boolean mixesExamples() {
    return false;
  }

  /** The layer's name in variable paths and in JSON, such as {@code batch_norm}. */
  default String kind() {
    return kind(getClass());
  }

  /** The name of a class of layers, such as {@code batch_norm} for {@link BatchNorm}. */
  static String kind(Class<? extends Layer> type) {
    return type.getSimpleName().replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
  }
}
