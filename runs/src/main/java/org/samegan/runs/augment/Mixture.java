package org.samegan.runs.augment;

import java.nio.FloatBuffer;
import org.samegan.core.Shape;
import org.samegan.core.data.Classes;
import org.samegan.core.data.Dataset;

/**
 * Images of two sources, repeated as often as it takes for one to have its share: batches drawn
 * from it in random order hold that share on average. Every image occurs, and all real ones equally
 * often.
 */
final class Mixture implements Dataset {
  private final Dataset real;
  private final int reals;
  private final Dataset synthetic;
  private final int synthetics;

  private Mixture(Dataset real, int reals, Dataset synthetic, int synthetics) {
    this.real = real;
    this.reals = reals;
    this.synthetic = synthetic;
    this.synthetics = synthetics;
  }

  /** The images of one source, repeated until there are at least so many. */
  static Dataset repeated(Dataset images, int least) {
    int times = (least + images.size() - 1) / images.size();
    return times <= 1
        ? images
        : new Mixture(images, Math.multiplyExact(times, images.size()), images, 0);
  }

  /**
   * Images of both.
   *
   * @param share of the synthetic ones, in (0, 1)
   * @param least how many there are to be at least
   */
  static Dataset of(Dataset real, Dataset synthetic, double share, int least) {
    double odds = share / (1 - share);
    double wanted = Math.max(least * (1 - share), synthetic.size() / odds);
    // Rounded down where the share asks for it but for a rounding error.
    int times = Math.max(1, (int) Math.ceil(wanted / real.size() - 1e-9));
    int reals = Math.multiplyExact(times, real.size());
    int synthetics = Math.toIntExact(Math.max(1, Math.round(reals * odds)));
    return new Mixture(real, reals, synthetic, synthetics);
  }

  @Override
  public int size() {
    return Math.addExact(reals, synthetics);
  }

  @Override
  public Shape exampleShape() {
    return real.exampleShape();
  }

  @Override
  public void copyTo(int index, FloatBuffer destination) {
    source(index).copyTo(place(index), destination);
  }

  @Override
  public Classes classes() {
    return real.classes();
  }

  @Override
  public int label(int index) {
    return source(index).label(place(index));
  }

  private Dataset source(int index) {
    return index < reals ? real : synthetic;
  }

  private int place(int index) {
    return index < reals ? index % real.size() : (index - reals) % synthetic.size();
  }
}
