package org.samegan.core.training;

import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.GanNetwork;
import org.samegan.core.layer.NetworkEmission.NoiseInput;
import org.samegan.core.schedule.Schedule;

/**
 * One training step of one network as a graph: a pure function of both networks' variables, the
 * batch and the noise, to a loss, the trained network's gradients and its next running statistics.
 * The other network appears in it without gradients.
 *
 * @param graph the graph; its inputs are placeholders of static shape
 * @param noises the random inputs
 * @param schedules scalar inputs that follow schedules, by the placeholder's name
 * @param loss the name of the number that the step minimises
 * @param numbers scalars to watch, {@code loss} among them: the number's name to its variable
 * @param gradients the gradients of the trained network: parameter path to variable
 * @param statistics the next running statistics of the trained network: path to variable
 */
public record StepGraph(
    SameDiff graph,
    List<NoiseInput> noises,
    Map<String, Schedule> schedules,
    String loss,
    Map<String, String> numbers,
    Map<String, String> gradients,
    Map<String, String> statistics) {
  /** The placeholder of real examples, of shape (batch, example...). */
  public static final String REAL = "real";

  /**
   * The placeholder of real examples' labels, one-hot and of shape (batch, classes), where the step
   * needs them.
   */
  public static final String LABELS = GanNetwork.LABELS;

  /**
   * The placeholder of a batch of labelled real examples, of shape (batch, example...), where only
   * some of the real examples have labels; {@link #LABELS} are theirs then.
   */
  public static final String LABELLED = "labelled";

  /**
   * Emits the discriminator's step. Real and generated examples pass the discriminator separately,
   * so that batch statistics never mix them.
   */
  public static StepGraph emitDiscriminatorStep(Gan gan, int batch, DataType type) {
    return new StepEmission(gan, batch, type, "discriminator_step/").emitDiscriminatorStep();
  }

  /** Emits the generator's step, with latents of its own. */
  public static StepGraph emitGeneratorStep(Gan gan, int batch, DataType type) {
    return new StepEmission(gan, batch, type, "generator_step/").emitGeneratorStep();
  }
}
