package org.samegan.core.gan;

import java.nio.FloatBuffer;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;
import org.samegan.core.data.OneHot;
import org.samegan.core.random.RandomStream;

/**
 * Latents of a generator, some of whose values are chosen. What is not chosen stays what it was, so
 * that samples of a seed differ in nothing but the choice. Immutable.
 *
 * <pre>{@code
 * Latents sevens = Latents.drawn(latent, 42).withLabel(7);
 * Latents slanted = Latents.drawn(latent, 42).withCategory(0, 3).withContinuous(1, -2);
 * }</pre>
 *
 * <p>Choices are functions of a sample's number, from 0, or the same for all. One that the latent
 * has no room for is refused at once, an impossible class when it is asked for.
 */
public final class Latents implements LatentSource {
  private final Latent latent;
  private final LatentSource source;

  private Latents(Latent latent, LatentSource source) {
    this.latent = latent;
    this.source = source;
  }

  /** Latents drawn from a seed: codes, and the classes of labels, too. */
  public static Latents drawn(Latent latent, long seed) {
    return new Latents(
        latent,
        (sample, vector) -> latent.fill(RandomStream.of(seed, "sample/latent", sample), vector));
  }

  /**
   * The latents of some samples as numbers.
   *
   * @param source of latents like this one
   * @param first the first sample's number, from 0
   * @param count how many, at least 0
   * @return (count, latent size) in row-major order
   * @throws IllegalArgumentException if there are too few, or too many for one array
   */
  public static float[] values(Latent latent, LatentSource source, int first, int count) {
    int size = latent.size();
    int most = Integer.MAX_VALUE / size;
    if (count < 0 || count > most) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "from 0 to %d latents of %d values fit into one call, found %d",
              most,
              size,
              count));
    }
    FloatBuffer values = FloatBuffer.allocate(count * size);
    for (int i = 0; i < count; i++) {
      values.limit((i + 1) * size);
      source.fill(first + i, values);
    }
    return values.array();
  }

  /** The latents of the first samples as numbers, see {@link #values}. */
  public float[] first(int count) {
    return values(latent, this, 0, count);
  }

  /**
   * The same draw for several samples, as a start for choices that set them apart.
   *
   * @param number from a sample's number to that of the sample whose latent it gets
   */
  public Latents drawnAs(IntUnaryOperator number) {
    return new Latents(latent, (sample, vector) -> source.fill(number.applyAsInt(sample), vector));
  }

  /** Of one class, from 0. See {@link #withLabels}. */
  public Latents withLabel(int label) {
    return withLabels(sample -> label);
  }

  /**
   * Of chosen classes.
   *
   * @param labels from a sample's number to its class, from 0
   * @throws IllegalArgumentException if the latent has no label; from {@link #fill} if it has no
   *     such class
   */
  public Latents withLabels(IntUnaryOperator labels) {
    Latent.Label label =
        latent
            .label()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the generator takes no label, so no class can be chosen"));
    return with(
        latent.offset(label),
        (sample, vector) -> OneHot.write(labels.applyAsInt(sample), label.size(), vector));
  }

  /** With one class, from 0, of a categorical code. See {@link #withCategories}. */
  public Latents withCategory(int code, int category) {
    return withCategories(code, sample -> category);
  }

  /**
   * With chosen classes of a categorical code.
   *
   * @param code which of the categorical codes, from 0
   * @param categories from a sample's number to the code's class, from 0
   * @throws IllegalArgumentException if the latent has no such code; from {@link #fill} if the code
   *     has no such class
   */
  public Latents withCategories(int code, IntUnaryOperator categories) {
    int offset = 0;
    int found = 0;
    for (Latent.Part part : latent.parts()) {
      if (part instanceof Latent.Categorical && found++ == code) {
        return with(
            offset,
            (sample, vector) -> OneHot.write(categories.applyAsInt(sample), part.size(), vector));
      }
      offset += part.size();
    }
    throw none("categorical codes", code, found);
  }

  /**
   * With one value of the continuous codes. See {@link #withContinuous(int, IntToDoubleFunction)}.
   */
  public Latents withContinuous(int index, double value) {
    return withContinuous(index, sample -> value);
  }

  /**
   * With chosen values of the continuous codes.
   *
   * @param index which of the continuous codes' values, from 0, counted through all such codes
   * @param values from a sample's number to the value, in the units of the code's distribution;
   *     what lies outside its range was never trained
   * @throws IllegalArgumentException if the latent has no such value
   */
  public Latents withContinuous(int index, IntToDoubleFunction values) {
    int offset = 0;
    int before = 0;
    for (Latent.Part part : latent.parts()) {
      if (part instanceof Latent.Continuous) {
        if (index >= before && index < before + part.size()) {
          return with(
              offset + index - before,
              (sample, vector) -> vector.put((float) values.applyAsDouble(sample)));
        }
        before += part.size();
      }
      offset += part.size();
    }
    throw none("values of continuous codes", index, before);
  }

  private static IllegalArgumentException none(String what, int index, int count) {
    return new IllegalArgumentException(
        count == 0
            ? String.format(Locale.ROOT, "the generator takes no %s, so none can be chosen", what)
            : String.format(
                Locale.ROOT,
                "the generator's %s are numbered 0 to %d, found %d",
                what,
                count - 1,
                index));
  }

  private Latents with(int offset, LatentSource choice) {
    return new Latents(
        latent,
        (sample, vector) -> {
          int start = vector.position();
          source.fill(sample, vector);
          int end = vector.position();
          vector.position(start + offset);
          choice.fill(sample, vector);
          vector.position(end);
        });
  }

  @Override
  public void fill(int sample, FloatBuffer vector) {
    source.fill(sample, vector);
  }
}
