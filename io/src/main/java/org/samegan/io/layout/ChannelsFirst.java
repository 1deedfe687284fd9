package org.samegan.io.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.samegan.core.Shape;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.GanNetwork;
import org.samegan.core.layer.Activation;
import org.samegan.core.layer.AveragePool;
import org.samegan.core.layer.BatchNorm;
import org.samegan.core.layer.Conv2d;
import org.samegan.core.layer.ConvTranspose2d;
import org.samegan.core.layer.Crop;
import org.samegan.core.layer.Dense;
import org.samegan.core.layer.Dropout;
import org.samegan.core.layer.Layer;
import org.samegan.core.layer.LayerNorm;
import org.samegan.core.layer.Maxout;
import org.samegan.core.layer.Network;
import org.samegan.core.layer.Reshape;
import org.samegan.core.layer.Residual;
import org.samegan.core.layer.SpectralNorm;
import org.samegan.core.layer.Upsample;
import org.samegan.core.layer.Variable;

/**
 * A network's variables where images are (channels, height, width) and a reshape between an image
 * and a vector keeps that order. With them the same layers compute the same function there:
 *
 * <table>
 * <caption>layouts</caption>
 * <tr><th>variable</th><th>here</th><th>there</th></tr>
 * <tr><td>convolution</td><td>height, width, in, out</td><td>out, in, height, width</td></tr>
 * <tr><td>transposed convolution</td><td>height, width, out, in</td>
 *     <td>in, out, height, width</td></tr>
 * <tr><td>dense</td><td>in, out</td><td>out, in</td></tr>
 * <tr><td>maxout</td><td>in, unit, piece</td><td>unit, piece, in; unit and piece one axis</td></tr>
 * <tr><td>bias, gain, running statistics, singular vector</td><td>values</td><td>values</td></tr>
 * </table>
 *
 * <p>In dense layers, and in normalisations of vectors, an axis that becomes an image, or was one,
 * has its values in the order in which that image is flattened there. Inputs and outputs that are
 * vectors keep their order. A label that is appended to an image, a channel for each class, comes
 * after the image's own channels in both. A spectral norm is that of the matrix of (out, all else)
 * in both, whose rows and columns are in another order, which changes no singular value.
 */
public final class ChannelsFirst {
  private final List<Supplier<Tensor>> tensors = new ArrayList<>();
  private final List<Axis> outputs = new ArrayList<>();
  private final Network network;

  /**
   * A variable and its layout.
   *
   * @param variable with its path in the network
   * @param layout where channels come first
   */
  public record Tensor(Variable variable, TensorLayout layout) {}

  private ChannelsFirst(String name, Network network, AxisOrder input) {
    this.network = network;
    Axis last = walk(name, network, Axis.of(input), outputs);
    if (network.output().rank() == 1) {
      // Whoever reads a vector reads it in our order. One that is a flattened image keeps its own.
      last.join(Axis.of(AxisOrder.same(network.output().elements())));
    }
  }

  /**
   * A network on its own.
   *
   * @param name the first part of its variables' paths
   * @throws IllegalArgumentException if one of its reshapes takes values apart that the two orders
   *     flatten differently, so that no order of the variables makes up for it
   */
  public static ChannelsFirst of(String name, Network network) {
    Shape input = network.input();
    return new ChannelsFirst(name, network, AxisOrder.ofFlattened(input));
  }

  /**
   * All of a GAN's networks that have variables of their own: generator, discriminator, and the
   * recognition network, which takes the discriminator's values in the order they have there.
   *
   * @throws IllegalArgumentException as for one network
   */
  public static List<ChannelsFirst> of(Gan gan) {
    List<ChannelsFirst> all = new ArrayList<>();
    all.add(of(GanNetwork.GENERATOR.label(), gan.generator()));
    ChannelsFirst discriminator = of(GanNetwork.DISCRIMINATOR.label(), gan.discriminator());
    all.add(discriminator);
    GanNetwork recognition = GanNetwork.RECOGNITION;
    if (recognition.isIn(gan)) {
      AxisOrder shared = discriminator.orderAfter(gan.recognition().sharedLayers() - 1);
      all.add(new ChannelsFirst(recognition.label(), recognition.layers(gan), shared));
    }
    return all;
  }

