package org.samegan.runs.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Consumer;
import org.samegan.core.Shape;
import org.samegan.core.backend.Backend;
import org.samegan.core.data.Dataset;
import org.samegan.core.data.ExampleKind;
import org.samegan.core.inference.TrainedGenerator;
import org.samegan.evaluation.comparison.Comparison;
import org.samegan.evaluation.comparison.Metric;
import org.samegan.evaluation.comparison.Observed;
import org.samegan.io.checkpoint.Checkpoint;
import org.samegan.io.inference.GeneratorLoader;
import org.samegan.io.run.Run;
import org.samegan.io.run.RunConfig;
import org.samegan.runs.data.DataPlace;
import org.samegan.runs.data.FoundExamples;

/**
 * Measures how good a generator is, or a folder of images from anywhere, by the same rule: images
 * of whole pixels, brought to the size and channels of the data and then to those of the features'
 * network.
 *
 * <pre>{@code
 * EvaluationReport report =
 *     Evaluation.of(EvaluationRequest.of(Path.of("runs/first")), Backend.nd4j(), notice -> {});
 * }</pre>
 */
public final class Evaluation {
  private final EvaluationRequest request;
  private final Backend backend;
  private final Consumer<String> notices;

  private Evaluation(EvaluationRequest request, Backend backend, Consumer<String> notices) {
    this.request = request;
    this.backend = backend;
    this.notices = notices;
  }

  /**
   * Measures.
   *
   * @param backend what computes; it stays the caller's
   * @param notices is told what users should know, and what is being done
   * @throws IllegalArgumentException if generator, data and features don't fit
   * @throws IOException if something can't be read
   */
  public static EvaluationReport of(
      EvaluationRequest request, Backend backend, Consumer<String> notices) throws IOException {
    return new Evaluation(request, backend, notices).measure();
  }

  private EvaluationReport measure() throws IOException {
    if (isFolderOfImages(request.generator())) {
      FoundExamples folder = DataPlace.of(request.generator().toString()).find(RunConfig.DEFAULTS);
      return measure(folder.form().shape(), () -> Images.of(folder.open(notices)));
    }
    try (TrainedGenerator generator = GeneratorLoader.load(request.generator(), backend)) {
      return measure(
          generator.exampleShape(), () -> Images.of(generator, request.count(), request.seed()));
    }
  }

  /** Whether a directory is neither a run nor a checkpoint. */
  private static boolean isFolderOfImages(Path place) {
    return Files.isDirectory(place) && !Run.isRun(place) && !Checkpoint.isAt(place);
  }

  /** Gives the images that are measured, which takes long. */
  @FunctionalInterface
  private interface GeneratedImages {
    Images make() throws IOException;
  }

  private EvaluationReport measure(Shape shape, GeneratedImages images) throws IOException {
    requireImages(shape);
    try (FeatureNetwork network =
        FeatureNetwork.open(FeatureNetwork.chosen(request.features(), shape), backend)) {
      requireSquare(network);
      RealImages data = RealImages.find(request, shape);
      Images train = Images.of(data.train().open(notices));
      Optional<Images> test = Optional.empty();
      if (data.heldOut().isPresent()) {
        test = Optional.of(Images.of(data.heldOut().get().open(notices)));
      }
      Images generated = images.make();
      int count = Math.min(Math.min(request.count(), generated.count()), train.count());
      if (count < request.count()) {
        notices.accept(
            String.format(
                Locale.ROOT,
                "%,d images are compared, as there are %,d generated and %,d real ones",
                count,
                generated.count(),
                train.count()));
      }
      requireEnough(count);
      return report(network, data, train, test, generated.some(count, request.seed()));
    }
  }

  private EvaluationReport report(
      FeatureNetwork network,
      RealImages data,
      Images train,
      Optional<Images> test,
      Images generated)
      throws IOException {
    notices.accept(
        String.format(
            Locale.ROOT,
            "looking at %,d generated and %,d real images with %s",
            generated.count(),
            train.count() + test.map(Images::count).orElse(0),
            network.name()));
    Images shuffled = train.some(train.count(), request.seed());
    Observed seenTrain = see(network, shuffled);
    Optional<Observed> seenTest = test.map(images -> see(network, images));
    Observed seen = see(network, generated);
    Comparison comparison = new Comparison(seenTrain, seenTest, seen, request.seed());
    Set<Metric> wanted = comparison.possible();
    Comparison.Result result = comparison.measure(wanted);
    if (request.splits() > 0) {
      notices.accept(String.format(Locale.ROOT, "measuring floors, %d splits", request.splits()));
      result = comparison.beside(result, request.splits());
    }
    if (request.neighbours() != null) {
      NeighbourPicture.write(request.neighbours(), shuffled, seenTrain, generated, seen);
    }
    OptionalDouble codeError =
        test.isPresent() && !isFolderOfImages(request.generator())
            ? CodeReading.error(request.generator(), test.get(), backend)
            : OptionalDouble.empty();
    return EvaluationReport.of(
        request, network, data.description(), seenTrain, seen, result, codeError);
  }

  /** What is seen in images, with their labels where all have one of the network's own classes. */
  static Observed see(FeatureNetwork network, Images images) {
    Dataset converted = ConvertedImages.of(images, network.pixelRange(), network.input());
    Observed seen = network.see(converted);
    if (network.classes().count() == 0 || !converted.classes().equals(network.classes())) {
      return seen;
    }
    int[] labels = new int[converted.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = converted.label(i);
      if (labels[i] == Dataset.UNLABELLED) {
        return seen;
      }
    }
    return seen.withLabels(labels);
  }

  private static void requireImages(Shape shape) {
    if (ExampleKind.of(shape) != ExampleKind.IMAGES) {
      throw new IllegalArgumentException(
          "a generator of points has no features of images; how well it covers the modes of its"
              + " distribution is what 'samegan sample' and 'samegan inspect' say");
    }
  }

  private static void requireEnough(int count) {
    if (count < 2) {
      throw new IllegalArgumentException(
          "at least 2 generated and 2 real images are compared, found " + count);
    }
  }

  private static void requireSquare(FeatureNetwork network) {
    Shape input = network.input();
    if (input.get(0) != input.get(1)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "images can be brought to square sizes, but %s takes %s; use a network for square"
                  + " images",
              network.name(),
              input));
    }
  }
}
