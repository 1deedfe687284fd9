package org.samegan.core.gan;

import java.util.Arrays;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.Shape;

/**
 * Gives a conditional discriminator examples with their labels (Mirza and Osindero 2014,
 * arXiv:1411.1784): an image gets one more channel for each class, all ones for its own and all
 * zeros for the others; a vector gets the one-hot label itself.
 */
public final class Conditioning {
  private Conditioning() {}

  /**
   * Emits examples with their labels.
   *
   * @param examples of shape (batch, example...)
   * @param example the shape of one
   * @param labels one-hot, of shape (batch, classes)
   * @return of shape (batch, {@code label.appendedTo(example)}...)
   */
  public static SDVariable emit(
      SDVariable examples, Shape example, SDVariable labels, Latent.Label label) {
    SameDiff graph = examples.getSameDiff();
    int rank = example.rank() + 1;
    if (rank == 2) {
      return graph.concat(1, examples, labels);
    }
    long[] perExample = new long[rank];
    Arrays.fill(perExample, 1);
    perExample[0] = -1;
    perExample[rank - 1] = label.size();
    long[] everywhere = example.batch(1);
    everywhere[rank - 1] = 1;
    SDVariable ones = graph.constant(Nd4j.ones(examples.dataType(), everywhere));
    return graph.concat(rank - 1, examples, graph.reshape(labels, perExample).mul(ones));
  }
}
