package org.samegan.io.export;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import org.samegan.core.Shape;
import org.samegan.core.data.Dataset;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.GanNetwork;
import org.samegan.core.gan.Latent;
import org.samegan.core.layer.BatchNorm;
import org.samegan.core.layer.Dense;
import org.samegan.core.layer.Network;
import org.samegan.core.training.Trainer;
import org.samegan.io.checkpoint.Checkpoint;
import org.samegan.io.inference.GeneratorLoader;
import org.samegan.io.safetensors.SafetensorsFile;
import org.samegan.io.safetensors.WeightMatch;
import org.samegan.io.safetensors.WeightsFile;

/** Saves, resumes, exports and imports a model one of whose arrays is larger than its heap. */
final class LargerThanTheHeap {
  /** The bytes of the largest array. */
  static final long ARRAY = 600L * 20_000 * Float.BYTES;

  private LargerThanTheHeap() {}

  public static void main(String[] arguments) throws IOException {
    if (Runtime.getRuntime().maxMemory() > ARRAY) {
      throw new IllegalStateException("the heap is large enough for an array");
    }
    Path directory = Path.of(arguments[0]);
    Path path = directory.resolve("checkpoint");
    Gan gan = gan();
    try (Trainer trainer = new Trainer(gan, points(), 2, 1)) {
      Checkpoint.write(path, gan, trainer.state());
      trainer.restore(Checkpoint.read(path).state());
    }
    Checkpoint checkpoint = Checkpoint.read(path);
    checkpoint.verify();

    Path onnx = directory.resolve("generator.onnx");
    ExportModel model = ExportModel.of(checkpoint, GanNetwork.GENERATOR);
    Export.verified(model, ExportFormats.named("onnx"), onnx);
    // Not verified: ND4J's reader has each array on the heap once.
    Export.unverified(model, ExportFormats.named("samediff"), directory.resolve("generator.fb"));
    Path weights = directory.resolve("weights.safetensors");
    WeightsFile.writeVerified(weights, checkpoint, null);

    for (Path generator : new Path[] {path, onnx, weights}) {
      GeneratorLoader.load(generator).close();
    }
    SafetensorsFile file = SafetensorsFile.read(weights);
    try (Trainer trainer = new Trainer(gan, points(), 2, 2)) {
      trainer.startFrom(WeightMatch.byNameOrOrder(file, gan).arrays(file));
    }
  }

  private static Gan gan() {
    return Gan.of(
        Latent.normal(600),
        Network.of(Shape.of(600), new Dense(20_000), new BatchNorm(), new Dense(2)),
        Network.of(Shape.of(2), new Dense(1)));
  }

  private static Dataset points() {
    return new Dataset() {
      @Override
      public int size() {
        return 4;
      }

      @Override
      public Shape exampleShape() {
        return Shape.of(2);
      }

      @Override
      public void copyTo(int index, FloatBuffer destination) {
        destination.put(index).put(-index);
      }
    };
  }
}
