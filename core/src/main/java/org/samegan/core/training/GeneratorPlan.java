package org.samegan.core.training;

import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.Shape;
import org.samegan.core.execution.Plan;

/**
 * A generator's inference graph compiled for batches of one size. The weights stay the graph's own,
 * so that plans of several sizes share them; the graph must be left as it is while there is a plan.
 *
 * <p>A plan is not safe for concurrent use. It is closed to give its memory back.
 */
public final class GeneratorPlan implements AutoCloseable {
  private final INDArray input;
  private final INDArray output;
  private final HostBuffer latents;
  private final HostBuffer images;
  private final Plan plan;
  private boolean closed;

  /**
   * Compiles a generator.
   *
   * @param generator a graph from {@value InferenceGraph#LATENT} to {@value InferenceGraph#IMAGE}
   * @param latentSize the number of values in a latent
   * @param imageShape the shape of one image
   * @param batch images in a run, at least 1
   * @throws IllegalArgumentException if the graph does not fit the sizes
   */
  public GeneratorPlan(SameDiff generator, int latentSize, Shape imageShape, int batch) {
    input = Nd4j.zeros(DataType.FLOAT, batch, latentSize);
    output = Nd4j.zeros(DataType.FLOAT, imageShape.batch(batch));
    latents = new HostBuffer(input);
    images = new HostBuffer(output);
    Map<String, INDArray> inputs = new HashMap<>(weights(generator));
    inputs.put(InferenceGraph.LATENT, input);
    plan = Plan.compile(generator, inputs, Map.of(InferenceGraph.IMAGE, output));
  }

  /** The arrays of a graph that its plans share, by name. They are the graph's to close. */
  public static Map<String, INDArray> weights(SameDiff generator) {
    Map<String, INDArray> weights = new HashMap<>();
    for (SDVariable variable : generator.variables()) {
      VariableType type = variable.getVariableType();
      boolean holdsArray = type == VariableType.VARIABLE || type == VariableType.CONSTANT;
      if (holdsArray && variable.dataType() == DataType.FLOAT) {
        weights.put(variable.name(), variable.getArr());
      }
    }
    return weights;
  }

  /**
   * Room for the latents of a whole batch. What is not written stays as it was.
   *
   * @throws IllegalStateException if the plan has been closed, since the room is its own memory
   */
  public FloatBuffer latents() {
    requireOpen();
    return latents.floats();
  }

  /**
   * Computes the images of a whole batch.
   *
   * @param into receives the first images, as many values as it has room for
   * @throws IllegalStateException if the plan has been closed
   */
  public void run(FloatBuffer into) {
    requireOpen();
    latents.flush();
    plan.run();
    images.read(into);
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the generator's plan has been closed");
    }
  }

  @Override
  public void close() {
    closed = true;
    plan.close();
    input.close();
    output.close();
  }
}
