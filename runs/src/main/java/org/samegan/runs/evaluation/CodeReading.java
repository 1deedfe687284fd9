package org.samegan.runs.evaluation;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.samegan.core.backend.Backend;
import org.samegan.core.data.Dataset;
import org.samegan.core.execution.CompiledGraph;
import org.samegan.core.execution.Tensor;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.GanNetwork;
import org.samegan.core.gan.Latent;
import org.samegan.core.inference.InferenceGraph;
import org.samegan.evaluation.classes.CodeError;
import org.samegan.io.checkpoint.Checkpoint;
import org.samegan.io.run.Run;

/** What a recognition network reads of real images: an InfoGAN's categorical code, or the label. */
final class CodeReading {
  private static final int BATCH = 128;

  private CodeReading() {}

  /**
   * How often it is wrong about labelled images that it was not trained on: about their label,
   * where it has learnt labels, or else by its categorical code, whose classes are matched with
   * labels.
   *
   * @param place a run or a checkpoint; anything else holds no recognition network
   * @param images of the GAN's example shape
   * @return empty where there is neither, or the images have not all a label, of the same classes
   */
  static OptionalDouble error(Path place, Images images, Backend backend) throws IOException {
    if (Files.isRegularFile(place)) {
      return OptionalDouble.empty();
    }
    return Run.fromCheckpointAt(place, checkpoint -> error(checkpoint, images, backend));
  }

  private static OptionalDouble error(Checkpoint checkpoint, Images images, Backend backend)
      throws IOException {
    Gan gan = checkpoint.gan();
    if (gan.recognition() == null || gan.pixelRange() == null) {
      return OptionalDouble.empty();
    }
    Dataset data = images.inRange().apply(gan.pixelRange());
    int first = 0;
    for (Latent.Part part : gan.latent().parts()) {
      boolean fits =
          part instanceof Latent.Label label
              ? data.classes().equals(label.classes())
              : part instanceof Latent.Categorical && data.classes().count() > 0;
      if (fits) {
        int[] found = read(checkpoint, data, first, part.size(), backend);
        int[] labels = IntStream.range(0, data.size()).map(data::label).toArray();
        return OptionalDouble.of(
            part instanceof Latent.Label
                ? wrong(found, labels)
                : CodeError.of(found, part.size(), labels, data.classes().count()));
      }
      first += part.recognitionSize();
    }
    return OptionalDouble.empty();
  }

  private static double wrong(int[] found, int[] labels) {
    long wrong = IntStream.range(0, labels.length).filter(i -> found[i] != labels[i]).count();
    return (double) wrong / labels.length;
  }

  /** The most probable class of a code for every image. */
  private static int[] read(
      Checkpoint checkpoint, Dataset data, int first, int classes, Backend backend)
      throws IOException {
    Gan gan = checkpoint.gan();
    int codes = gan.latent().recognitionSize();
    int[] found = new int[data.size()];
    try (InferenceGraph graph =
            InferenceGraph.emit(gan, GanNetwork.RECOGNITION, checkpoint.state().arrays());
        Tensor input = backend.zeros(DataType.FLOAT, data.exampleShape().batch(BATCH));
        Tensor output = backend.zeros(DataType.FLOAT, BATCH, codes);
        CompiledGraph plan =
            backend.compile(
                graph.graph(), Map.of(graph.input(), input), Map.of(graph.output(), output))) {
      for (int done = 0; done < found.length; done += BATCH) {
        int some = Math.min(BATCH, found.length - done);
        FloatBuffer pixels = input.floats();
        for (int i = 0; i < some; i++) {
          data.copyTo(done + i, pixels);
        }
        input.flush();
        plan.run();
        FloatBuffer read = FloatBuffer.allocate(BATCH * codes);
        output.read(read);
        for (int i = 0; i < some; i++) {
          int start = i * codes + first;
          for (int k = 1; k < classes; k++) {
            if (read.get(start + k) > read.get(start + found[done + i])) {
              found[done + i] = k;
            }
          }
        }
      }
    }
    return found;
  }
}
