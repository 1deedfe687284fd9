package org.samegan.core.inference;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.Shape;
import org.samegan.core.execution.ArrayParts;
import org.samegan.core.layer.BatchNorm;
import org.samegan.core.layer.Conv2d;
import org.samegan.core.layer.ConvTranspose2d;
import org.samegan.core.layer.Dense;
import org.samegan.core.layer.Dropout;
import org.samegan.core.layer.Layer;
import org.samegan.core.layer.Network;
import org.samegan.core.layer.Reshape;
import org.samegan.core.layer.Residual;
import org.samegan.core.layer.SpectralNorm;

/**
 * Works normalisations with frozen statistics into weights: spectral ones into their own layer's
 * ({@link SpectralNormFolding}), batch ones into those of the layer before. With frozen statistics
 * a normalisation is {@code y = scale x + shift} for each channel, {@code scale = gain /
 * sqrt(variance + epsilon)} and {@code shift = bias - mean scale}; after a layer {@code x = W v +
 * b} with as many channels it is that layer with {@code scale W} and {@code scale b + shift} (Jacob
 * et al. 2018, arXiv:1712.05877, section 3.2).
 */
final class Folding {
  private final Network source;
  private final List<Layer> layers = new ArrayList<>();
  private final List<Map<String, INDArray>> values = new ArrayList<>();

  private Folding(Network source) {
    this.source = source;
  }

  static FrozenNetwork of(FrozenNetwork frozen) {
    Network network = frozen.network();
    Folding folding = new Folding(network);
    for (int i = 0; i < network.layers().size(); i++) {
      folding.add(network.layers().get(i), network.inputOf(i), frozen.valuesOf(i));
    }
    return FrozenNetwork.of(
        frozen.name(), new Network(folding.source.input(), folding.layers), folding.values);
  }

  private void add(Layer layer, Shape input, Map<String, INDArray> own) {
    if (layer instanceof Residual block) {
      addBlock(block, input, own);
      return;
    }
    if (layer instanceof SpectralNorm norm) {
      add(norm.layer(), input, SpectralNormFolding.of(own));
      return;
    }
    if (layer instanceof BatchNorm norm) {
      int before = lastWithWeights();
      if (before >= 0 && affineChannels(layers.get(before)) % input.channels() == 0) {
        fold(before, norm, own);
        return;
      }
    }
    layers.add(layer);
    values.add(own);
  }

  private void addBlock(Residual block, Shape input, Map<String, INDArray> own) {
    FrozenNetwork main = of(new FrozenNetwork("main", new Network(input, block.main()), own));
    Map<String, INDArray> both = new LinkedHashMap<>(main.values());
    List<Layer> shortcut = block.shortcut();
    if (!shortcut.isEmpty()) {
      FrozenNetwork other = of(new FrozenNetwork("shortcut", new Network(input, shortcut), own));
      shortcut = other.network().layers();
      both.putAll(other.values());
    }
    layers.add(new Residual(main.network().layers(), shortcut));
    values.add(both);
  }

  /**
   * The layer whose output is what comes next, but for its shape: -1 if there is none. Channels are
   * last, so a reshape to C channels leaves value j of an example in channel j mod C; it had been
   * in channel j mod P of P, and if C divides P that channel decides the new one.
   */
  private int lastWithWeights() {
    int i = layers.size() - 1;
    while (i >= 0 && (layers.get(i) instanceof Reshape || layers.get(i) instanceof Dropout)) {
      i--;
    }
    return i >= 0 && affineChannels(layers.get(i)) > 0 ? i : -1;
  }

  /** The number of output channels of a layer of the form W x + b, 0 for others. */
  private static int affineChannels(Layer layer) {
    if (layer instanceof Dense dense) {
      return dense.units();
    }
    if (layer instanceof Conv2d conv) {
      return conv.channels();
    }
    return layer instanceof ConvTranspose2d conv ? conv.channels() : 0;
  }

  private static Layer withBias(Layer layer) {
    if (layer instanceof Dense dense) {
      return new Dense(dense.units(), true, dense.initializer());
    }
    if (layer instanceof Conv2d conv) {
      return new Conv2d(
          conv.channels(), conv.kernel(), conv.stride(), conv.padding(), true, conv.initializer());
    }
    ConvTranspose2d conv = (ConvTranspose2d) layer;
    return new ConvTranspose2d(
        conv.channels(), conv.kernel(), conv.stride(), conv.padding(), true, conv.initializer());
  }

  private void fold(int at, BatchNorm norm, Map<String, INDArray> statistics) {
    Layer layer = layers.get(at);
    int channels = affineChannels(layer);
    float[] gain = floats(statistics.get("gain"));
    float[] shift = floats(statistics.get("bias"));
    float[] mean = floats(statistics.get("running_mean"));
    float[] variance = floats(statistics.get("running_variance"));
    INDArray bias = values.get(at).get("bias");
    float[] oldBias = bias == null ? new float[channels] : floats(bias);
    double[] scale = new double[channels];
    float[] newBias = new float[channels];
    for (int c = 0; c < channels; c++) {
      int n = c % gain.length;
      scale[c] = gain[n] / Math.sqrt(variance[n] + norm.epsilon());
      newBias[c] = (float) ((oldBias[c] - (double) mean[n]) * scale[c] + shift[n]);
    }

    INDArray weight = values.get(at).get("weight");
    // (kernel, kernel, out, in) for a transposed convolution, (..., out) for the others.
    int run = layer instanceof ConvTranspose2d ? (int) weight.size(3) : 1;
    INDArray scaled =
        ArrayParts.map(weight, (value, i) -> value * scale[(int) (i / run % channels)]);
    layers.set(at, withBias(layer));
    values.set(at, Map.of("weight", scaled, "bias", Nd4j.createFromArray(newBias)));
  }

  static float[] floats(INDArray array) {
    return array.dup('c').data().asFloat();
  }
}
