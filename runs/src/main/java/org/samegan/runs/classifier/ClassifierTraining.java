package org.samegan.runs.classifier;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.backend.Backend;
import org.samegan.core.classifier.Classifier;
import org.samegan.core.classifier.TrainedClassifier;
import org.samegan.core.data.Augmentation;
import org.samegan.core.data.Dataset;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.data.RandomAffine;
import org.samegan.core.data.Subset;
import org.samegan.core.optimizer.Adam;
import org.samegan.core.optimizer.MovingAverage;
import org.samegan.core.random.RandomStream;
import org.samegan.core.schedule.Schedule;
import org.samegan.core.training.ClassifierTrainer;
import org.samegan.evaluation.classes.Assessment;
import org.samegan.models.ConvClassifier;
import org.samegan.runs.data.Examples;

/**
 * Trains a classifier on labelled images, and keeps what it was after its best epoch, by its loss
 * on validation images that are held out from each class. Test images choose nothing.
 */
public final class ClassifierTraining {
  private static final double BETA2 = 0.999;
  private static final double DECAY = 0.999;

  private final Classifier classifier;
  private final Examples data;
  private final Optional<Examples> test;
  private final ClassifierSettings settings;
  private final Dataset training;
  private final Dataset validation;

  /**
   * What an epoch has come to.
   *
   * @param epoch 1 for the first
   * @param loss the mean of its steps' losses
   * @param validation what the classifier, with averaged weights, does with the validation images
   * @param best whether that is the best so far
   */
  public record Epoch(int epoch, double loss, Assessment validation, boolean best) {}

  /**
   * What training has come to.
   *
   * @param values of the classifier's variables by path
   */
  public record Trained(
      Classifier classifier, Map<String, INDArray> values, ClassifierRecord record) {}

  /**
   * Prepares training.
   *
   * @param data labelled images, of which some validate
   * @param test other labelled images, of the same form
   * @throws IllegalArgumentException if the images have no labels, are too few or too small, or the
   *     test images have another form
   */
  public ClassifierTraining(Examples data, Optional<Examples> test, ClassifierSettings settings) {
    this.data = data;
    this.test = test;
    this.settings = settings;
    requireForms(data.form(), test.map(Examples::form));
    classifier = ConvClassifier.of(data.form());
    Dataset all = data.inRange().apply(classifier.pixelRange());
    List<List<Integer>> split = split(all);
    training = new Subset(all, split.get(0).stream().mapToInt(i -> i).toArray());
    validation = new Subset(all, split.get(1).stream().mapToInt(i -> i).toArray());
    if (training.size() < settings.batch()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the option batch %d is more than the %d images that are trained on; use a smaller"
                  + " batch or more images",
              settings.batch(),
              training.size()));
    }
  }

  /**
   * Checks what can be checked before images are read.
   *
   * @throws IllegalArgumentException if the images have no labels or are too small, or the test
   *     images have another form
   */
  public static void requireForms(ExampleForm data, Optional<ExampleForm> test) {
    ConvClassifier.of(data);
    if (test.isPresent() && !test.get().equals(data)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the test images are %s in %s, the training images %s in %s; choose test images of the"
                  + " same size, channels and classes",
              test.get().shape(),
              test.get().classes().description(),
              data.shape(),
              data.classes().description()));
    }
  }

  /** Training and validation images: of every class the same share, at least one to either. */
  private List<List<Integer>> split(Dataset all) {
    List<List<Integer>> split = List.of(new ArrayList<>(), new ArrayList<>());
    List<List<Integer>> byClass = new ArrayList<>();
    IntStream.range(0, all.classes().count()).forEach(c -> byClass.add(new ArrayList<>()));
    for (int i : RandomStream.of(settings.seed(), "classifier/split", 0).permutation(all.size())) {
      byClass.get(all.label(i)).add(i);
    }
    for (int c = 0; c < byClass.size(); c++) {
      List<Integer> images = byClass.get(c);
      if (images.size() < 2) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "the class '%s' has %d images, but one to train on and one to validate by are"
                    + " needed; add images or leave the class out",
                all.classes().name(c),
                images.size()));
      }
      int held = Math.max(1, (int) Math.round(settings.validation() * images.size()));
      split.get(1).addAll(images.subList(0, held));
      split.get(0).addAll(images.subList(held, images.size()));
    }
    return split;
  }

  /** What is trained. */
  public Classifier classifier() {
    return classifier;
  }

  /** How many images are trained on, and how many validate. */
  public String split() {
    return String.format(
        Locale.ROOT, "%,d to train on, %,d to validate by", training.size(), validation.size());
  }

  /**
   * Trains until the last epoch, or until patience ends.
   *
   * @param backend what computes
   * @param listener is told of every epoch
   */
  public Trained train(Backend backend, Consumer<Epoch> listener) {
    long steps = settings.epochs() * (long) (training.size() / settings.batch());
    Schedule rate = Schedule.cosine(settings.learningRate(), 0).over(steps);
    try (ClassifierTrainer trainer =
        new ClassifierTrainer(
            classifier,
            new Adam(rate, 0.9, Schedule.constant(BETA2), 1e-8),
            new MovingAverage(DECAY),
            settings.augment() ? RandomAffine.SLIGHT : Augmentation.NONE,
            training,
            settings.batch(),
            settings.seed(),
            backend)) {
      Map<String, INDArray> best = Map.of();
      Assessment ofBest = null;
      int bestEpoch = 0;
      int epoch = 0;
      while (epoch < settings.epochs() && epoch - bestEpoch < settings.patience()) {
        epoch++;
        double sum = 0;
        for (long i = 0; i < trainer.batchesPerEpoch(); i++) {
          sum += trainer.step().get(ClassifierTrainer.LOSS);
        }
        Assessment now = assess(trainer.values(), validation, backend);
        boolean better = ofBest == null || now.loss() < ofBest.loss();
        if (better) {
          best = copyOf(trainer.values());
          ofBest = now;
          bestEpoch = epoch;
        }
        listener.accept(new Epoch(epoch, sum / trainer.batchesPerEpoch(), now, better));
      }
      return new Trained(classifier, best, record(best, epoch, bestEpoch, ofBest, backend));
    }
  }

  private ClassifierRecord record(
      Map<String, INDArray> best, int epochs, int bestEpoch, Assessment ofBest, Backend backend) {
    return new ClassifierRecord(
        settings,
        data.fingerprint(),
        data.count(),
        epochs,
        bestEpoch,
        ClassifierRecord.Quality.of(ofBest),
        test.map(
                examples ->
                    ClassifierRecord.Quality.of(
                        assess(best, examples.inRange().apply(classifier.pixelRange()), backend)))
            .orElse(null));
  }

  private Assessment assess(Map<String, INDArray> values, Dataset images, Backend backend) {
    try (TrainedClassifier trained = new TrainedClassifier(classifier, values, backend)) {
      int[] labels = IntStream.range(0, images.size()).map(images::label).toArray();
      return Assessment.of(Opinions.of("validation", trained, images).probabilities(), labels);
    }
  }

  /** What the network needs of the values, as arrays that nobody changes. */
  private Map<String, INDArray> copyOf(Map<String, INDArray> values) {
    Map<String, INDArray> copy = new LinkedHashMap<>();
    classifier
        .variables()
        .forEach(variable -> copy.put(variable.name(), values.get(variable.name()).dup('c')));
    return copy;
  }
}
