package org.samegan.io.export;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.inference.FrozenNetwork;
import org.samegan.core.layer.Layer;
import org.samegan.core.layer.Network;
import org.samegan.core.training.Gan;
import org.samegan.core.training.InferenceGraph;
import org.samegan.io.checkpoint.Checkpoint;

/** A GAN's networks, as they are exported. */
public enum GanNetwork {
  /** From latents to images. */
  GENERATOR("generator", Checkpoint.GENERATOR_FILE, InferenceGraph.IMAGE),
  /** From images, and their labels where it is conditional, to one logit each. */
  DISCRIMINATOR("discriminator", Checkpoint.DISCRIMINATOR_FILE, InferenceGraph.LOGITS),
  /**
   * From images to what recognition reads of the codes and the label, with the layers it shares.
   */
  Q("q", Checkpoint.RECOGNITION_FILE, InferenceGraph.CODES);

  private final String label;
  private final String file;
  private final String output;

  GanNetwork(String label, String file, String output) {
    this.label = label;
    this.file = file;
    this.output = output;
  }

  /** The name in options and metadata. */
  public String label() {
    return label;
  }

  /** The checkpoint's file that holds it. */
  public String file() {
    return file;
  }

  /** The name of what it gives. */
  public String output() {
    return output;
  }

  /**
   * The network of this label.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static GanNetwork named(String label) {
    List<String> labels = Arrays.stream(values()).map(GanNetwork::label).toList();
    int index = labels.indexOf(label);
    if (index < 0) {
      throw new IllegalArgumentException(
          String.format(
              "the network must be one of %s, found '%s'", String.join(", ", labels), label));
    }
    return values()[index];
  }

  /**
   * Makes sure that a GAN has this network.
   *
   * @throws IllegalArgumentException if it hasn't
   */
  public void requireIn(Gan gan) {
    if (this == Q && gan.recognition() == null) {
      throw new IllegalArgumentException(
          String.format(
              "%s has no recognition network Q that reads codes or labels back; choose generator or"
                  + " discriminator",
              gan.variant()));
    }
  }

  /**
   * The network with its values.
   *
   * @param values by path
   */
  FrozenNetwork of(Gan gan, Map<String, INDArray> values) {
    requireIn(gan);
    if (this == GENERATOR) {
      return new FrozenNetwork(Gan.GENERATOR, gan.generator(), values);
    }
    if (this == DISCRIMINATOR) {
      return new FrozenNetwork(Gan.DISCRIMINATOR, gan.discriminator(), values);
    }
    List<Layer> shared = gan.discriminator().layers().subList(0, gan.recognition().sharedLayers());
    Network trunk = new Network(gan.discriminator().input(), shared);
    return new FrozenNetwork(Gan.DISCRIMINATOR, trunk, values)
        .then(new FrozenNetwork(Gan.RECOGNITION, gan.recognition().network(), values));
  }
}
