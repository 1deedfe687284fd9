package org.samegan.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.samegan.core.Shape;
import org.samegan.core.training.Gan;
import org.samegan.core.training.LatentSource;
import org.samegan.core.training.Sampler;
import org.samegan.io.layout.AxisOrder;
import org.samegan.io.safetensors.SafetensorsWriter;

/**
 * Samples as numbers, for another program to compute again: {@code latent} (count, values), labels
 * included, and {@code image} (count, channels, height, width), in the generator's pixel range; of
 * points (count, 2).
 */
final class SampleTensors {
  private SampleTensors() {}

  static void write(Path file, Gan gan, Sampler sampler, int count, LatentSource source)
      throws IOException {
    Shape image = gan.exampleShape();
    float[] images = sampler.sample(0, count, source);
    AxisOrder.ofFlattened(image).toChannelsFirst(images);
    float[] latents = Sampler.latents(gan.latent(), count, source);
    SafetensorsWriter.write(
        file,
        Map.of(),
        List.of(
            new SafetensorsWriter.Tensor(
                "latent", Shape.of(count, gan.latent().size()), () -> latents),
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