  /** All variables in the order of the network's own list. */
  public List<Tensor> tensors() {
    return tensors.stream().map(Supplier::get).toList();
  }

  /** The order of the values that a layer gives; an image's is that of its flattened values. */
  public AxisOrder orderAfter(int layer) {
    return outputs.get(layer).order(network.outputShapes().get(layer).elements());
  }

  private Axis walk(String path, Network layers, Axis axis, List<Axis> after) {
    Shape shape = layers.input();
    for (int i = 0; i < layers.layers().size(); i++) {
      String name = path + "/" + layers.layerName(i);
      axis = apply(name, layers.layers().get(i), shape, axis);
      shape = layers.outputShapes().get(i);
      after.add(axis);
    }
    return axis;
  }

  private Axis apply(String path, Layer layer, Shape input, Axis axis) {
    if (layer instanceof Activation || layer instanceof Dropout) {
      return axis;
    }
    if (layer instanceof BatchNorm || layer instanceof LayerNorm) {
      for (Variable variable : layer.variables(input)) {
        add(path, variable, () -> row(input.rank() == 1 ? axis : Axis.open(), input.channels()));
      }
      return axis;
    }
    Axis output = Axis.of(layer.outputShape(input));
    Layer computing = layer instanceof SpectralNorm normalised ? normalised.layer() : layer;
    if (computing instanceof Dense || computing instanceof Maxout) {
      int pieces = layer instanceof Maxout maxout ? maxout.pieces() : 1;
      addDense(path, layer, input, axis, output, pieces);
    } else if (computing instanceof Conv2d || computing instanceof ConvTranspose2d) {
      for (Variable variable : layer.variables(input)) {
        List<Integer> extents = variable.shape().dimensions();
        // A kernel's last two axes are (in, out), or (out, in) if transposed, and both come first
        // there, in the other order.
        add(
            path,
            variable,
            () ->
                extents.size() == 4
                    ? TensorLayout.ofKernel(extents)
                    : row(Axis.open(), variable.shape().elements()));
      }
    } else if (layer instanceof Reshape) {
      join(path, axis, output);
    } else if (layer instanceof Residual block) {
      join(path, output, walk(path + "/main", branch(input, block.main()), axis));
      boolean identity = block.shortcut().isEmpty();
      join(
          path,
          output,
          identity ? axis : walk(path + "/shortcut", branch(input, block.shortcut()), axis));
    } else if (!(layer instanceof AveragePool
        || layer instanceof Crop
        || layer instanceof Upsample)) {
      throw new IllegalArgumentException("no layout with channels first is known for " + layer);
    }
    return output;
  }

  private Axis walk(String path, Network branch, Axis axis) {
    return walk(path, branch, axis, new ArrayList<>());
  }

  private static Network branch(Shape input, List<Layer> layers) {
    return new Network(input, layers);
  }

  private static void join(String path, Axis before, Axis after) {
    if (!before.join(after)) {
      throw new IllegalArgumentException(
          path
              + ": has no counterpart where channels come first, since its values are flattened in"
              + " one order before it and in another after it; put a Dense or a convolution"
              + " between");
    }
  }

  private void add(String path, Variable variable, Supplier<TensorLayout> layout) {
    Variable named = variable.withName(path + "/" + variable.name());
    tensors.add(() -> new Tensor(named, layout.get()));
  }

  private void addDense(
      String path, Layer layer, Shape input, Axis before, Axis after, int pieces) {
    int in = input.elements();
    int units = layer.outputShape(input).elements();
    for (Variable variable : layer.variables(input)) {
      add(
          path,
          variable,
          () -> {
            AxisOrder rows = before.order(in);
            AxisOrder columns = after.order(units);
            return variable.shape().rank() == 2
                ? TensorLayout.of(
                    List.of(
                        rows.pixels(),
                        rows.channels(),
                        columns.pixels(),
                        columns.channels(),
                        pieces),
                    List.of(3, 2, 4, 1, 0),
                    3,
                    2)
                : TensorLayout.of(
                    List.of(columns.pixels(), columns.channels(), pieces), List.of(1, 0, 2), 3);
          });
    }
  }

  private static TensorLayout row(Axis axis, int elements) {
    AxisOrder order = axis.order(elements);
    return TensorLayout.of(List.of(order.pixels(), order.channels()), List.of(1, 0), 2);
  }
}
