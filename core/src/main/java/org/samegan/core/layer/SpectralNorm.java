package org.samegan.core.layer;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ops.impl.controlflow.compat.StopGradient;
import org.samegan.core.Shape;
import org.samegan.core.random.UnitVector;

/**
 * A dense layer or convolution whose weight is divided by its spectral norm: it computes with
 * {@code W / sigma(W)}, so that it stretches no vector, for a convolution up to a factor that its
 * geometry gives (Miyato et al. 2018, arXiv:1802.05957, eq. 8). A convolution's weight counts as
 * the matrix of (channels, kernel * kernel * in).
 *
 * <p>{@code sigma}, the greatest singular value, is estimated by one step of power iteration from
 * the vector {@code u} that the layer keeps (section 2.2 and appendix A), the same in training and
 * in inference graphs:
 *
 * <pre>
 * v = W'u / ||W'u||,  u_next = W v / ||W v||,  sigma = u_next' W v
 * </pre>
 *
 * <p>{@code u} and {@code v} are constants for the gradient (eq. 9 to 12), which is {@code (G - <G,
 * W/sigma> u_next v') / sigma} where G is the gradient at {@code W / sigma}. {@code u}, the running
 * statistic {@code left_singular_vector} of shape (channels), becomes {@code u_next} in a step that
 * trains the network and stays in all others; all passes of a step share one estimate.
 *
 * <p>A weight of zeros has no direction to normalise and gives NaN.
 *
 * @param layer the {@link Dense} layer or {@link Conv2d}, whose variables are this layer's own
 */
public record SpectralNorm(Layer layer) implements Layer {
  /** The name of the variable u. */
  public static final String LEFT_SINGULAR_VECTOR = "left_singular_vector";

  /** Keeps the vectors finite where the product is 0. */
  private static final double TINY = 1e-24;

  /**
   * Checks that the layer has a weight that is a matrix.
   *
   * @throws IllegalArgumentException if it is neither a dense layer nor a convolution
   */
  public SpectralNorm {
    if (!(layer instanceof Dense) && !(layer instanceof Conv2d)) {
      throw new IllegalArgumentException(
          "spectral normalisation takes a Dense layer or a Conv2d, found "
              + layer
              + "; wrap only those, and put other layers beside it");
    }
  }

  @Override
  public Shape outputShape(Shape input) {
    return layer.outputShape(input);
  }

  @Override
  public List<Variable> variables(Shape input) {
    List<Variable> variables = new ArrayList<>(layer.variables(input));
    variables.add(
        Variable.statistic(
            LEFT_SINGULAR_VECTOR, Shape.of(outputShape(input).channels()), new UnitVector()));
    return variables;
  }

  @Override
  public SDVariable emit(LayerScope scope, SDVariable x, Shape input) {
    SDVariable normalised =
        scope.shared("normalised_weight", () -> emitNormalisedWeight(scope, input));
    return layer.emit(scope.withVariable("weight", normalised), x, input);
  }

  /** With the matrix as the weight is laid out, (inputs, outputs): W' above. */
  private SDVariable emitNormalisedWeight(LayerScope scope, Shape input) {
    SameDiff graph = scope.graph();
    SDVariable weight = scope.variable("weight");
    int outputs = outputShape(input).channels();
    SDVariable transposed = graph.reshape(weight, -1, outputs);
    SDVariable u = graph.reshape(scope.variable(LEFT_SINGULAR_VECTOR), outputs, 1);
    SDVariable v = emitDirection(transposed.mmul(u));
    SDVariable product = graph.mmul(v, transposed, true, false, false);
    SDVariable next = emitDirection(product);
    scope.observe(LEFT_SINGULAR_VECTOR, graph.reshape(next, outputs), 0);
    SDVariable sigma = product.mul(next).sum();
    return weight.div(sigma);
  }

  /** x / ||x||, a constant for the gradient. */
  private static SDVariable emitDirection(SDVariable x) {
    SameDiff graph = x.getSameDiff();
    SDVariable norm = graph.math().sqrt(x.mul(x).sum().add(TINY));
    return new StopGradient(graph, x.div(norm)).outputVariable();
  }
}
