package org.samegan.core.gan;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.samegan.core.Shape;
import org.samegan.core.data.Classes;
import org.samegan.core.data.OneHot;
import org.samegan.core.random.Distribution;
import org.samegan.core.random.RandomSource;
import org.samegan.core.random.RandomStream;

/**
 * The generator's input: a vector of independent random parts, noise that means nothing, codes that
 * a recognition network can be trained to read back from the image (InfoGAN), and a label that says
 * which of the data's classes the image is to be of.
 *
 * @param parts at least one, in the order of the vector; one label at most
 */
public record Latent(List<Part> parts) implements RandomSource {
  /** Far more than any network takes, and few enough to be counted. */
  private static final int MOST = 1 << 24;

  /** A stretch of the vector. */
  public sealed interface Part extends RandomSource {
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
      OneHot.write(stream.nextInt(size), size, buffer);
    }
  }

  /**
   * The class that an example is to be of, as a one-hot vector. Unlike a categorical code's, the
   * meaning of the classes is the data's: real examples come with a label. Drawn freely, each class
   * is as likely. It is given to the discriminator too (Mirza and Osindero 2014, arXiv:1411.1784)
   * or read back as logits (Odena et al. 2017, arXiv:1610.09585).
   *
   * @param classes those of the data, at least 2
   */
  public record Label(Classes classes) implements Part {
    /** Checks the number of classes. */
    public Label {
      if (classes.count() < 2) {
        throw new IllegalArgumentException(
            "a label needs at least 2 classes, found " + classes.count());
      }
    }

    /** Of so many classes without names. */
    public Label(int classes) {
      this(Classes.of(classes));
    }

    @Override
    public int size() {
      return classes.count();
    }

    @Override
    public int recognitionSize() {
      return classes.count();
    }

    @Override
    public void fill(RandomStream stream, FloatBuffer buffer) {
      OneHot.write(stream.nextInt(size()), size(), buffer);
    }

    /**
     * The shape of examples that have their label appended: as many further channels, or values of
     * a vector, as there are classes. A discriminator with this input is conditional.
     */
    public Shape appendedTo(Shape example) {
      List<Integer> extents = new ArrayList<>(example.dimensions());
      extents.set(extents.size() - 1, example.channels() + size());
      return new Shape(extents);
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

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if there is none, more than one label, or more than 2^24
   *     values
   */
  public Latent {
    parts = List.copyOf(parts);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("a latent needs at least one part");
    }
    long labels = parts.stream().filter(Label.class::isInstance).count();
    if (labels > 1) {
      throw new IllegalArgumentException(
          "a latent has one label at most, since an example has one, found " + labels);
    }
    long values = parts.stream().mapToLong(Part::size).sum();
    if (values > MOST) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "a latent has at most %d values, found %d", MOST, values));
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

  /** With another part at its end. */
  public Latent with(Part part) {
    List<Part> more = new ArrayList<>(parts);
    more.add(part);
    return new Latent(more);
  }

  /** The label, if there is one. */
  public Optional<Label> label() {
    return parts.stream().filter(Label.class::isInstance).map(Label.class::cast).findFirst();
  }

  /** The place of the label's first value in the vector. */
  public int offset(Label label) {
    return parts.subList(0, parts.indexOf(label)).stream().mapToInt(Part::size).sum();
  }

  /** The place of the label's first logit in a recognition network's output. */
  int recognitionOffset(Label label) {
    return parts.subList(0, parts.indexOf(label)).stream().mapToInt(Part::recognitionSize).sum();
  }

  /** The vector's length. */
  public int size() {
    return parts.stream().mapToInt(Part::size).sum();
  }

  /** The number of outputs that a recognition network needs to read codes and label back. */
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
