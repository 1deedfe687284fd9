package org.samegan.core.layer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.samegan.core.Shape;

/**
 * A feed-forward network: an input shape and the layers after it. It is a value; shapes are
 * inferred and checked when it is made, long before anything is emitted or run.
 *
 * <pre>{@code
 * Network generator =
 *     Network.of(Shape.of(16), new Dense(64), new Activation.Relu(), new Dense(784));
 * }</pre>
 *
 * @param input the shape of one input example
 * @param layers at least one, applied in order
 */
public record Network(Shape input, List<Layer> layers) {
  /**
   * Infers every layer's shape.
   *
   * @throws IllegalArgumentException if a layer can't take what the one before it gives
   */
  public Network {
    layers = List.copyOf(layers);
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("a network needs at least one layer");
    }
    shapes(input, layers);
  }

  /**
   * The shape that layers give, without a network being made of them: a layer that holds layers
   * asks once for each, so that the time doesn't double with every level.
   */
  static Shape output(Shape input, List<Layer> layers) {
    return shapes(input, layers).get(layers.size());
  }

  /** A network of these layers. */
  public static Network of(Shape input, Layer... layers) {
    return new Network(input, Arrays.asList(layers));
  }

  /** The shape of one output example. */
  public Shape output() {
    List<Shape> shapes = shapes(input, layers);
    return shapes.get(shapes.size() - 1);
  }

  /** Each layer's output shape, in order. */
  public List<Shape> outputShapes() {
    return shapes(input, layers).subList(1, layers.size() + 1);
  }

  /** The shape that a layer is given. */
  public Shape inputOf(int layer) {
    return shapes(input, layers).get(layer);
  }

  /** The name of a layer in variable paths: its index and kind, such as {@code 2_dense}. */
  public String layerName(int layer) {
    return layer + "_" + layers.get(layer).kind();
  }

  /**
   * All variables, in the order of the file format.
   *
   * @param name the network's own name, the first part of every path
   */
  public List<Variable> variables(String name) {
    List<Variable> variables = new ArrayList<>();
    List<Shape> shapes = shapes(input, layers);
    for (int i = 0; i < layers.size(); i++) {
      for (Variable variable : layers.get(i).variables(shapes.get(i))) {
        variables.add(variable.withName(name + "/" + layerName(i) + "/" + variable.name()));
      }
    }
    return variables;
  }

  /** The number of trained values. */
  public long parameterCount() {
    return variables("").stream()
        .filter(variable -> variable.role() == Variable.Role.PARAMETER)
        .mapToLong(variable -> variable.shape().elements())
        .sum();
  }

  /** The number of trained values in one layer. */
  public long parameterCount(int layer) {
    return layers.get(layer).variables(inputOf(layer)).stream()
        .filter(variable -> variable.role() == Variable.Role.PARAMETER)
        .mapToLong(variable -> variable.shape().elements())
        .sum();
  }

  private static List<Shape> shapes(Shape input, List<Layer> layers) {
    List<Shape> shapes = new ArrayList<>();
    shapes.add(input);
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      try {
        shapes.add(layer.outputShape(shapes.get(i)));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            String.format(Locale.ROOT, "layer %d (%s): %s", i, named(layer), e.getMessage()), e);
      }
    }
    return shapes;
  }

  /** What is inside a block is named by the messages of its own. */
  private static String named(Layer layer) {
    return layer instanceof Residual ? layer.kind() : layer.toString();
  }
}
