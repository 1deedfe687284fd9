package org.samegan.io.inference;

import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.Shape;
import org.samegan.core.training.GeneratorPlan;

/** A SameDiff graph, compiled for each size of batch when it is first needed. */
final class CompiledEngine implements Engine {
  private final SameDiff graph;
  private final int latentSize;
  private final Shape shape;
  private final Map<Integer, GeneratorPlan> plans = new HashMap<>();

  /**
   * For a graph, which is taken over.
   *
   * @param latentSize the number of values in a latent
   * @param shape of one image
   */
  CompiledEngine(SameDiff graph, int latentSize, Shape shape) {
    this.graph = graph;
    this.latentSize = latentSize;
    this.shape = shape;
  }

  @Override
  public void run(int batch, FloatBuffer latents, FloatBuffer images) {
    GeneratorPlan plan =
        plans.computeIfAbsent(batch, size -> new GeneratorPlan(graph, latentSize, shape, size));
    plan.latents().put(latents);
    plan.run(images);
  }

  @Override
  public void close() {
    plans.values().forEach(GeneratorPlan::close);
    GeneratorPlan.weights(graph).values().forEach(INDArray::close);
  }
}
