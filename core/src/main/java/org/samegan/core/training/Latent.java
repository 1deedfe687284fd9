package org.samegan.core.training;

import java.nio.FloatBuffer;
import java.util.List;
import org.samegan.core.random.Distribution;
import org.samegan.core.random.RandomStream;
import org.samegan.core.random.Source;

/**
 * The generator's input: a vector of independent random parts, noise that means nothing and codes
 * that a recognition network can be trained to read back from the image (InfoGAN).
 *
 * @param parts at least one, in the order of the vector
 */
public record Latent(List<Part> parts) implements Source {
  /** A stretch of the vector. */
  public sealed interface Part extends Source {
    /** The number of values. */
    int size();

    /** The number of outputs that a recognition network needs for it, 0 if it is not read back. */
    default int recognitionSize() {
      return 0;
    }
  }

  /**
   * Independent values that nothing reads back.
   *
   * @param size at least 1
   * @param distribution of each value
   */
  public record Noise(int size, Distribution distribution) implements Part {
    /** Checks the size. */
    public Noise {
      requirePositive("latent noise", size);
    }

    @Override
    public void fill(RandomStream stream, FloatBuffer buffer) {
      distribution.fill(stream, buffer);
    }
  }

  /**
   * One of several classes, each as likely, as a one-hot vector. It is read back as logits.
   *
   * @param size the number of classes, at least 2
   */
  public record Categorical(int size) implements Part {
    /** Checks the number of classes. */
    public Categorical {
      if (size < 2) {
        throw new IllegalArgumentException(
            "a categorical code needs at least 2 classes, found " + size);
      }
    }

    @Override
    public int recognitionSize() {
      return size;
    }

    @Override
    public void fill(RandomStream stream, FloatBuffer buffer) {
      int chosen = stream.nextInt(size);
      for (int i = 0; i < size; i++) {
        buffer.put(i == chosen ? 1 : 0);
      }
    }
  }

  /**
   * Independent values that are read back, each as the mean and the logarithm of the variance of a
   * normal distribution, or as the mean alone, of one with variance 1.
   *
   * @param size at least 1
   * @param distribution of each value
   * @param learnedVariance whether the variance is read too
   */
  public record Continuous(int size, Distribution distribution, boolean learnedVariance)
      implements Part {
    /** Checks the size. */
    public Continuous {
      requirePositive("a continuous code", size);
    }

    /** With the variance read too. */
    public Continuous(int size, Distribution distribution) {
      this(size, distribution, true);
    }

    @Override
    public int recognitionSize() {
      return learnedVariance ? 2 * size : size;
    }

    @Override
    public void fill(RandomStream stream, FloatBuffer buffer) {
      distribution.fill(stream, buffer);
    }
  }

  /** Checks that there is a part. */
  public Latent {
    parts = List.copyOf(parts);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("a latent needs at least one part");
    }
  }

  /** A vector of standard normal values. */
  public static Latent normal(int size) {
    return new Latent(List.of(new Noise(size, Distribution.Normal.STANDARD)));
  }

  /** A vector of values uniform on [-1, 1). */
  public static Latent uniform(int size) {
    return new Latent(List.of(new Noise(size, new Distribution.Uniform(-1, 1))));
  }

  /** The vector's length. */
  public int size() {
    return parts.stream().mapToInt(Part::size).sum();
  }

  /** The number of outputs that a recognition network needs to read all codes back. */
  public int recognitionSize() {
    return parts.stream().mapToInt(Part::recognitionSize).sum();
  }

  /** Fills the buffer's remaining room, a multiple of the vector's length, with vectors. */
  @Override
  public void fill(RandomStream stream, FloatBuffer buffer) {
    int limit = buffer.limit();
    while (buffer.position() < limit) {
      for (Part part : parts) {
        buffer.limit(buffer.position() + part.size());
        part.fill(stream, buffer);
      }
    }
  }

  private static void requirePositive(String what, int size) {
    if (size < 1) {
      throw new IllegalArgumentException(what + " needs at least 1 value, found " + size);
    }
  }
}
