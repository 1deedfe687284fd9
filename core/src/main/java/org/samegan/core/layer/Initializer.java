package org.samegan.core.layer;

import org.samegan.core.random.Distribution;

/** How a variable gets its first values. */
public sealed interface Initializer {
  /** All zero. */
  Initializer ZEROS = new Constant(0);

  /** All one. */
  Initializer ONES = new Constant(1);

  /**
   * What each value is drawn from.
   *
   * @param fanIn the inputs that add up to one output of the layer
   * @param fanOut the outputs that one input of the layer adds to
   */
  Distribution distribution(long fanIn, long fanOut);

  /**
   * Every value the same.
   *
   * @param value the value
   */
  record Constant(double value) implements Initializer {
    /** Checks that it is a number. */
    public Constant {
      new Distribution.Normal(value, 0);
    }

    @Override
    public Distribution distribution(long fanIn, long fanOut) {
      return new Distribution.Normal(value, 0);
    }
  }

  /**
   * N(mean, deviation²).
   *
   * @param mean the mean
   * @param deviation the standard deviation, at least 0
   */
  record Normal(double mean, double deviation) implements Initializer {
    /** Checks the ranges. */
    public Normal {
      new Distribution.Normal(mean, deviation);
    }

    @Override
    public Distribution distribution(long fanIn, long fanOut) {
      return new Distribution.Normal(mean, deviation);
    }
  }

  /**
   * Uniform on [-bound, bound).
   *
   * @param bound greater than 0
   */
  record Uniform(double bound) implements Initializer {
    /** Checks the bound. */
    public Uniform {
      new Distribution.Uniform(-bound, bound);
    }

    @Override
    public Distribution distribution(long fanIn, long fanOut) {
      return new Distribution.Uniform(-bound, bound);
    }
  }

  /**
   * Uniform with bound sqrt(6 / (fanIn + fanOut)), for layers followed by tanh or sigmoid (Glorot
   * and Bengio 2010).
   */
  record GlorotUniform() implements Initializer {
    @Override
    public Distribution distribution(long fanIn, long fanOut) {
      double bound = Math.sqrt(6.0 / (fanIn + fanOut));
      return new Distribution.Uniform(-bound, bound);
    }
  }

  /** N(0, 2 / fanIn), for layers followed by ReLU (He et al. 2015, arXiv:1502.01852, eq. 10). */
  record HeNormal() implements Initializer {
    @Override
    public Distribution distribution(long fanIn, long fanOut) {
      return new Distribution.Normal(0, Math.sqrt(2.0 / fanIn));
    }
  }
}
