package org.samegan.io.layout;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.samegan.core.Shape;
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
import org.samegan.core.layer.Padding;
import org.samegan.core.layer.Reshape;
import org.samegan.core.layer.Residual;
import org.samegan.core.layer.SpectralNorm;
import org.samegan.core.layer.Upsample;

/**
 * Networks on one example with channels first, by loops over PyTorch's definitions: the index
 * arithmetic is that of {@code nn.Linear} (out, in), {@code nn.Conv2d} (out, in, h, w), {@code
 * nn.ConvTranspose2d} (in, out, h, w), {@code nn.Flatten} and {@code nn.Unflatten}. All values are
 * doubles, row-major.
 */
final class NaiveTorch {
  private final Map<String, float[]> tensors;

  NaiveTorch(Map<String, float[]> tensors) {
    this.tensors = tensors;
  }

  double[] run(String path, Network network, double[] x) {
    Shape shape = network.input();
    for (int i = 0; i < network.layers().size(); i++) {
      x = apply(path + "/" + network.layerName(i) + "/", network.layers().get(i), shape, x);
      shape = network.outputShapes().get(i);
    }
    return x;
  }

  private double[] apply(String path, Layer layer, Shape in, double[] x) {
    Shape out = layer.outputShape(in);
    if (layer instanceof Reshape || layer instanceof Dropout) {
      return x;
    }
    if (layer instanceof SpectralNorm norm) {
      return new NaiveTorch(normalised(path, out.channels())).apply(path, norm.layer(), in, x);
    }
    if (layer instanceof Activation activation) {
      return map(activation, x);
    }
    if (layer instanceof Dense) {
      return linear(path, x, out.elements());
    }
    if (layer instanceof Maxout maxout) {
      double[] all = linear(path, x, maxout.units() * maxout.pieces());
      double[] y = new double[maxout.units()];
      for (int u = 0; u < y.length; u++) {
        y[u] = Double.NEGATIVE_INFINITY;
        for (int p = 0; p < maxout.pieces(); p++) {
          y[u] = Math.max(y[u], all[u * maxout.pieces() + p]);
        }
      }
      return y;
    }
    if (layer instanceof BatchNorm norm) {
      return batchNorm(path, norm.epsilon(), in, x);
    }
    if (layer instanceof LayerNorm norm) {
      return layerNorm(path, norm.epsilon(), in, x);
    }
    if (layer instanceof Conv2d conv) {
      return convolution(path, conv, in, out, x);
    }
    if (layer instanceof ConvTranspose2d conv) {
      return transposed(path, conv, in, out, x);
    }
    if (layer instanceof Residual block) {
      double[] y = run(path + "main", new Network(in, block.main()), x).clone();
      List<Layer> shortcut = block.shortcut();
      double[] z = shortcut.isEmpty() ? x : run(path + "shortcut", new Network(in, shortcut), x);
      for (int i = 0; i < y.length; i++) {
        y[i] += z[i];
      }
      return y;
    }
    return resampled(layer, in, out, x);
  }

