package org.samegan.runs.sampling;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.samegan.core.Shape;
import org.samegan.core.gan.LatentSource;
import org.samegan.core.gan.Latents;
import org.samegan.core.inference.TrainedGenerator;
import org.samegan.io.layout.AxisOrder;
import org.samegan.io.safetensors.SafetensorsWriter;

/**
 * Samples as numbers, for another program to compute again: {@code latent} (count, values), labels
 * included, and {@code image} (count, channels, height, width), in the generator's pixel range; of
 * points (count, 2).
 */
final class SampleTensors {
  private SampleTensors() {}

  static void write(Path file, TrainedGenerator generator, int count, LatentSource source)
      throws IOException {
    Shape image = generator.exampleShape();
    float[] images = generator.sample(0, count, source);
    AxisOrder.ofFlattened(image).toChannelsFirst(images);
    float[] latents = Latents.values(generator.latent(), source, 0, count);
    SafetensorsWriter.write(
        file,
        Map.of(),
        List.of(
            new SafetensorsWriter.Tensor(
                "latent", Shape.of(count, generator.latent().size()), () -> latents),
            new SafetensorsWriter.Tensor("image", batch(count, image), () -> images)));
  }

  private static Shape batch(int count, Shape image) {
    List<Integer> extents = new ArrayList<>(List.of(count));
    int channel = image.rank() - 1;
    extents.add(image.get(channel));
    extents.addAll(image.dimensions().subList(0, channel));
    return new Shape(extents);
  }
}
