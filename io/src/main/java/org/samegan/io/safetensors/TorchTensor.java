package org.samegan.io.safetensors;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.execution.ArrayParts;
import org.samegan.core.gan.Gan;
import org.samegan.core.layer.Network;
import org.samegan.core.layer.Variable;
import org.samegan.io.layout.ChannelsFirst;
import org.samegan.io.layout.TensorLayout;

/**
 * A network's variable as PyTorch knows it.
 *
 * <p>A name is the network, the layer's index, and what PyTorch's module of that kind calls it, as
 * in {@code generator.3.weight}. The index counts all layers, as {@code nn.Sequential} counts its
 * modules. Layers within a residual block are {@code generator.2.main.0} and {@code
 * generator.2.shortcut.1}. A gain is a {@code weight}; statistics are {@code running_mean} and
 * {@code running_var}. A layer under spectral normalisation keeps its names, and has {@code u}.
 *
 * @param name in a state dict
 * @param variable here
 * @param layout of its values there
 */
public record TorchTensor(String name, Variable variable, TensorLayout layout) {
  /** All variables of a GAN's networks: the generator's, the discriminator's, recognition's. */
  public static List<TorchTensor> of(Gan gan) {
    return ChannelsFirst.of(gan).stream()
        .flatMap(network -> network.tensors().stream())
        .map(TorchTensor::of)
        .toList();
  }

  /**
   * All variables of a network on its own.
   *
   * @param name the first part of its variables' paths
   */
  public static List<TorchTensor> of(String name, Network network) {
    return ChannelsFirst.of(name, network).tensors().stream().map(TorchTensor::of).toList();
  }

  private static TorchTensor of(ChannelsFirst.Tensor tensor) {
    String path = tensor.variable().name();
    return new TorchTensor(name(path), tensor.variable(), tensor.layout());
  }

  /** {@code generator/2_residual/main/0_batch_norm/gain} is {@code generator.2.main.0.weight}. */
  private static String name(String path) {
    List<String> parts =
        Stream.of(path.split("/")).map(part -> part.replaceFirst("^(\\d+)_.*$", "$1")).toList();
    String last =
        switch (parts.get(parts.size() - 1)) {
          case "gain" -> "weight";
          case "running_variance" -> "running_var";
          case "left_singular_vector" -> "u";
          default -> parts.get(parts.size() - 1);
        };
    return String.join(".", parts.subList(0, parts.size() - 1)) + "." + last;
  }

  /** Its values in PyTorch's layout. */
  INDArray values(Map<String, INDArray> arrays) {
    return layout.channelsFirst(arrays.get(variable.name()));
  }

  /**
   * It as a file is to have it.
   *
   * @param arrays the variables' values by path, laid out once they are written
   */
  public SafetensorsWriter.Tensor written(Map<String, INDArray> arrays) {
    return new SafetensorsWriter.Tensor(
        name,
        layout.shape(),
        taker -> {
          try (INDArray values = values(arrays)) {
            ArrayParts.read(values, taker);
          }
        });
  }

  /** The network it belongs to, the first part of its name. */
  String network() {
    return name.substring(0, name.indexOf('.'));
  }

  /** The tensor's extents. */
  List<Long> shape() {
    return layout.shape().dimensions().stream().map(Integer::longValue).toList();
  }
}
