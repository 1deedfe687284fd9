package org.samegan.runs.augment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.samegan.core.data.Classes;
import org.samegan.io.checkpoint.CheckpointDirectory;
import org.samegan.io.file.WholeFile;
import org.samegan.io.image.ByteImage;
import org.samegan.io.image.PngImage;
import org.samegan.io.json.Json;

/**
 * The written set: a folder of PNG images for each class, and {@value #METADATA}, which says of
 * each image what class it is of, and the seed and index that its generator makes it from. Hugging
 * Face's image folders have the same form.
 */
final class SyntheticFolder {
  /** Its name in an experiment's directory. */
  static final String NAME = "synthetic";

  /** A JSON object on a line for each image. */
  static final String METADATA = "metadata.jsonl";

  private SyntheticFolder() {}

  /**
   * Writes it, whole or not at all.
   *
   * @param seed of the latents
   */
  static void write(Path directory, SyntheticImages images, long seed) throws IOException {
    Classes classes = images.classes();
    try (CheckpointDirectory partial = CheckpointDirectory.beside(directory)) {
      StringBuilder lines = new StringBuilder();
      for (SyntheticImages.Image image : images.images()) {
        String label = classes.name(image.label());
        String name = String.format(Locale.ROOT, "%s/%06d.png", label, image.index());
        Path file = partial.path().resolve(name);
        Files.createDirectories(file.getParent());
        PngImage.write(
            file,
            ByteImage.of(
                images.exampleShape().get(0),
                images.exampleShape().get(1),
                images.exampleShape().channels(),
                image.pixels()));
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("file_name", name);
        line.put("label", label);
        line.put("seed", seed);
        line.put("index", image.index());
        lines.append(Json.line(line)).append('\n');
      }
      WholeFile.write(
          partial.path().resolve(METADATA), lines.toString().getBytes(StandardCharsets.UTF_8));
      partial.complete();
    }
  }
}
