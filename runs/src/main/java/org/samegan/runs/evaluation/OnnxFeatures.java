package org.samegan.runs.evaluation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Locale;
import org.samegan.core.Shape;
import org.samegan.core.data.Classes;
import org.samegan.core.data.Dataset;
import org.samegan.core.data.PixelRange;
import org.samegan.evaluation.Features;
import org.samegan.evaluation.comparison.Observed;
import org.samegan.io.file.Sha256;
import org.samegan.io.onnx.OnnxImageModel;

/**
 * An ONNX model from anywhere: the values of one of its outputs. It is given images as PyTorch lays
 * them out, (batch, channels, height, width), with pixels in [0, 1]; what else it wants, such as
 * mean and deviation of a dataset taken out, must be a part of the model.
 */
final class OnnxFeatures implements FeatureNetwork {
  private static final int BATCH = 64;

  private final OnnxImageModel model;
  private final String name;
  private final String sha256;

  private OnnxFeatures(OnnxImageModel model, String name, String sha256) {
    this.model = model;
    this.name = name;
    this.sha256 = sha256;
  }

  /**
   * Opens a model.
   *
   * @param place the file, and after a # the output's name where there are several
   */
  static OnnxFeatures open(String place) throws IOException {
    int mark = place.indexOf('#');
    Path file = Path.of(mark < 0 ? place : place.substring(0, mark));
    OnnxImageModel model = OnnxImageModel.open(file, mark < 0 ? null : place.substring(mark + 1));
    String stem = file.getFileName().toString().replaceFirst("\\.onnx$", "");
    return new OnnxFeatures(
        model, String.format(Locale.ROOT, "%s#%s", stem, model.output()), Sha256.hex(file));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String sha256() {
    return sha256;
  }

  @Override
  public Shape input() {
    return model.input();
  }

  @Override
  public PixelRange pixelRange() {
    return PixelRange.UNIT;
  }

  @Override
  public Classes classes() {
    return Classes.NONE;
  }

  @Override
  public Observed see(Dataset images) {
    float[] all = new float[0];
    int dimensions = 0;
    for (int done = 0; done < images.size(); done += BATCH) {
      int some = Math.min(BATCH, images.size() - done);
      FloatBuffer batch = FloatBuffer.allocate(some * input().elements());
      for (int i = 0; i < some; i++) {
        images.copyTo(done + i, batch);
      }
      float[] seen;
      try {
        seen = model.run(batch.array(), some);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      if (done == 0) {
        dimensions = seen.length / some;
        all = new float[Math.multiplyExact(images.size(), dimensions)];
      }
      System.arraycopy(seen, 0, all, done * dimensions, seen.length);
    }
    return Observed.of(Features.of(name, images.size(), dimensions, all));
  }

  @Override
  public void close() {
    try {
      model.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
