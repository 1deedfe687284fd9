package org.samegan.io.inference;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.samegan.core.Shape;
import org.samegan.core.backend.Backend;
import org.samegan.core.data.PixelRange;
import org.samegan.core.gan.GanNetwork;
import org.samegan.core.gan.Latent;
import org.samegan.core.inference.CompiledGenerator;
import org.samegan.core.inference.TrainedGenerator;
import org.samegan.io.checkpoint.CheckpointException;
import org.samegan.io.export.ExportedGraph;
import org.samegan.io.file.ForeignFile;
import org.samegan.io.file.UnusableFileException;
import org.samegan.io.json.Json;
import org.samegan.io.onnx.ModelInput;
import org.samegan.io.onnx.OnnxFile;
import org.samegan.io.onnx.OnnxSession;
import org.samegan.io.run.BestCheckpoint;
import org.samegan.io.run.Run;
import org.samegan.io.safetensors.WeightsFile;

/** Finds a trained generator in whatever holds one. */
public final class GeneratorLoader {
  private GeneratorLoader() {}

  /**
   * Loads a generator.
   *
   * @param path a run's directory, for its latest checkpoint, a checkpoint's, or an exported
   *     generator: ONNX, SameDiff's with its manifest beside it, or safetensors
   * @throws CheckpointException if the checkpoint can't be used, with the reason
   * @throws UnusableFileException if the file can't, with the reason
   * @throws IOException if there is none, or it can't be read
   */
  public static TrainedGenerator load(Path path) throws IOException {
    return load(path, Backend.nd4j());
  }

  /**
   * The same on a device of one's choice. ONNX models are run by ONNX Runtime on the CPU, whatever
   * is chosen.
   *
   * @param backend what computes; it stays the caller's
   */
  public static TrainedGenerator load(Path path, Backend backend) throws IOException {
    return ofResolved(BestCheckpoint.resolve(path), backend);
  }

  private static TrainedGenerator ofResolved(Path path, Backend backend) throws IOException {
    if (!Files.exists(path)) {
      throw new NoSuchFileException(
          path.toString(), null, "there is no such run, checkpoint or exported generator");
    }
    if (Files.isDirectory(path)) {
      return Run.fromCheckpointAt(path, checkpoint -> checkpoint.generator(backend));
    }
    if (ExportedGraph.isDescribed(path)) {
      return ofGraph(path, backend);
    }
    // The JSON of a safetensors file comes after its length; an ONNX model starts with its version.
    byte[] start = start(path, 9);
    if (start.length == 9 && start[8] == '{') {
      WeightsFile.Weights weights = WeightsFile.generator(path);
      return CompiledGenerator.of(weights.gan(), weights.arrays(), backend);
    }
    if (start.length > 0 && start[0] == 8) {
      return ofOnnx(path);
    }
    String expected =
        "a generator exported as onnx, safetensors or samediff, the last with its manifest "
            + path.getFileName()
            + ".json beside it";
    ForeignFile.refuse(path, expected);
    throw new UnusableFileException(
        path,
        "content",
        expected,
        start.length == 0 ? "an empty file" : "neither",
        "export it from a checkpoint",
        null);
  }

  private static TrainedGenerator ofGraph(Path file, Backend backend) throws IOException {
    ExportedGraph exported = ExportedGraph.read(file);
    requireGenerator(file, exported.metadata());
    Latent latent = latent(file, exported.metadata());
    Map<String, Shape> expected = Map.of(GanNetwork.LATENT, Shape.of(latent.size()));
    if (!exported.inputs().equals(expected)) {
      throw unusable(file, "inputs", "" + expected, "" + exported.inputs(), null);
    }
    return new CompiledGenerator(
        exported.graph(),
        latent,
        exported.output(),
        pixelRange(file, exported.metadata()),
        backend);
  }

  private static TrainedGenerator ofOnnx(Path path) throws IOException {
    OnnxFile file = OnnxFile.read(path);
    requireGenerator(path, file.metadata());
    Latent latent = latent(path, file.metadata());
    PixelRange pixelRange = pixelRange(path, file.metadata());
    Map<String, List<Long>> expected = ModelInput.latent(GanNetwork.LATENT, latent).shapes();
    OnnxSession session = file.open("no ONNX model can be run (samediff and safetensors can)");
    try {
      if (!session.inputShapes().equals(expected)) {
        throw unusable(path, "inputs", "" + expected, "" + session.inputShapes(), null);
      }
      Shape shape = session.outputShape(GanNetwork.IMAGE);
      return new OnnxGenerator(session, latent, shape, pixelRange);
    } catch (IOException e) {
      session.close();
      throw e;
    }
  }

  private static byte[] start(Path path, int length) throws IOException {
    ByteBuffer start = ByteBuffer.allocate(length);
    try (FileChannel channel = FileChannel.open(path)) {
      while (start.hasRemaining() && channel.read(start) >= 0) {}
    }
    return Arrays.copyOf(start.array(), start.position());
  }

  private static void requireGenerator(Path path, Map<String, String> metadata) throws IOException {
    String network = metadata.get("network");
    if (!GanNetwork.GENERATOR.label().equals(network)) {
      throw unusable(path, "network", GanNetwork.GENERATOR.label(), network, null);
    }
  }

  private static Latent latent(Path path, Map<String, String> metadata) throws IOException {
    String json = metadata.getOrDefault("latent", "");
    try {
      return Json.value(Json.tree(json.getBytes(StandardCharsets.UTF_8)), Latent.class);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw unusable(path, "latent", "a latent's parts", e.getMessage(), e);
    }
  }

  private static PixelRange pixelRange(Path path, Map<String, String> metadata) throws IOException {
    String low = metadata.get("pixel-low");
    String high = metadata.get("pixel-high");
    if (low == null && high == null) {
      return null;
    }
    for (PixelRange range : PixelRange.values()) {
      if (String.valueOf(range.low()).equals(low) && String.valueOf(range.high()).equals(high)) {
        return range;
      }
    }
    throw unusable(
        path, "pixel range", Arrays.toString(PixelRange.values()), low + " to " + high, null);
  }

  private static UnusableFileException unusable(
      Path path, String what, String expected, String found, Exception cause) {
    return new UnusableFileException(
        path, what, expected, found, "export the generator of a checkpoint", cause);
  }
}
