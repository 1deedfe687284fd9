package org.samegan.core.training;

import java.nio.BufferOverflowException;
import java.nio.FloatBuffer;
import java.util.Locale;
import java.util.stream.IntStream;
import org.samegan.core.data.Augmentation;
import org.samegan.core.data.Dataset;
import org.samegan.core.data.OneHot;
import org.samegan.core.data.Subset;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.Latent;
import org.samegan.core.random.RandomStream;

/**
 * A dataset cut into batches, epoch after epoch. Every epoch has its own order, a function of
 * (seed, stream, epoch). What doesn't fill the last batch is left out of the epoch. Beside a batch
 * of any examples there can be one of labelled examples, of which there may be few: those batches
 * go on from one epoch of theirs to the next, so that each is seen as often.
 */
final class Batches {
  private static final String AUGMENTATION = "data/augmentation";
  private static final String LABELLED = "/labelled";

  private final Dataset data;
  private final int batch;
  private final int usedInEpoch;
  private final int classes;
  private final Augmentation augmentation;
  private final long seed;
  private final String stream;

  /** Read beside these, where only some examples have labels; else null. */
  private final Batches labelled;

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
    this(data, batch, whole(data, batch, classes), classes, augmentation, seed, stream, null);
  }

  private Batches(
      Dataset data,
      int batch,
      int usedInEpoch,
      int classes,
      Augmentation augmentation,
      long seed,
      String stream,
      Batches labelled) {
    this.data = data;
    this.batch = batch;
    this.usedInEpoch = usedInEpoch;
    this.classes = classes;
    this.augmentation = augmentation;
    this.seed = seed;
    this.stream = stream;
    this.labelled = labelled;
  }

  /** How many examples fill whole batches, once they are known to fit. */
  private static int whole(Dataset data, int batch, int classes) {
    requireFit(data, batch, classes);
    return data.size() / batch * batch;
  }

  /**
   * Batches of what a GAN is trained on, with labels of as many classes as its latent's label, if
   * it has one; beside batches of any examples, of labelled ones, where it learns from few labels.
   *
   * @throws IllegalArgumentException if the data don't fit the GAN or the batch
   */
  static Batches of(Gan gan, Dataset data, int batch, long seed, String stream) {
    requireFit(gan, data, batch);
    if (gan.fewLabels().isEmpty()) {
      return new Batches(data, batch, classes(gan), Augmentation.NONE, seed, stream);
    }
    Dataset some = labelledOf(data);
    Batches labelled =
        new Batches(
            some,
            batch,
            some.size(),
            classes(gan),
            gan.fewLabels().get().augmentation(),
            seed,
            stream + LABELLED,
            null);
    return new Batches(
        data, batch, whole(data, batch, 0), 0, Augmentation.NONE, seed, stream, labelled);
  }

  /** Checks what {@link #of} checks. */
  static void requireFit(Gan gan, Dataset data, int batch) {
    gan.requireForm(data.form());
    if (gan.fewLabels().isPresent()) {
      requireFit(data, batch, 0);
      requireEveryClass(labelledOf(data), classes(gan));
    } else {
      requireFit(data, batch, classes(gan));
    }
  }

  private static int classes(Gan gan) {
    return gan.latent().label().map(Latent.Label::size).orElse(0);
  }

  private static Dataset labelledOf(Dataset data) {
    int[] some =
        IntStream.range(0, data.size()).filter(i -> data.label(i) != Dataset.UNLABELLED).toArray();
    if (some.length == 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "none of the data's %d examples has a label; a few of each class are needed",
              data.size()));
    }
    return new Subset(data, some);
  }

  private static void requireFit(Dataset data, int batch, int classes) {
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
      if (chosen == Dataset.UNLABELLED) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "example %d of the data has no label, but the model learns from every example's;"
                    + " leave out those without, or train a model that does with a few labels, such"
                    + " as ssinfogan",
                i));
      }
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
    return usedInEpoch / batch;
  }

  /**
   * Copies a batch, and labels or labelled examples where the step takes them, into the step's
   * inputs.
   */
  void read(long number, StepInputs inputs) {
    if (labelled == null) {
      read(number, inputs.real(), inputs.takesLabels() ? inputs.labels() : null);
      return;
    }
    read(number, inputs.real(), null);
    if (inputs.takesLabelled()) {
      labelled.read(number, inputs.labelled(), inputs.labels());
    }
  }

  /**
   * Copies a batch.
   *
   * @param labels receives its labels, one-hot; null if nobody wants them
   */
  private void read(long number, FloatBuffer examples, FloatBuffer labels) {
    for (int i = 0; i < batch; i++) {
      long place = number * batch + i;
      int index = indexAt(place);
      FloatBuffer example = copy(index, examples);
      augmentation.apply(RandomStream.of(seed, AUGMENTATION, place), data.exampleShape(), example);
      if (labels != null) {
        OneHot.write(data.label(index), classes, labels);
      }
    }
  }

  /** The example at a place in all epochs, one behind the other. */
  private int indexAt(long place) {
    long epoch = place / usedInEpoch;
    if (epoch != orderedEpoch) {
      order = RandomStream.of(seed, stream, epoch).permutation(data.size());
      orderedEpoch = epoch;
    }
    return order[(int) (place % usedInEpoch)];
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
