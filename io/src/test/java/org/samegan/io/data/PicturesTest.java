package org.samegan.io.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.samegan.core.Shape;
import org.samegan.io.image.ByteImage;

/** Pictures of every kind, with the pixels that another program sees in them. */
class PicturesTest {
  private static final Path ARCHIVE = Path.of("..", "testdata", "pictures", "pictures.zip");
  private static final String PIXELS = ".pnm";

  @TempDir private Path folder;

  @Test
  void everyPictureMeansWhatItsFileSays() throws IOException {
    Map<String, byte[]> files = unpack();
    List<String> wrong = new ArrayList<>();
    Map<String, Integer> worst = new HashMap<>();
    for (String name : files.keySet()) {
      if (name.endsWith(PIXELS)) {
        continue;
      }
      ByteImage found = ImageDecoder.decode(Samples.write(folder, name, files.get(name)));
      ByteImage expected = pixels(files.get(name + PIXELS));
      String kind = name.substring(name.lastIndexOf('.'));
      // Two levels for rounding in the colour conversions of other programs; a PNG is exact.
      int allowed = kind.equals(".png") ? 0 : 2;
      if (!found.shape().equals(expected.shape())) {
        wrong.add("%s is %s, not %s".formatted(name, found.shape(), expected.shape()));
        continue;
      }
      int difference = difference(found, expected);
      worst.merge(kind, difference, Math::max);
      if (difference > allowed) {
        wrong.add("%s differs by %d".formatted(name, difference));
      }
    }
    assertThat(wrong).as("the worst differences are %s", worst).isEmpty();
    assertThat(files).hasSizeGreaterThanOrEqualTo(2 * 200);
  }

  @Test
  void theFormOfATurnedPictureIsTheUprightOne() throws IOException {
    byte[] turned = unpack().get("rgb-420-orientation-6.jpg");
    Samples.write(folder, "a.jpg", turned);
    ImageSource source = ImageSource.at(folder, Split.TRAIN);
    assertThat(source.form(ImageOptions.asStored()).shape()).isEqualTo(Shape.of(13, 10, 3));
  }

  private static int difference(ByteImage a, ByteImage b) {
    ByteBuffer first = a.buffer();
    ByteBuffer second = b.buffer();
    int largest = 0;
    while (first.hasRemaining()) {
      largest = Math.max(largest, Math.abs((first.get() & 0xff) - (second.get() & 0xff)));
    }
    return largest;
  }

  /** Reads a Netpbm file as the archive has it: kind, width and height, 255, pixels. */
  private static ByteImage pixels(byte[] content) {
    String[] header = new String(content, StandardCharsets.ISO_8859_1).split("\n", 4);
    String[] size = header[1].split(" ", 2);
    return ByteImage.of(
        Integer.parseInt(size[1]),
        Integer.parseInt(size[0]),
        header[0].equals("P5") ? 1 : 3,
        header[3].getBytes(StandardCharsets.ISO_8859_1));
  }

  private static Map<String, byte[]> unpack() throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (ZipFile archive = new ZipFile(ARCHIVE.toFile())) {
      for (ZipEntry entry : archive.stream().toList()) {
        files.put(entry.getName(), archive.getInputStream(entry).readAllBytes());
      }
    }
    return files;
  }
}
