package org.samegan.core.training;

import java.nio.BufferOverflowException;
import java.nio.FloatBuffer;
import java.util.Locale;
import org.samegan.core.data.Augmentation;
import org.samegan.core.data.Dataset;
import org.samegan.core.data.OneHot;
import org.samegan.core.random.RandomStream;

/**
 * A dataset cut into batches, epoch after epoch. Every epoch has its own order, a function of
 * (seed, stream, epoch); what doesn't fill the last batch is left out of the epoch.
 */
final class Batches {
  private static final String AUGMENTATION = "data/augmentation";

  private final Dataset data;
  private final int batch;
  private final int classes;
  private final Augmentation augmentation;
  private final long seed;
  private final String stream;
  private int[] order = new int[0];
  private long orderedEpoch = -1;

  /**
   * Checks that the data fit.
   *
   * @param classes that the model has; 0 if it takes no labels
   * @param augmentation of every example each time that it is read
   * @param stream the name of the orders' random stream
   * @throws IllegalArgumentException if they don't fit the batch or the classes
   */
  Batches(
      Dataset data, int batch, int classes, Augmentation augmentation, long seed, String stream) {
    requireFit(data, batch, classes);
    this.data = data;
    this.batch = batch;
    this.classes = classes;
    this.augmentation = augmentation;
    this.seed = seed;
    this.stream = stream;
  }

  static void requireFit(Dataset data, int batch, int classes) {
    if (batch < 1 || batch > data.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the batch must hold from 1 to %d examples, as many as there are in the data,"
                  + " found %d; use a smaller batch or more data",
              data.size(),
              batch));
    }
    if (classes > 0) {
      requireEveryClass(data, classes);
    }
  }

  private static void requireEveryClass(Dataset data, int classes) {
    boolean[] found = new boolean[classes];
    for (int i = 0; i < data.size(); i++) {
      int chosen = data.label(i);
      if (chosen < 0 || chosen >= found.length) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "example %d of the data has the label %d, but its %d classes are numbered 0 to %d;"
                    + " number the labels from 0",
                i,
                chosen,
                found.length,
                found.length - 1));
      }
      found[chosen] = true;
    }
    for (int i = 0; i < found.length; i++) {
      if (!found[i]) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "the data has no example of class %d ('%s'), which the model has too; add"
                    + " examples, or number the classes without it",
                i,
                data.classes().name(i)));
      }
    }
  }

  /** Whole batches in one pass over the data. */
  long perEpoch() {
    return data.size() / batch;
  }

  /** Copies a batch, and its labels where the step takes them, into the step's inputs. */
  void read(long number, StepInputs inputs) {
    long epoch = number / perEpoch();
    if (epoch != orderedEpoch) {
      order = RandomStream.of(seed, stream, epoch).permutation(data.size());
      orderedEpoch = epoch;
    }
    int first = (int) (number % perEpoch()) * batch;
    FloatBuffer real = inputs.real();
    for (int i = first; i < first + batch; i++) {
      FloatBuffer example = copy(order[i], real);
      RandomStream draws = RandomStream.of(seed, AUGMENTATION, number * batch + i - first);
      augmentation.apply(draws, data.exampleShape(), example);
    }
    if (inputs.takesLabels()) {
      FloatBuffer labels = inputs.labels();
      for (int i = first; i < first + batch; i++) {
        OneHot.write(data.label(order[i]), classes, labels);
      }
    }
  }

  /** Makes sure of an example's values: too few would leave those of another batch in place. */
  private FloatBuffer copy(int index, FloatBuffer destination) {
    int elements = data.exampleShape().elements();
    int end = destination.position() + elements;
    int limit = destination.limit();
    destination.limit(end);
    try {
      data.copyTo(index, destination);
    } catch (BufferOverflowException e) {
      throw new IllegalArgumentException(wrongLength(index, elements, "more"), e);
    } finally {
      destination.limit(limit);
    }
    if (destination.position() != end) {
      int written = destination.position() - end + elements;
      throw new IllegalArgumentException(wrongLength(index, elements, String.valueOf(written)));
    }
    return destination.slice(end - elements, elements);
  }

  private String wrongLength(int index, int elements, String found) {
    return String.format(
        Locale.ROOT,
        "the data must write the %d values of %s for example %d, but wrote %s; correct its copyTo",
        elements,
        data.exampleShape(),
        index,
        found);
  }
}
