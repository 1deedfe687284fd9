package org.samegan.core.gan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.samegan.core.Shape;
import org.samegan.core.layer.Network;
import org.samegan.core.layer.Variable;

/**
 * One of a GAN's networks, under the one name that it has everywhere: in the paths of its
 * variables, in a checkpoint's files, in exports and in options.
 */
public enum GanNetwork {
  /** From latents to examples. */
  GENERATOR("generator", GanNetwork.IMAGE),
  /** From examples, and their labels where it is conditional, to one logit each. */
  DISCRIMINATOR("discriminator", GanNetwork.LOGITS),
  /**
   * Q, from examples to what it reads of the codes and the label: for each categorical code and the
   * label its logits, for each continuous code its means and then, where they are learned, its
   * log-variances. It computes on the discriminator's first layers.
   */
  RECOGNITION("recognition", GanNetwork.CODES);

  /** The generator's input, of shape (batch, latent). */
  public static final String LATENT = "latent";

  /** The generator's output and the others' input, of shape (batch, example...). */
  public static final String IMAGE = "image";

  /** A conditional discriminator's second input, one-hot labels of shape (batch, classes). */
  public static final String LABELS = "labels";

  /** The discriminator's output, of shape (batch, 1). */
  public static final String LOGITS = "logits";

  /** The recognition network's output, of shape (batch, codes). */
  public static final String CODES = "codes";

  private final String label;
  private final String output;

  GanNetwork(String label, String output) {
    this.label = label;
    this.output = output;
  }

  /**
   * A stretch of layers whose variables have one name.
   *
   * @param name the first part of the variables' paths
   */
  public record Part(String name, Network network) {
    /** All variables by their full paths, in the order of the file format. */
    public List<Variable> variables() {
      return network.variables(name);
    }
  }

  /** Its name, the first part of its variables' paths. */
  public String label() {
    return label;
  }

  /** The name of what it gives. */
  public String output() {
    return output;
  }

  /** The networks that a GAN has, in order. */
  public static List<GanNetwork> of(Gan gan) {
    return Arrays.stream(values()).filter(network -> network.isIn(gan)).toList();
  }

  /**
   * The network of this label.
   *
   * @throws IllegalArgumentException if there is none, with those that there are
   */
  public static GanNetwork named(String label) {
    List<String> labels = Arrays.stream(values()).map(GanNetwork::label).toList();
    int index = labels.indexOf(label);
    if (index < 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the network must be one of %s, found '%s'",
              String.join(", ", labels),
              label));
    }
    return values()[index];
  }

  /** Whether a GAN has this network. */
  public boolean isIn(Gan gan) {
    return this != RECOGNITION || gan.recognition() != null;
  }

  /**
   * Makes sure that a GAN has this network.
   *
   * @throws IllegalArgumentException if it hasn't
   */
  public void requireIn(Gan gan) {
    if (!isIn(gan)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s has no recognition network that reads codes or labels back; choose generator or"
                  + " discriminator",
              gan.variant()));
    }
  }

  /** Its own layers. */
  public Network layers(Gan gan) {
    requireIn(gan);
    return switch (this) {
      case GENERATOR -> gan.generator();
      case DISCRIMINATOR -> gan.discriminator();
      case RECOGNITION -> gan.recognition().network();
    };
  }

  /** Its own variables, without those of layers that it shares. */
  public List<Variable> variables(Gan gan) {
    return layers(gan).variables(label);
  }

  /**
   * All that it computes, in order: the layers that it shares with the discriminator come first.
   */
  public List<Part> parts(Gan gan) {
    List<Part> parts = new ArrayList<>();
    if (this == RECOGNITION) {
      requireIn(gan);
      Network discriminator = gan.discriminator();
      int shared = gan.recognition().sharedLayers();
      parts.add(
          new Part(
              DISCRIMINATOR.label,
              new Network(discriminator.input(), discriminator.layers().subList(0, shared))));
    }
    parts.add(new Part(label, layers(gan)));
    return parts;
  }

  /** The shape of one example of each of its inputs, by name, in order. */
  public Map<String, Shape> inputs(Gan gan) {
    requireIn(gan);
    Map<String, Shape> inputs = new LinkedHashMap<>();
    if (this == GENERATOR) {
      inputs.put(LATENT, Shape.of(gan.latent().size()));
      return inputs;
    }
    inputs.put(IMAGE, gan.exampleShape());
    if (takesLabels(gan)) {
      inputs.put(LABELS, Shape.of(gan.latent().label().orElseThrow().size()));
    }
    return inputs;
  }

  /** Whether it is a discriminator that is given examples with their labels. */
  public boolean takesLabels(Gan gan) {
    return this == DISCRIMINATOR && gan.discriminatorTakesLabels();
  }
}
