package org.samegan.runs.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.samegan.core.data.Classes;
import org.samegan.evaluation.Floor;
import org.samegan.evaluation.classes.ClassHistogram;
import org.samegan.evaluation.comparison.Comparison;
import org.samegan.evaluation.comparison.Measurement;
import org.samegan.evaluation.comparison.Observed;

/**
 * How good a generator is, as a record that becomes JSON.
 *
 * @param generator what was measured
 * @param data the images that it was compared with
 * @param features by what the images were compared
 * @param images how many generated images were compared with as many real ones
 * @param trainImages how many real images there are
 * @param seed of latents, choices and splits
 * @param metrics the numbers by their keys
 * @param refused why others are none, by their keys
 * @param classes what of each class was generated, in order; empty if the network tells none
 * @param codeError the share of held-out images whose label the recognition network reads wrongly,
 *     or, where it has learnt none, that its categorical code takes for another class, see {@link
 *     org.samegan.evaluation.classes.CodeError}; null where it reads neither, or no labelled images
 *     are held out
 */
public record EvaluationReport(
    String generator,
    String data,
    Network features,
    int images,
    int trainImages,
    long seed,
    Map<String, Value> metrics,
    Map<String, String> refused,
    List<ClassShare> classes,
    Double codeError) {
  /**
   * The features' network.
   *
   * @param name what numbers are called by
   * @param sha256 of its file
   */
  public record Network(String name, String sha256) {}

  /**
   * One number.
   *
   * @param standardError null where it has none of its own
   * @param floor null where it has none, or none was asked for
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Value(double value, Double standardError, Floor floor) {}

  /**
   * What of one class was generated.
   *
   * @param generated its share of the generated images, by the classifier's opinion
   * @param real its share of the real ones, by their labels where they have some
   */
  public record ClassShare(String name, double generated, double real) {}

  static EvaluationReport of(
      EvaluationRequest request,
      FeatureNetwork network,
      String data,
      Observed train,
      Observed generated,
      Comparison.Result result,
      OptionalDouble codeError) {
    Map<String, Value> metrics = new LinkedHashMap<>();
    result.measured().forEach((metric, number) -> metrics.put(metric.key(), value(number)));
    Map<String, String> refused = new LinkedHashMap<>();
    result.refused().forEach((metric, reason) -> refused.put(metric.key(), reason));
    return new EvaluationReport(
        request.generator().toString(),
        data,
        new Network(network.name(), network.sha256()),
        generated.count(),
        train.count(),
        request.seed(),
        metrics,
        refused,
        shares(network.classes(), train, generated),
        codeError.isPresent() ? codeError.getAsDouble() : null);
  }

  private static Value value(Measurement number) {
    return new Value(
        number.value(),
        number.standardError().isPresent() ? number.standardError().getAsDouble() : null,
        number.floor().orElse(null));
  }

  private static List<ClassShare> shares(Classes classes, Observed train, Observed generated) {
    List<ClassShare> shares = new ArrayList<>();
    if (classes.count() > 0) {
      int count = classes.count();
      ClassHistogram found = ClassHistogram.of(generated.opinions().orElseThrow().labels(), count);
      ClassHistogram real = ClassHistogram.of(train.classes(), count);
      for (int c = 0; c < count; c++) {
        shares.add(new ClassShare(classes.name(c), found.share(c), real.share(c)));
      }
    }
    return shares;
  }
}
