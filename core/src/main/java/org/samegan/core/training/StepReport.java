package org.samegan.core.training;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What one training step saw: numbers by name, those of its last discriminator step and of its
 * generator step. More can be added to it by whoever measures something after the step.
 *
 * @param step the step's number, 1 for the first
 * @param epoch the pass over the data that the step belongs to, 1 for the first
 * @param numbers by name, such as {@value #DISCRIMINATOR_LOSS}, in order
 */
public record StepReport(long step, long epoch, Map<String, Number> numbers) {
  /** What the discriminator's step minimises. */
  public static final String DISCRIMINATOR_LOSS = "discriminator-loss";

  /** What the generator's step minimises. */
  public static final String GENERATOR_LOSS = "generator-loss";

  /** The mean of D(x): a probability for the logistic losses, else the critic's value. */
  public static final String REAL_SCORE = "real-score";

  /** The mean of D(G(z)), likewise. */
  public static final String FAKE_SCORE = "fake-score";

  /** The mean sign of D(x), where the augmentation's probability goes by it. */
  public static final String REAL_SIGN = "real-sign";

  /** The probability of the augmentation's transformations, where it is adaptive. */
  public static final String AUGMENTATION = "augment-p";

  /** The mean of the discriminator's logits on real examples, where LeCam goes by it. */
  public static final String REAL_LOGIT = "real-logit";

  /** The same on generated examples. */
  public static final String FAKE_LOGIT = "fake-logit";

  /** The weighted LeCam penalty in the discriminator's loss, if it has one. */
  public static final String LECAM = "lecam";

  /** The sum of the weighted gradient penalties in the discriminator's loss, if it has any. */
  public static final String PENALTY = "penalty";

  /**
   * The part of the discriminator's loss that is recognition's, if there is a recognition network:
   * of reading codes back, and of reading real examples' labels.
   */
  public static final String DISCRIMINATOR_RECOGNITION_LOSS = "discriminator-recognition-loss";

  /**
   * The part of that which comes of labelled examples, where only some have labels: the weighted
   * cross-entropy.
   */
  public static final String LABEL_LOSS = "label-loss";

  /** The part of the generator's loss that is recognition's, if there is a recognition network. */
  public static final String GENERATOR_RECOGNITION_LOSS = "generator-recognition-loss";

  /** The Euclidean norm of all of the discriminator's gradients together. */
  public static final String DISCRIMINATOR_GRADIENT_NORM = "discriminator-gradient-norm";

  /** The Euclidean norm of all of the generator's gradients together. */
  public static final String GENERATOR_GRADIENT_NORM = "generator-gradient-norm";

  /** The learning rate of the discriminator's updates in this step. */
  public static final String DISCRIMINATOR_LEARNING_RATE = "discriminator-learning-rate";

  /** The learning rate of the generator's update. */
  public static final String GENERATOR_LEARNING_RATE = "generator-learning-rate";

  /** Keeps the numbers' order. */
  public StepReport {
    numbers = Collections.unmodifiableMap(new LinkedHashMap<>(numbers));
  }

  /**
   * One of the numbers.
   *
   * @throws IllegalArgumentException if the step has none of this name, with those that it has
   */
  public double get(String name) {
    Number number = numbers.get(name);
    if (number == null) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the step has no number '%s'; it has %s",
              name,
              String.join(", ", numbers.keySet())));
    }
    return number.doubleValue();
  }

  /**
   * With more numbers behind these.
   *
   * @throws IllegalArgumentException if there is one of the same name already
   */
  public StepReport with(Map<String, ? extends Number> more) {
    Map<String, Number> all = new LinkedHashMap<>(numbers);
    more.forEach(
        (name, number) -> {
          if (all.putIfAbsent(name, number) != null) {
            throw new IllegalArgumentException("the step has a number '" + name + "' already");
          }
        });
    return new StepReport(step, epoch, all);
  }
}
