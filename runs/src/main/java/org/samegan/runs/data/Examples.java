package org.samegan.runs.data;

import java.util.Optional;
import java.util.function.Function;
import org.samegan.core.data.Dataset;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.data.PixelRange;
import org.samegan.core.gan.Gan;
import org.samegan.io.run.RunRecord;

/**
 * Examples that are ready to be trained on.
 *
 * @param description how many of what there are
 * @param count how many
 * @param form their shape and number of classes
 * @param fingerprint the SHA-256 of all examples and labels, as 64 hexadecimal digits
 * @param inRange the same with pixels in a range; points are as they are
 */
public record Examples(
    String description,
    int count,
    ExampleForm form,
    String fingerprint,
    Function<PixelRange, Dataset> inRange) {
  /** The examples in the form that a GAN works on. */
  public Dataset dataset(Gan gan) {
    return inRange.apply(gan.pixelRange());
  }

  /** What {@code run.json} says of these and of those that are held out. */
  public RunRecord.Data record(Optional<Examples> heldOut) {
    return new RunRecord.Data(
        fingerprint, count, form.classes(), heldOut.map(Examples::fingerprint).orElse(null));
  }
}
