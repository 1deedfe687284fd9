package org.samegan.torch.execution;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The registry of rules, by op name. */
final class OpRules {
  private static final Map<String, OpRule> RULES = new TreeMap<>();

  static {
    RULES.putAll(ArithmeticRules.RULES);
    RULES.putAll(FunctionRules.RULES);
    RULES.putAll(ReductionRules.RULES);
    RULES.putAll(LinearRules.RULES);
    RULES.putAll(ConvolutionRules.RULES);
    RULES.putAll(ImageRules.RULES);
    RULES.putAll(ShapeRules.RULES);
  }

  private OpRules() {}

  /** The rule of an op, or null. */
  static OpRule of(String op) {
    return RULES.get(op);
  }

  /** The names of all ops that have a rule. */
  static Set<String> names() {
    return new TreeSet<>(RULES.keySet());
  }
}
