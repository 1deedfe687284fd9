package org.samegan.runs.evaluation;

import java.io.IOException;
import java.nio.file.Path;
import org.samegan.core.Shape;
import org.samegan.core.backend.Backend;
import org.samegan.core.data.Classes;
import org.samegan.core.data.Dataset;
import org.samegan.core.data.PixelRange;
import org.samegan.evaluation.comparison.Observed;
import org.samegan.io.classifier.ClassifierFile;

/** A network by whose features images are compared. Close it to give its memory back. */
public interface FeatureNetwork extends AutoCloseable {
  /** What chooses the classifier of digits that comes with SameGAN. */
  String DIGITS = "mnist";

  /** What comes before the place of an ONNX model. */
  String ONNX = "onnx:";

  /**
   * Opens a network.
   *
   * @param place {@value #DIGITS}, {@code onnx:FILE} or {@code onnx:FILE#OUTPUT}, or the file of a
   *     classifier
   * @param backend what computes a classifier; it stays the caller's
   * @throws IOException if there is none, or it can't be used
   */
  static FeatureNetwork open(String place, Backend backend) throws IOException {
    if (place.startsWith(ONNX)) {
      return OnnxFeatures.open(place.substring(ONNX.length()));
    }
    ClassifierFile file =
        place.equals(DIGITS) ? ClassifierFile.ofDigits() : ClassifierFile.read(Path.of(place));
    return new ClassifierFeatures(file, backend);
  }

  /** What numbers measured with it are called, such as {@code samegan-mnist-1}. */
  String name();

  /** The SHA-256 of its file. */
  String sha256();

  /** What it takes: height, width, channels. */
  Shape input();

  /** The range of the pixels that it takes. */
  PixelRange pixelRange();

  /** The classes that it tells apart; none if it has no opinion. */
  Classes classes();

  /**
   * Looks at images.
   *
   * @param images of its input shape, in its range
   */
  Observed see(Dataset images);

  @Override
  void close();
}
