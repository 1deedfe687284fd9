package org.samegan.runs.augment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.samegan.core.Shape;
import org.samegan.core.data.Dataset;
import org.samegan.core.data.Subset;
import org.samegan.core.random.RandomStream;
import org.samegan.io.checkpoint.CheckpointDirectory;
import org.samegan.io.image.ByteImage;
import org.samegan.io.image.PngImage;

/**
 * The labelled images that all arms of one repetition have in common.
 *
 * @param number from 1
 * @param places which of the labelled images, ascending
 */
record LabelledSubset(int number, List<Integer> places) {
  /** Keeps a list of its own. */
  LabelledSubset {
    places = List.copyOf(places);
  }

  /**
   * Draws a subset, a function of the seed and its number.
   *
   * @param perClass images of each class; null for all that are usable
   */
  static LabelledSubset draw(AugmentData data, Integer perClass, int number, long seed) {
    List<Integer> usable = data.usable();
    if (perClass == null) {
      return new LabelledSubset(number, usable);
    }
    int[] taken = new int[data.labelled().classes().count()];
    List<Integer> chosen = new ArrayList<>();
    for (int i : RandomStream.of(seed, "augment/subset", number).permutation(usable.size())) {
      int label = data.labelled().label(usable.get(i));
      if (taken[label] < perClass) {
        taken[label]++;
        chosen.add(usable.get(i));
      }
    }
    chosen.sort(null);
    return new LabelledSubset(number, chosen);
  }

  /** Its images. */
  Dataset of(Dataset labelled) {
    return new Subset(labelled, places.stream().mapToInt(i -> i).toArray());
  }

  /** Its directory's name, such as {@code subset-01}. */
  String name() {
    return String.format(Locale.ROOT, "subset-%02d", number);
  }

  /**
   * Writes images into a folder for each class, unless they are there.
   *
   * @param images in [0, 1]
   */
  static void write(Path directory, Dataset images) throws IOException {
    if (Files.exists(directory)) {
      return;
    }
    Shape shape = images.exampleShape();
    try (CheckpointDirectory partial = CheckpointDirectory.beside(directory)) {
      for (int i = 0; i < images.size(); i++) {
        Path folder =
            Files.createDirectories(partial.path().resolve(images.classes().name(images.label(i))));
        PngImage.write(
            folder.resolve(String.format(Locale.ROOT, "%06d.png", i)),
            ByteImage.of(shape.get(0), shape.get(1), shape.channels(), PixelBytes.of(images, i)));
      }
      partial.complete();
    }
  }
}
