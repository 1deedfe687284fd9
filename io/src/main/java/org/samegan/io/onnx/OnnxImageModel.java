package org.samegan.io.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.samegan.core.Shape;
import org.samegan.io.file.UnusableFileException;

/**
 * A model from anywhere that takes images, (batch, channels, height, width) of floats, in ONNX
 * Runtime. Such a model is a program: take it from where you trust.
 */
public final class OnnxImageModel implements AutoCloseable {
  private final OnnxSession session;
  private final ModelInput images;
  private final String inputName;
  private final Shape input;
  private final String output;

  private OnnxImageModel(OnnxSession session, String inputName, Shape input, String output) {
    this.session = session;
    this.inputName = inputName;
    this.input = input;
    this.output = output;
    images = ModelInput.examples(inputName, input);
  }

  /**
   * Loads a model.
   *
   * @param output the name of the output to read; null for the only one
   * @throws UnusableFileException if the model takes anything but images of one size, or has no
   *     such output, or several and none was named
   * @throws IOException if there is no such file, or ONNX Runtime refuses it
   */
  public static OnnxImageModel open(Path file, String output) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new NoSuchFileException(file.toString(), null, "there is no such ONNX model");
    }
    OnnxSession session = OnnxFile.session(file, "no ONNX model can be run");
    try {
      Map<String, List<Long>> inputs = session.inputShapes();
      Map.Entry<String, List<Long>> only = inputs.entrySet().iterator().next();
      if (inputs.size() != 1 || !isImage(only.getValue())) {
        throw new UnusableFileException(
            file,
            "inputs",
            "one input of images, (batch, channels, height, width), 1 or 3 channels, all but the"
                + " batch fixed",
            inputs.toString(),
            "export the model for images of one size, with a free batch",
            null);
      }
      List<Long> extents = only.getValue();
      Shape input =
          Shape.of(extents.get(1).intValue(), extents.get(2).intValue(), extents.get(0).intValue());
      return new OnnxImageModel(
          session, only.getKey(), input, chosen(file, output, session.outputNames()));
    } catch (IOException | RuntimeException e) {
      session.close();
      throw e;
    }
  }

  private static boolean isImage(List<Long> extents) {
    return extents.size() == 3
        && extents.stream().allMatch(extent -> extent > 0 && extent <= Integer.MAX_VALUE)
        && (extents.get(0) == 1 || extents.get(0) == 3);
  }

  private static String chosen(Path file, String output, List<String> names) throws IOException {
    if (output == null ? names.size() == 1 : names.contains(output)) {
      return output == null ? names.get(0) : output;
    }
    throw new UnusableFileException(
        file,
        "output",
        output == null ? "the only output" : "'" + output + "'",
        String.join(", ", names),
        String.format(Locale.ROOT, "name one of them: onnx:%s#%s", file, names.get(0)),
        null);
  }

  /** What it takes: height, width, channels. */
  public Shape input() {
    return input;
  }

  /** The output that is read. */
  public String output() {
    return output;
  }

  /**
   * Runs the model.
   *
   * @param values of images, (count, height, width, channels)
   * @return the output's values, as many for each image
   */
  public float[] run(float[] values, int count) throws IOException {
    return session.run(images.feeds(Map.of(inputName, values), count), output);
  }

  @Override
  public void close() throws IOException {
    session.close();
  }
}
