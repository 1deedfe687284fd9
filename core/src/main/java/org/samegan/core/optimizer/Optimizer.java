package org.samegan.core.optimizer;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.execution.NativeCall;
import org.samegan.core.objective.Constraint;
import org.samegan.core.schedule.Schedule;

/**
 * How a gradient becomes a change of the parameters. An optimizer is a value; {@link #bind} gives
 * the update of one flat vector of parameters.
 */
public sealed interface Optimizer permits Adam, RmsProp, Sgd {
  /** The step size, never below 0 and not always 0. */
  Schedule learningRate();

  /**
   * The same with schedules over numbers of steps, see {@link Schedule#over}.
   *
   * @param run the run's length in generator steps
   */
  Optimizer over(long run);

  /**
   * The names of the state vectors, each as long as the parameters and zero before the first step.
   */
  List<String> stateNames();

  /**
   * Prepares the update of one vector.
   *
   * @param parameters what to change, a row-major float vector
   * @param gradient of the same length, read and overwritten at every step
   * @param state one vector for each of {@link #stateNames}, changed at every step
   */
  Update bind(INDArray parameters, INDArray gradient, List<INDArray> state);

  /**
   * One optimizer's update of one vector of parameters. Closing it gives back what it has made for
   * itself; the vectors are the caller's.
   */
  @FunctionalInterface
  interface Update extends AutoCloseable {
    /**
     * Changes the parameters by the gradient that the gradient vector holds now.
     *
     * @param count how many updates there have been, this one included: 1 for the first
     * @param step how many generator steps there have been, which schedules go by
     */
    void apply(long count, long step);

    @Override
    default void close() {}

    /** This update, with arrays of its own that are closed with it. */
    default Update owning(INDArray... own) {
      Update update = this;
      return new Update() {
        @Override
        public void apply(long count, long step) {
          update.apply(count, step);
        }

        @Override
        public void close() {
          update.close();
          for (INDArray array : own) {
            array.close();
          }
        }
      };
    }

    /** This update, after which the parameters are made to satisfy a constraint. */
    default Update then(Constraint constraint, INDArray parameters) {
      if (!(constraint instanceof Constraint.WeightClipping clipping)) {
        return this;
      }
      // Two scalar ops: the native clip takes some 20 times as long.
      INDArray low = Nd4j.scalar(parameters.dataType(), -clipping.bound());
      INDArray high = Nd4j.scalar(parameters.dataType(), clipping.bound());
      NativeCall floor = NativeCall.of("maximum", List.of(parameters, low), List.of(parameters));
      NativeCall ceiling = NativeCall.of("minimum", List.of(parameters, high), List.of(parameters));
      Update update = owning(low, high);
      return new Update() {
        @Override
        public void apply(long count, long step) {
          update.apply(count, step);
          floor.run();
          ceiling.run();
        }

        @Override
        public void close() {
          update.close();
        }
      };
    }
  }
}
