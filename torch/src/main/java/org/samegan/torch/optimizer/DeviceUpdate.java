package org.samegan.torch.optimizer;

import java.util.List;
import org.samegan.core.objective.Constraint;
import org.samegan.core.optimizer.Adam;
import org.samegan.core.optimizer.MovingAverage;
import org.samegan.core.optimizer.Optimizer;
import org.samegan.core.optimizer.RmsProp;
import org.samegan.core.optimizer.Sgd;
import org.samegan.torch.device.DeviceTensor;

/**
 * One optimizer's update of one flat vector of parameters on a device, the same as {@link
 * Optimizer#bind} gives for ND4J's arrays, up to rounding. Closing it gives back what it has made
 * for itself; the vectors are the caller's.
 */
public interface DeviceUpdate extends Optimizer.Update {
  /**
   * The update of one vector by an optimizer.
   *
   * @param parameters what to change, a vector
   * @param gradient of the same length and type, only read
   * @param state one vector for each of {@link Optimizer#stateNames}, changed at every step
   */
  static DeviceUpdate of(
      Optimizer optimizer,
      DeviceTensor parameters,
      DeviceTensor gradient,
      List<DeviceTensor> state) {
    if (optimizer instanceof Adam adam) {
      return new AdamUpdate(adam, parameters, gradient, state.get(0), state.get(1));
    }
    if (optimizer instanceof RmsProp rmsProp) {
      return new RmsPropUpdate(rmsProp, parameters, gradient, state.get(0));
    }
    return new SgdUpdate((Sgd) optimizer, parameters, gradient, state.get(0));
  }

  /** Makes parameters satisfy a constraint, whatever the step. */
  static DeviceUpdate constraining(Constraint constraint, DeviceTensor parameters) {
    return constraint instanceof Constraint.WeightClipping clipping
        ? new ClippingUpdate(clipping.bound(), parameters)
        : (count, step) -> {};
  }

  /**
   * The update of an average, which takes over the present values.
   *
   * @param values what to average
   * @param averages of the same length and type
   */
  static DeviceUpdate averaging(MovingAverage average, DeviceTensor values, DeviceTensor averages) {
    return new AverageUpdate(average, values, averages);
  }
}
