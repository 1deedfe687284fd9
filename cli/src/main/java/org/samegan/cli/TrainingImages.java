package org.samegan.cli;

import java.util.Locale;
import org.samegan.core.data.Dataset;
import org.samegan.core.training.Gan;
import org.samegan.io.data.PackedImages;
import org.samegan.io.run.RunRecord;

/**
 * Images, packed.
 *
 * @param images the images
 */
record TrainingImages(PackedImages images) implements TrainingData {
  static final String KIND = "images";

  @Override
  public String description() {
    return String.format(Locale.ROOT, "%,d images of %s", images.size(), images.shape());
  }

  @Override
  public RunRecord.Data record() {
    return new RunRecord.Data(images.fingerprint(), images.size(), images.classes(), null);
  }

  @Override
  public Dataset dataset(Gan gan) {
    return images.as(gan.pixelRange());
  }
}