  private static double[] map(Activation activation, double[] x) {
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      if (activation instanceof Activation.Relu) {
        y[i] = Math.max(0, x[i]);
      } else if (activation instanceof Activation.LeakyRelu leaky) {
        y[i] = x[i] > 0 ? x[i] : leaky.slope() * x[i];
      } else if (activation instanceof Activation.Tanh) {
        y[i] = Math.tanh(x[i]);
      } else if (activation instanceof Activation.Sigmoid) {
        y[i] = 1 / (1 + Math.exp(-x[i]));
      } else {
        throw new IllegalArgumentException(activation.toString());
      }
    }
    return y;
  }

  /** All tensors with this layer's weight W / (u' W v), where v = W'u and u = W v, of length 1. */
  private Map<String, float[]> normalised(String path, int outputs) {
    float[] weight = tensors.get(path + "weight");
    float[] u = tensors.get(path + "left_singular_vector");
    int inputs = weight.length / outputs;
    double[] v = new double[inputs];
    double[] product = new double[outputs];
    for (int o = 0; o < outputs; o++) {
      for (int i = 0; i < inputs; i++) {
        v[i] += weight[o * inputs + i] * u[o];
      }
    }
    double length = length(v);
    for (int o = 0; o < outputs; o++) {
      for (int i = 0; i < inputs; i++) {
        product[o] += weight[o * inputs + i] * v[i] / length;
      }
    }
    // Of a vector and its own direction the product is the length.
    double sigma = length(product);
    float[] divided = new float[weight.length];
    for (int i = 0; i < divided.length; i++) {
      divided[i] = (float) (weight[i] / sigma);
    }
    Map<String, float[]> all = new HashMap<>(tensors);
    all.put(path + "weight", divided);
    return all;
  }

  private static double length(double[] x) {
    return Math.sqrt(Arrays.stream(x).map(value -> value * value).sum());
  }

  private double bias(String path, int index) {
    float[] bias = tensors.get(path + "bias");
    return bias == null ? 0 : bias[index];
  }

  private double[] linear(String path, double[] x, int units) {
    float[] weight = tensors.get(path + "weight");
    double[] y = new double[units];
    for (int o = 0; o < units; o++) {
      y[o] = bias(path, o);
      for (int i = 0; i < x.length; i++) {
        y[o] += weight[o * x.length + i] * x[i];
      }
    }
    return y;
  }

  private double[] batchNorm(String path, double epsilon, Shape in, double[] x) {
    float[] mean = tensors.get(path + "running_mean");
    float[] variance = tensors.get(path + "running_variance");
    int pixels = in.elements() / in.channels();
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      int c = i / pixels;
      y[i] = (x[i] - mean[c]) / Math.sqrt(variance[c] + epsilon) * gain(path, c) + bias(path, c);
    }
    return y;
  }

  private double gain(String path, int index) {
    return tensors.get(path + "gain")[index];
  }

  private double[] layerNorm(String path, double epsilon, Shape in, double[] x) {
    double mean = 0;
    for (double value : x) {
      mean += value / x.length;
    }
    double variance = 0;
    for (double value : x) {
      variance += (value - mean) * (value - mean) / x.length;
    }
    int pixels = in.elements() / in.channels();
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      int c = i / pixels;
      y[i] = (x[i] - mean) / Math.sqrt(variance + epsilon) * gain(path, c) + bias(path, c);
    }
    return y;
  }

  private double[] convolution(String path, Conv2d conv, Shape in, Shape out, double[] x) {
    float[] weight = tensors.get(path + "weight");
    int k = conv.kernel();
    int up = before(conv.padding(), (out.get(0) - 1) * conv.stride() + k - in.get(0));
    int left = before(conv.padding(), (out.get(1) - 1) * conv.stride() + k - in.get(1));
    double[] y = new double[out.elements()];
    for (int o = 0; o < out.channels(); o++) {
      for (int i = 0; i < out.get(0); i++) {
        for (int j = 0; j < out.get(1); j++) {
          double sum = bias(path, o);
          for (int c = 0; c < in.channels(); c++) {
            for (int a = 0; a < k; a++) {
              for (int b = 0; b < k; b++) {
                int row = i * conv.stride() + a - up;
                int column = j * conv.stride() + b - left;
                if (row >= 0 && row < in.get(0) && column >= 0 && column < in.get(1)) {
                  sum +=
                      weight[((o * in.channels() + c) * k + a) * k + b]
                          * x[(c * in.get(0) + row) * in.get(1) + column];
                }
              }
            }
          }
          y[(o * out.get(0) + i) * out.get(1) + j] = sum;
        }
      }
    }
    return y;
  }

  /** TensorFlow's SAME puts the smaller half of the margin before the image. */
  private static int before(Padding padding, int margin) {
    return padding instanceof Padding.Explicit explicit
        ? explicit.pixels()
        : Math.max(0, margin) / 2;
  }

  private double[] transposed(String path, ConvTranspose2d conv, Shape in, Shape out, double[] x) {
    float[] weight = tensors.get(path + "weight");
    int k = conv.kernel();
    int cut = before(conv.padding(), k - conv.stride());
    double[] y = new double[out.elements()];
    int pixels = out.get(0) * out.get(1);
    for (int i = 0; i < y.length; i++) {
      y[i] = bias(path, i / pixels);
    }
    for (int c = 0; c < in.channels(); c++) {
      for (int i = 0; i < in.get(0); i++) {
        for (int j = 0; j < in.get(1); j++) {
          for (int o = 0; o < out.channels(); o++) {
            for (int a = 0; a < k; a++) {
              for (int b = 0; b < k; b++) {
                int row = i * conv.stride() + a - cut;
                int column = j * conv.stride() + b - cut;
                if (row >= 0 && row < out.get(0) && column >= 0 && column < out.get(1)) {
                  y[(o * out.get(0) + row) * out.get(1) + column] +=
                      weight[((c * out.channels() + o) * k + a) * k + b]
                          * x[(c * in.get(0) + i) * in.get(1) + j];
                }
              }
            }
          }
        }
      }
    }
    return y;
  }

  private static double[] resampled(Layer layer, Shape in, Shape out, double[] x) {
    double[] y = new double[out.elements()];
    for (int c = 0; c < out.channels(); c++) {
      for (int i = 0; i < out.get(0); i++) {
        for (int j = 0; j < out.get(1); j++) {
          double value = 0;
          if (layer instanceof AveragePool pool) {
            int f = pool.factor();
            for (int a = 0; a < f * f; a++) {
              value += at(x, in, c, i * f + a / f, j * f + a % f) / (f * f);
            }
          } else if (layer instanceof Upsample upsample) {
            value = at(x, in, c, i / upsample.factor(), j / upsample.factor());
          } else if (layer instanceof Crop) {
            value = at(x, in, c, i, j);
          } else {
            throw new IllegalArgumentException(layer.toString());
          }
          y[(c * out.get(0) + i) * out.get(1) + j] = value;
        }
      }
    }
    return y;
  }

  private static double at(double[] x, Shape shape, int channel, int row, int column) {
    return x[(channel * shape.get(0) + row) * shape.get(1) + column];
  }
}
