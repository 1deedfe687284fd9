package org.samegan.runs.weights;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.GanNetwork;
import org.samegan.core.gan.Latent;
import org.samegan.core.layer.Variable;

/**
 * How a variable of a GAN fits the weights that there are.
 *
 * @param network that it is of
 * @param variable of the GAN
 * @param held what there is under its path; null if nothing
 * @param axis of the inputs; -1 if the shapes are the same, or nothing can be taken
 * @param inputs how many of them are taken, the first ones
 * @param elements how many values are taken
 */
record Fit(
    GanNetwork network, Variable variable, Variable held, int axis, int inputs, long elements) {
  /**
   * Compares a variable with what is held under its path.
   *
   * @param first whether it is in its network's first layer, where the label comes in
   * @param from of what the weights are
   * @param gan whose it is
   */
  static Fit of(
      GanNetwork network, Variable variable, Variable held, boolean first, Gan from, Gan gan) {
    Fit nothing = new Fit(network, variable, held, -1, 0, 0);
    if (held == null) {
      return nothing;
    }
    if (held.shape().equals(variable.shape())) {
      return new Fit(network, variable, held, -1, 0, variable.shape().elements());
    }
    int unlabelled = first ? unlabelled(network, gan) : 0;
    int axis = axis(variable, held);
    if (axis < 0
        || unlabelled == 0
        || unlabelled != unlabelled(network, from)
        || variable.shape().get(axis) != network.layers(gan).input().channels()
        || held.shape().get(axis) != network.layers(from).input().channels()) {
      return nothing;
    }
    long perInput = variable.shape().elements() / variable.shape().get(axis);
    return new Fit(network, variable, held, axis, unlabelled, perInput * unlabelled);
  }

  /** How many channels of a network's input come before the label's; 0 if the label isn't last. */
  private static int unlabelled(GanNetwork network, Gan gan) {
    return switch (network) {
      case GENERATOR -> {
        List<Latent.Part> parts = gan.latent().parts();
        Optional<Latent.Label> label = gan.latent().label();
        boolean last = label.map(parts.get(parts.size() - 1)::equals).orElse(true);
        yield last ? gan.latent().size() - label.map(Latent.Label::size).orElse(0) : 0;
      }
      case DISCRIMINATOR -> gan.exampleShape().channels();
      case RECOGNITION -> 0;
    };
  }

  /** The one axis along which the shapes differ; -1 if there isn't just one. */
  private static int axis(Variable own, Variable held) {
    int found = -1;
    if (own.shape().rank() != held.shape().rank()) {
      return found;
    }
    for (int axis = 0; axis < own.shape().rank(); axis++) {
      if (own.shape().get(axis) != held.shape().get(axis)) {
        if (found >= 0) {
          return -1;
        }
        found = axis;
      }
    }
    return found;
  }

  /** Whether every value is taken. */
  boolean isWhole() {
    return elements == variable.shape().elements();
  }

  /** Whether none is. */
  boolean isAnew() {
    return elements == 0;
  }

  /** Whether some are. */
  boolean isPart() {
    return !isWhole() && !isAnew();
  }

  /** How many of its values the seed starts. */
  long missing() {
    return variable.shape().elements() - elements;
  }

  /** Whether the variable is trained by an optimizer. */
  boolean isParameter() {
    return variable.role() == Variable.Role.PARAMETER;
  }

  /**
   * The values to start with, a new array.
   *
   * @param seeded those of the seed
   * @param trained what is held
   */
  INDArray mixed(INDArray seeded, INDArray trained) {
    INDArray mixed = seeded.dup('c');
    INDArrayIndex[] taken = new INDArrayIndex[variable.shape().rank()];
    for (int i = 0; i < taken.length; i++) {
      taken[i] = i == axis ? NDArrayIndex.interval(0, inputs) : NDArrayIndex.all();
    }
    mixed.get(taken).assign(trained.get(taken));
    return mixed;
  }

  /** What doesn't fit, in a message. */
  String text() {
    String own = variable.name() + " " + variable.shape();
    if (held == null) {
      return own + " (not there)";
    }
    return isPart()
        ? String.format(
            Locale.ROOT,
            "%s but for the first %d of its %d inputs (there %s)",
            own,
            inputs,
            variable.shape().get(axis),
            held.shape())
        : own + " (there " + held.shape() + ")";
  }
}
