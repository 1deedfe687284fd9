package org.samegan.io.data;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.samegan.io.image.ByteImage;

/** Reads the images of IDX files in the order of the file. */
final class IdxReader {
  private IdxReader() {}

  /**
   * Hands every image to the sink, or as many as it takes. The classes are the labels that occur,
   * in numerical order: some collections count from 1, and labels of 32 bits may be any numbers.
   *
   * @return the names of the classes, which are their labels; none if there are no labels
   */
  static List<String> read(IdxSource source, ImageSink sink) throws IOException {
    try (IdxStream images = IdxStream.open(source.images())) {
      int[] extents = images.readImagesHeader();
      int[] labels = source.labels().isPresent() ? readLabels(source, extents[0]) : new int[0];
      int[] classes = IntStream.of(labels).distinct().sorted().toArray();
      List<String> classNames = IntStream.of(classes).mapToObj(String::valueOf).toList();
      int exampleBytes = extents[1] * extents[2] * extents[3];
      for (int i = 0; i < extents[0]; i++) {
        byte[] pixels = images.read(exampleBytes, "image " + i + " of " + extents[0]);
        int label =
            labels.length == 0 ? ImageSink.UNLABELLED : Arrays.binarySearch(classes, labels[i]);
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

  private static int[] readLabels(IdxSource source, int images) throws IOException {
    try (IdxStream stream = IdxStream.open(source.labels().get())) {
      int[] labels = stream.readLabels(images, source.images());
      stream.requireEnd();
      return labels;
    }
  }
}
