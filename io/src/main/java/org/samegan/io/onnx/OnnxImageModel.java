package org.samegan.io.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.samegan.core.Shape;
import org.samegan.io.file.UnusableFileException;

/**
 * A model from anywhere that takes images, (batch, channels, height, width) of floats, in ONNX
 * Runtime. Such a model is a program: take it from where you trust.
 */
public final class OnnxImageModel implements AutoCloseable {
  /** What ONNX Runtime gives as floats. */
  private static final List<String> FLOATS = List.of("FLOAT", "FLOAT16", "BFLOAT16");

  private final Path file;
  private final OnnxSession session;
  private final ModelInput images;
  private final String inputName;
  private final Shape input;
  private final String output;

  private OnnxImageModel(
      Path file, OnnxSession session, String inputName, Shape input, String output) {
    this.file = file;
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
   * @throws UnusableFileException if the model takes anything but batches of images of one size, or
   *     has no such output of floats, or several and none was named
   * @throws IOException if there is no such file, or ONNX Runtime refuses it
   */
  public static OnnxImageModel open(Path file, String output) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new NoSuchFileException(file.toString(), null, "there is no such ONNX model");
    }
    OnnxSession session = OnnxFile.session(file, "no ONNX model can be run");
    try {
      List<OnnxSession.Port> inputs = session.inputs();
      if (inputs.size() != 1 || !isImages(inputs.get(0))) {
        throw new UnusableFileException(
            file,
            "inputs",
            "one input of images, FLOAT[batch, channels, height, width], 1 or 3 channels, all but"
                + " the batch fixed and the batch free (-1)",
            inputs.toString(),
            "export the model for images of one size, with a free batch",
            null);
      }
      OnnxSession.Port only = inputs.get(0);
      int[] extents = only.extents().stream().mapToInt(Long::intValue).toArray();
      Shape input = Shape.of(extents[2], extents[3], extents[1]);
      return new OnnxImageModel(
          file, session, only.name(), input, chosen(file, output, session.outputs()));
    } catch (IOException | RuntimeException e) {
      session.close();
      throw e;
    }
  }

  private static boolean isImages(OnnxSession.Port input) {
    List<Long> extents = input.extents();
    return input.type().equals("FLOAT")
        && extents.size() == 4
        && extents.get(0) < 0
        && extents.stream().skip(1).allMatch(extent -> extent > 0 && extent <= Integer.MAX_VALUE)
        && (extents.get(1) == 1 || extents.get(1) == 3);
  }

  private static String chosen(Path file, String output, List<OnnxSession.Port> outputs)
      throws IOException {
    List<OnnxSession.Port> named =
        outputs.stream().filter(port -> output == null || port.name().equals(output)).toList();
    if (named.size() != 1) {
      throw new UnusableFileException(
          file,
          "output",
          output == null ? "the only output" : "'" + output + "'",
          outputs.stream().map(OnnxSession.Port::name).collect(Collectors.joining(", ")),
          String.format(Locale.ROOT, "name one of them: onnx:%s#%s", file, outputs.get(0).name()),
          null);
    }
    OnnxSession.Port only = named.get(0);
    if (!FLOATS.contains(only.type())) {
      throw new UnusableFileException(
          file,
          "output",
          "numbers with a fraction, " + String.join(" or ", FLOATS),
          only.toString(),
          "name an output of a layer before it, or cast it in the model",
          null);
    }
    return only.name();
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
    float[] seen = session.run(images.feeds(Map.of(inputName, values), count), output);
    if (seen.length == 0 || seen.length % count != 0) {
      throw new UnusableFileException(
          file,
          "output '" + output + "'",
          "as many values for each of " + count + " images",
          seen.length + " values",
          "name an output that has the batch first",
          null);
    }
    return seen;
  }

  @Override
  public void close() throws IOException {
    session.close();
  }
}
