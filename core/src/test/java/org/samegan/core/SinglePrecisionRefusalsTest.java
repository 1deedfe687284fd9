package org.samegan.core;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.samegan.core.gan.Recognition;
import org.samegan.core.layer.Activation;
import org.samegan.core.layer.BatchNorm;
import org.samegan.core.layer.Dense;
import org.samegan.core.layer.Initializer;
import org.samegan.core.layer.LayerNorm;
import org.samegan.core.layer.Network;
import org.samegan.core.objective.Constraint;
import org.samegan.core.objective.GradientPenalty;
import org.samegan.core.objective.GradientPenalty.Points;
import org.samegan.core.optimizer.Adam;
import org.samegan.core.optimizer.MovingAverage;
import org.samegan.core.optimizer.RmsProp;
import org.samegan.core.optimizer.Sgd;
import org.samegan.core.random.Distribution;
import org.samegan.core.schedule.Schedule;

/** What a float rounds to something else, or can't hold, is refused when it is given. */
class SinglePrecisionRefusalsTest {
  /** Rounds to 1. */
  private static final double ALMOST_ONE = 0.99999999;

  /** Rounds to 0. */
  private static final double VANISHING = 1e-46;

  /** Rounds to infinity. */
  private static final double HUGE = 1e39;

  private static final double INFINITE = Double.POSITIVE_INFINITY;
  private static final Network NETWORK = Network.of(Shape.of(2), new Dense(2));

  static Stream<Arguments> ofTraining() {
    return Stream.of(
        value("beta1", () -> new Adam(1e-3, ALMOST_ONE, 0.9)),
        value("beta2", () -> new Adam(1e-3, 0.5, ALMOST_ONE)),
        value(
            "beta2 at its end",
            () -> new Adam(Schedule.constant(1e-3), 0.5, Schedule.linear(0.9, ALMOST_ONE), 1e-8)),
        value("epsilon", () -> new Adam(1e-3, 0.5, 0.9, VANISHING)),
        value("infinite epsilon", () -> new Adam(1e-3, 0.5, 0.9, HUGE)),
        value("rate", () -> new Sgd(VANISHING, 0)),
        value("infinite rate", () -> new Sgd(HUGE, 0)),
        value("rate after steps", () -> new Sgd(Schedule.parse("step:1e-3:1e-30:10,20"), 0)),
        value("momentum", () -> new Sgd(1e-3, ALMOST_ONE)),
        value("decay", () -> new RmsProp(1e-3, ALMOST_ONE, 1e-8)),
        value("average", () -> new MovingAverage(ALMOST_ONE)),
        value("clipping", () -> new Constraint.WeightClipping(VANISHING)),
        value("infinite clipping", () -> new Constraint.WeightClipping(INFINITE)),
        value("weight", () -> new GradientPenalty(Points.REAL, HUGE, 1, false)),
        value("vanishing weight", () -> GradientPenalty.r1(VANISHING)),
        value("target", () -> new GradientPenalty(Points.REAL, 1, INFINITE, false)),
        value("vanishing target", () -> new GradientPenalty(Points.REAL, 1, VANISHING, false)),
        value("recognition", () -> new Recognition(1, NETWORK, INFINITE, 1)),
        value("vanishing recognition", () -> new Recognition(1, NETWORK, 1, VANISHING)));
  }

  static Stream<Arguments> ofLayers() {
    return Stream.of(
        value("slope", () -> new Activation.LeakyRelu(ALMOST_ONE)),
        value("vanishing slope", () -> new Activation.LeakyRelu(VANISHING)),
        value("momentum", () -> new BatchNorm(ALMOST_ONE, 1e-5, Initializer.ONES)),
        value("epsilon", () -> new BatchNorm(0.9, INFINITE, Initializer.ONES)),
        value("epsilon", () -> new LayerNorm(VANISHING)),
        value("infinite epsilon", () -> new LayerNorm(INFINITE)),
        value("initial value", () -> new Initializer.Constant(Double.NaN)),
        value("initial mean", () -> new Initializer.Normal(Double.NaN, 1)),
        value("initial deviation", () -> new Initializer.Normal(0, INFINITE)),
        value("initial bound", () -> new Initializer.Uniform(INFINITE)),
        value("vanishing bound", () -> new Initializer.Uniform(VANISHING)),
        value("mean", () -> new Distribution.Normal(INFINITE, 1)),
        value("bounds that round to one", () -> new Distribution.Uniform(1, 1 + 1e-12)),
        value("dropout", () -> new Distribution.DropoutMask(1e-40)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"ofTraining", "ofLayers"})
  void refuses(String name, ThrowingCallable value) {
    assertThatIllegalArgumentException().isThrownBy(value).withMessageContaining("found");
  }

  @Test
  void takesWhatFloatsHold() {
    assertThatCode(
            () -> {
              new Adam(1e-30, 0, 0.9999999, 1e-37);
              new Sgd(Schedule.linear(1e-3, 0), 0);
              new MovingAverage(0);
              new Activation.LeakyRelu(0);
              new GradientPenalty(Points.REAL, 1, 0, false);
              new Distribution.Normal(0, 0);
            })
        .doesNotThrowAnyException();
  }

  private static Arguments value(String name, ThrowingCallable value) {
    return arguments(name, value);
  }
}
