package org.samegan.core.inference;

import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.Shape;
import org.samegan.core.backend.Backend;
import org.samegan.core.data.PixelRange;
import org.samegan.core.execution.CompiledGraph;
import org.samegan.core.execution.Tensor;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.GanNetwork;
import org.samegan.core.gan.Latent;
import org.samegan.core.graph.HeldArrays;

/**
 * A generator's inference graph, compiled for each size of batch when it is first needed. The
 * compiled plans share the graph's weights.
 */
public final class CompiledGenerator implements TrainedGenerator {
  private final SameDiff graph;
  private final Latent latent;
  private final Shape exampleShape;
  private final PixelRange pixelRange;
  private final Backend backend;
  private final Map<String, Tensor> weights = new HashMap<>();
  private final Map<Integer, BatchPlan> plans = new HashMap<>();
  private boolean closed;

  /**
   * For a graph, which is taken over: it must be left as it is, and is closed with the generator.
   *
   * @param graph from {@value GanNetwork#LATENT} to {@value GanNetwork#IMAGE}
   * @param latent what it takes
   * @param exampleShape the shape of one example that it gives
   * @param pixelRange the values of black and white in it; null if it makes no images
   */
  public CompiledGenerator(
      SameDiff graph, Latent latent, Shape exampleShape, PixelRange pixelRange) {
    this(graph, latent, exampleShape, pixelRange, Backend.nd4j());
  }

  /**
   * The same on a device of one's choice.
   *
   * @param backend what computes; it stays the caller's
   */
  public CompiledGenerator(
      SameDiff graph, Latent latent, Shape exampleShape, PixelRange pixelRange, Backend backend) {
    this.backend = backend;
    InferenceGraph.weights(graph).forEach((name, array) -> weights.put(name, backend.of(array)));
    this.graph = graph;
    this.latent = latent;
    this.exampleShape = exampleShape;
    this.pixelRange = pixelRange;
  }

  /**
   * A GAN's generator as it is now, which further training does not change.
   *
   * @param arrays its variables' values by path, perhaps with others; they are copied
   */
  public static CompiledGenerator of(Gan gan, Map<String, INDArray> arrays) {
    return of(gan, arrays, Backend.nd4j());
  }

  /**
   * The same on a device of one's choice.
   *
   * @param backend what computes; it stays the caller's
   */
  public static CompiledGenerator of(Gan gan, Map<String, INDArray> arrays, Backend backend) {
    return new CompiledGenerator(
        InferenceGraph.emit(gan, GanNetwork.GENERATOR, arrays).graph(),
        gan.latent(),
        gan.exampleShape(),
        gan.pixelRange(),
        backend);
  }

  @Override
  public Latent latent() {
    return latent;
  }

  @Override
  public Shape exampleShape() {
    return exampleShape;
  }

  @Override
  public PixelRange pixelRange() {
    return pixelRange;
  }

  @Override
  public void compute(int batch, FloatBuffer latents, FloatBuffer examples) {
    if (closed) {
      throw new IllegalStateException("the generator has been closed");
    }
    plans.computeIfAbsent(batch, BatchPlan::new).run(latents, examples);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      plans.values().forEach(BatchPlan::close);
      weights.values().forEach(Tensor::close);
      HeldArrays.close(graph);
    }
  }

  /** The graph compiled for batches of one size. */
  private final class BatchPlan {
    private final Tensor input;
    private final Tensor output;
    private final CompiledGraph plan;

    BatchPlan(int batch) {
      input = backend.zeros(DataType.FLOAT, batch, latent.size());
      output = backend.zeros(DataType.FLOAT, exampleShape.batch(batch));
      Map<String, Tensor> inputs = new HashMap<>(weights);
      inputs.put(GanNetwork.LATENT, input);
      try {
        plan = backend.compile(graph, inputs, Map.of(GanNetwork.IMAGE, output));
      } catch (RuntimeException e) {
        input.close();
        output.close();
        throw e;
      }
    }

    /** What the latents don't fill stays as it was. */
    void run(FloatBuffer from, FloatBuffer into) {
      input.floats().put(from);
      input.flush();
      plan.run();
      output.read(into);
    }

    void close() {
      plan.close();
      input.close();
      output.close();
    }
  }
}
