package org.samegan.runs.evaluation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
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

  /**
   * The features that images are compared by.
   *
   * @param asked what was asked for; null for the classifier of digits, if images are gray
   * @param images their shape
   * @throws IllegalArgumentException if nothing was asked for and the images are coloured
   */
  static String chosen(String asked, Shape images) {
    if (asked == null && images.channels() != 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the option features is missing: the images are %s, and the classifier of digits that"
                  + " comes with SameGAN sees gray ones; train a classifier on labelled images like"
                  + " these (samegan classifier train), or name an ONNX model (onnx:FILE)",
              images));
    }
    return asked == null ? DIGITS : asked;
  }

  /**
   * Makes sure that images of a shape could be compared.
   *
   * @param asked as {@link #open} takes it; null as in {@link #chosen}
   * @throws IllegalArgumentException if they couldn't
   * @throws IOException if there is no such network, or it can't be used
   */
  static void requireFit(String asked, Shape images) throws IOException {
    String place = chosen(asked, images);
    if (!place.equals(DIGITS) && !place.startsWith(ONNX)) {
      ClassifierFile.read(Path.of(place));
    } else if (place.startsWith(ONNX)) {
      OnnxFeatures.open(place.substring(ONNX.length())).close();
    }
  }

  /** A place with absolute paths, so that it can be used from any directory. */
  static String absolute(String place) {
    if (place.equals(DIGITS)) {
      return place;
    }
    String kind = place.startsWith(ONNX) ? ONNX : "";
    return kind + Path.of(place.substring(kind.length())).toAbsolutePath().normalize();
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
