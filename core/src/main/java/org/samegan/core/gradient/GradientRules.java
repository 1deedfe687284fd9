package org.samegan.core.gradient;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The registry of rules, by op name. */
final class GradientRules {
  private static final Map<String, GradientRule> RULES = new TreeMap<>();

  static {
    RULES.putAll(ArithmeticRules.RULES);
    RULES.putAll(FunctionRules.RULES);
    RULES.putAll(ReductionRules.RULES);
    RULES.putAll(LinearRules.RULES);
    RULES.putAll(PoolingRules.RULES);
    RULES.putAll(ShapeRules.RULES);
  }

  private GradientRules() {}

  /**
   * The rule of an op.
   *
   * @throws IllegalArgumentException if there is none
   */
  static GradientRule of(String op) {
    GradientRule rule = RULES.get(op);
    if (rule == null) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "op '%s' has no gradient rule; express it through ops that have one: %s",
              op,
              String.join(", ", names())));
    }
    return rule;
  }

  /** The names of all ops that have a rule. */
  static Set<String> names() {
    return new TreeSet<>(RULES.keySet());
  }
}
