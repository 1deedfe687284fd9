package org.samegan.io.data;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.samegan.io.image.ByteImage;

/** Reads the images of IDX files in the order of the file. */
final class IdxReader {
  private IdxReader() {}

  /**
   * Hands every image to the sink, or as many as it takes.
   *
   * @return the names of the classes, "0" to the largest label; none if there are no labels
   */
  static List<String> read(IdxSource source, ImageSink sink) throws IOException {
    try (IdxStream images = IdxStream.open(source.images())) {
      int[] extents = images.readImagesHeader();
      byte[] labels = source.labels().isPresent() ? readLabels(source, extents[0]) : new byte[0];
      List<String> classNames = classNames(labels);
      int exampleBytes = extents[1] * extents[2] * extents[3];
      for (int i = 0; i < extents[0]; i++) {
        byte[] pixels = images.read(exampleBytes, "image " + i + " of " + extents[0]);
        int label = labels.length == 0 ? ImageSink.UNLABELLED : labels[i] & 0xff;
        ByteImage image = ByteImage.of(extents[1], extents[2], extents[3], pixels);
        if (!sink.accept(image, label, "image " + i)) {
          return classNames;
        }
        sink.progress(i + 1, extents[0]);
      }
      images.requireEnd();
      return classNames;
    }
  }

  private static List<String> classNames(byte[] labels) {
    int largest = ImageSink.UNLABELLED;
    for (byte label : labels) {
      largest = Math.max(largest, label & 0xff);
    }
    return IntStream.rangeClosed(0, largest).mapToObj(String::valueOf).toList();
  }

  private static byte[] readLabels(IdxSource source, int images) throws IOException {
    try (IdxStream stream = IdxStream.open(source.labels().get())) {
      int count = stream.readLabelsHeader();
      if (count != images) {
        throw new DataFormatException(
            source.labels().get(),
            "label count",
            Integer.BYTES,
            "%d, one for each image of %s".formatted(images, source.images()),
            String.valueOf(count),
            "put the labels that belong to these images beside them, or remove this file");
      }
      byte[] labels = stream.read(count, "labels");
      stream.requireEnd();
      return labels;
    }
  }
}
