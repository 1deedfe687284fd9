package org.samegan.runs.augment;

import java.nio.FloatBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.samegan.core.data.Dataset;
import org.samegan.core.data.PixelRange;
import org.samegan.io.image.PngGrid;
import org.samegan.io.image.PngImage;

/**
 * Real and synthetic images beside each other, a class in each row, as pictures within a page.
 *
 * @param real in [0, 1]
 */
record ExampleSheets(Dataset real, SyntheticImages synthetic) {
  private static final int MOST_CLASSES = 20;
  private static final int COLUMNS = 10;

  /** Real images, of the classes that have synthetic ones too. */
  String ofReal() {
    return sheet("real images", this::realOf);
  }

  /** Synthetic images of the same classes. */
  String ofSynthetic() {
    return sheet(
        "synthetic images",
        label -> synthetic.of(label, COLUMNS).stream().map(SyntheticImages.Image::pixels).toList());
  }

  private List<byte[]> realOf(int label) {
    return IntStream.range(0, real.size())
        .filter(i -> real.label(i) == label)
        .limit(COLUMNS)
        .mapToObj(i -> PixelBytes.of(real, i))
        .toList();
  }

  /** Where a class has few images, they are repeated. */
  private String sheet(String description, IntFunction<List<byte[]>> images) {
    int[] labels =
        IntStream.range(0, real.classes().count())
            .filter(label -> !synthetic.of(label, 1).isEmpty())
            .limit(MOST_CLASSES)
            .toArray();
    FloatBuffer values =
        FloatBuffer.allocate(labels.length * COLUMNS * real.exampleShape().elements());
    for (int label : labels) {
      List<byte[]> own = images.apply(label);
      for (int i = 0; i < COLUMNS; i++) {
        for (byte pixel : own.get(i % own.size())) {
          values.put(PixelRange.UNIT.fromByte(pixel & 0xff));
        }
      }
    }
    byte[] png =
        PngImage.encode(
            PngGrid.of(labels.length, COLUMNS)
                .render(values.flip(), real.exampleShape(), PixelRange.UNIT));
    return String.format(
        Locale.ROOT,
        "<img alt=\"%s\" src=\"data:image/png;base64,%s\">\n",
        description,
        Base64.getEncoder().encodeToString(png));
  }
}
