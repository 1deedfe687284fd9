package org.samegan.io.classifier;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.classifier.Classifier;
import org.samegan.io.checkpoint.Software;
import org.samegan.io.file.Sha256;
import org.samegan.io.file.UnusableFileException;
import org.samegan.io.json.Json;
import org.samegan.io.safetensors.SafetensorsFile;
import org.samegan.io.safetensors.SafetensorsWriter;
import org.samegan.io.safetensors.TorchTensor;
import org.samegan.io.safetensors.WeightMatch;
import org.samegan.io.safetensors.WeightMismatchException;

/**
 * A trained classifier as a safetensors file: its variables under PyTorch's names, and among the
 * metadata its name, its network, its classes, how it was trained and how good it is. Of such a
 * file nothing but values is read, so that one from anywhere can be opened.
 *
 * @param name what features and numbers that come from it are called, such as {@code
 *     samegan-mnist-1}
 * @param classifier what it is
 * @param values of its variables by path
 * @param training how it was trained and how good it is
 * @param sha256 of the file
 */
public record ClassifierFile(
    String name,
    Classifier classifier,
    Map<String, INDArray> values,
    JsonNode training,
    String sha256) {
  private static final String DIGITS = "samegan-mnist-1.safetensors";
  private static final String NAME = "samegan.classifier-name";
  private static final String CLASSIFIER = "samegan.classifier";
  private static final String TRAINING = "samegan.training";
  private static final String VERSION = "samegan.version";

  /**
   * Writes a classifier.
   *
   * @param file whole or absent; one that was there is replaced
   * @param training how it was trained and how good it is, as a record of JSON
   * @throws IOException if the file can't be written; one that was there is unchanged then
   */
  public static void write(
      Path file, String name, Classifier classifier, Map<String, INDArray> values, Object training)
      throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>();
    // What libraries on top of safetensors look for: tensors laid out for PyTorch.
    metadata.put("format", "pt");
    metadata.put(VERSION, Software.current().samegan());
    metadata.put(NAME, name);
    metadata.put(CLASSIFIER, Json.line(classifier));
    metadata.put(TRAINING, Json.line(training));
    List<SafetensorsWriter.Tensor> tensors =
        tensors(classifier).stream().map(tensor -> tensor.written(values)).toList();
    SafetensorsWriter.write(file, metadata, tensors);
  }

  /**
   * Reads a classifier.
   *
   * @throws org.samegan.io.safetensors.SafetensorsException if the file is damaged
   * @throws UnusableFileException if it holds no classifier, or one that this version can't read
   * @throws IOException if it can't be read
   */
  public static ClassifierFile read(Path path) throws IOException {
    SafetensorsFile file = SafetensorsFile.read(path);
    String name = file.metadata().get(NAME);
    String json = file.metadata().get(CLASSIFIER);
    if (name == null || json == null) {
      throw unusable(path, "no classifier", null);
    }
    Classifier classifier;
    JsonNode training;
    try {
      classifier = Json.value(tree(json), Classifier.class);
      training = tree(file.metadata().getOrDefault(TRAINING, "{}"));
    } catch (JsonProcessingException e) {
      throw unusable(path, e.getOriginalMessage(), e);
    }
    return new ClassifierFile(
        name, classifier, values(path, file, classifier), training, Sha256.hex(path));
  }

  private static Map<String, INDArray> values(
      Path path, SafetensorsFile file, Classifier classifier) throws IOException {
    try {
      return WeightMatch.byName(file, tensors(classifier)).arrays(file);
    } catch (WeightMismatchException e) {
      // What is to be done about it is another thing than where a GAN's weights are imported.
      throw new UnusableFileException(
          path,
          "the tensors are not those of the classifier that the metadata describe; train one with"
              + " 'samegan classifier train'",
          e);
    }
  }

  /**
   * The classifier of digits that comes with SameGAN, trained on MNIST's 28 x 28 gray images.
   *
   * @throws IOException if there is no room for it among the temporary files
   */
  public static ClassifierFile ofDigits() throws IOException {
    Path copy = Files.createTempFile("samegan", ".safetensors");
    try (InputStream in = ClassifierFile.class.getResourceAsStream(DIGITS)) {
      Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
      return read(copy);
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  private static JsonNode tree(String json) throws JsonProcessingException {
    return Json.tree(json.getBytes(StandardCharsets.UTF_8));
  }

  private static List<TorchTensor> tensors(Classifier classifier) {
    return TorchTensor.of(Classifier.NAME, classifier.network());
  }

  private static UnusableFileException unusable(Path path, String found, Exception cause) {
    return new UnusableFileException(
        path,
        "metadata",
        "a classifier under " + CLASSIFIER,
        found,
        "train one with 'samegan classifier train'",
        cause);
  }
}
