package org.samegan.core.layer;

import org.nd4j.autodiff.samediff.SDVariable;
import org.samegan.core.Shape;

/** The bias that dense layers and convolutions may have: a row added to the last axis. */
final class Biases {
  private Biases() {}

  static Variable variable(int channels) {
    return Variable.parameter(
        "bias", Shape.of(channels), Initializer.ZEROS.distribution(channels, channels));
  }

  static SDVariable add(LayerScope scope, SDVariable y) {
    return y.add(scope.variable("bias"));
  }
}
