package org.samegan.core.classifier;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.samegan.core.Shape;
import org.samegan.core.data.Classes;
import org.samegan.core.data.PixelRange;
import org.samegan.core.layer.Dropout;
import org.samegan.core.layer.Layer;
import org.samegan.core.layer.Network;
import org.samegan.core.layer.Variable;

/**
 * A network from images to a logit for each class, what its classes are, and where its features
 * are. A value; what it has learnt is elsewhere.
 *
 * @param network from (height, width, channels) to (classes)
 * @param featureLayers how many of its first layers give the features, a vector; those after them
 *     are the opinion about the class
 * @param classes at least 2
 * @param pixelRange the values of black and white that the network takes
 */
public record Classifier(
    Network network, int featureLayers, Classes classes, PixelRange pixelRange) {
  /** The network's name, the first part of its variables' paths. */
  public static final String NAME = "classifier";

  /** Checks that the parts fit. */
  public Classifier {
    Objects.requireNonNull(pixelRange, "pixelRange");
    if (classes.count() < 2) {
      throw new IllegalArgumentException(
          "a classifier needs at least 2 classes to tell apart, found " + classes.count());
    }
    if (!network.output().equals(Shape.of(classes.count()))) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a classifier of %d classes gives a logit for each, found an output of %s",
              classes.count(),
              network.output()));
    }
    int layers = network.layers().size();
    if (featureLayers < 1 || featureLayers >= layers) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a classifier of %d layers can have its features after layer 1 to %d, found %d",
              layers,
              layers - 1,
              featureLayers));
    }
    Shape features = network.outputShapes().get(featureLayers - 1);
    if (features.rank() != 1) {
      throw new IllegalArgumentException(
          "a classifier's features are a vector, found " + features + "; reshape it before");
    }
  }

  /**
   * One whose features are what its last layer with weights takes, before any dropout: the usual
   * choice.
   */
  public static Classifier of(Network network, Classes classes, PixelRange pixelRange) {
    List<Layer> layers = network.layers();
    int end = layers.size() - 1;
    while (end > 0 && layers.get(end - 1) instanceof Dropout) {
      end--;
    }
    return new Classifier(network, end, classes, pixelRange);
  }

  /** The number of values in the features of one image. */
  public int features() {
    return network.outputShapes().get(featureLayers - 1).elements();
  }

  /** All variables by their full paths, in the order of the file format. */
  public List<Variable> variables() {
    return network.variables(NAME);
  }
}
