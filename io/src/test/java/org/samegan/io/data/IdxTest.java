package org.samegan.io.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.samegan.core.Shape;
import org.samegan.core.data.Classes;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.data.PixelRange;

class IdxTest {
  private static final String IMAGES = "train-images-idx3-ubyte";
  private static final String LABELS = "train-labels-idx1-ubyte";
  private static final byte[] PIXELS = Samples.random(5 * 3 * 2);

  @TempDir private Path data;
  @TempDir private Path cache;

  @Test
  void readsRawImagesAndLabelsExactly() throws IOException {
    Samples.write(data, IMAGES, Samples.idx(PIXELS, 5, 3, 2));
    Samples.write(data, LABELS, Samples.idx(Samples.bytes(0, 2, 1, 3, 200), 5));

    PackedImages images = open(data);

    assertThat(images.size()).isEqualTo(5);
    assertThat(images.shape()).isEqualTo(Shape.of(3, 2, 1));
    assertThat(images.classes().names()).containsExactly("0", "1", "2", "3", "200");
    assertThat(images.label(1)).isEqualTo(2);
    assertThat(images.label(4)).as("of 200").isEqualTo(4);
    FloatBuffer values = FloatBuffer.allocate(30);
    for (int i = 0; i < 5; i++) {
      images.as(PixelRange.UNIT).copyTo(i, values);
    }
    for (int i = 0; i < 30; i++) {
      assertThat(values.get(i)).isEqualTo((PIXELS[i] & 0xff) / 255f);
    }
  }

  @Test
  void readsGzipWhateverItsNameWithTheSameFingerprintAsRaw() throws IOException {
    Path raw = Samples.write(data, "raw/" + IMAGES, Samples.idx(PIXELS, 5, 3, 2));
    Path gzip = Samples.write(data, "gz/" + IMAGES, Samples.gzip(Files.readAllBytes(raw)));
    Samples.write(data, "raw/" + LABELS, Samples.idx(Samples.bytes(0, 2, 1, 3, 4), 5));
    Samples.write(
        data, "gz/" + LABELS + ".gz", Samples.gzip(Samples.idx(Samples.bytes(0, 2, 1, 3, 4), 5)));

    assertThat(open(gzip).fingerprint()).isEqualTo(open(raw.getParent()).fingerprint());
    assertThat(open(gzip).classes().count()).isEqualTo(5);
  }

  @Test
  void labelsAreOptionalAndPartOfTheFingerprint() throws IOException {
    Path images = Samples.write(data, IMAGES, Samples.idx(PIXELS, 5, 3, 2));
    PackedImages unlabelled = open(images);
    Samples.write(data, LABELS, Samples.idx(new byte[5], 5));
    PackedImages labelled = open(images);

    assertThat(unlabelled.classes()).isEqualTo(Classes.NONE);
    assertThatThrownBy(() -> unlabelled.label(0)).isInstanceOf(IllegalStateException.class);
    assertThat(labelled.classes().count()).isEqualTo(1);
    assertThat(labelled.fingerprint()).isNotEqualTo(unlabelled.fingerprint());
  }

  @Test
  void theHeaderAndTheLabelsTellTheForm() throws IOException {
    byte[] firstOnly = Samples.gzip(Arrays.copyOf(Samples.idx(PIXELS, 5, 3, 2), 16 + 6));
    Path images = Samples.write(data, IMAGES, firstOnly);
    ImageOptions stored = ImageOptions.asStored();
    assertThat(ImageSource.at(images, Split.TRAIN).form(stored))
        .isEqualTo(new ExampleForm(Shape.of(3, 2, 1), Classes.of(0)));

    Samples.write(data, LABELS, Samples.idx(Samples.bytes(0, 2, 1, 200, 4), 5));
    assertThat(ImageSource.at(images, Split.TRAIN).form(stored.withSize(4)))
        .isEqualTo(
            new ExampleForm(Shape.of(4, 4, 1), Classes.named(List.of("0", "1", "2", "4", "200"))));
  }

  @Test
  void readsLabelsOfThirtyTwoAndSixteenBits() throws IOException {
    Path images = Samples.write(data, IMAGES, Samples.idx(PIXELS, 5, 3, 2));
    ByteBuffer wide = ByteBuffer.allocate(8 + 20).put(Samples.bytes(0, 0, 12, 1)).putInt(5);
    wide.putInt(70_000).putInt(3).putInt(-1).putInt(3).putInt(70_000);
    Path labels = Samples.write(data, "train-labels-idx1-int", wide.array());
    assertThat(open(images).classes().allNames()).containsExactly("-1", "3", "70000");
    assertThat(labels(open(images))).containsExactly(2, 1, 0, 1, 2);

    Files.delete(labels);
    ByteBuffer narrow = ByteBuffer.allocate(8 + 10).put(Samples.bytes(0, 0, 11, 1)).putInt(5);
    narrow.putShort((short) 300).putShort((short) 0).putShort((short) 1);
    Samples.write(data, "train-labels-idx1-short", narrow.array());
    assertThat(open(images).classes().allNames()).containsExactly("0", "1", "300");
    assertThat(labels(open(images))).containsExactly(2, 0, 1, 0, 0);
  }

  @Test
  void labelsThatCountFromOneHaveNoClassZero() throws IOException {
    Samples.write(data, IMAGES, Samples.idx(PIXELS, 5, 3, 2));
    Samples.write(data, LABELS, Samples.idx(Samples.bytes(1, 26, 2, 1, 25), 5));
    assertThat(open(data).classes().allNames()).containsExactly("1", "2", "25", "26");
    assertThat(labels(open(data))).containsExactly(0, 3, 1, 0, 2);
  }

  @Test
  void refusesADeviceRatherThanReadingItWithoutEnd() throws IOException {
    Path device = Path.of("/dev/zero");
    Assumptions.assumeTrue(Files.exists(device));
    assertThatThrownBy(() -> ImageSource.at(device, Split.TRAIN))
        .isInstanceOf(DataFormatException.class)
        .hasMessageContainingAll(device.toString(), "a regular file", "device");
  }

  @Test
  void readsColourImagesOfRankFour() throws IOException {
    Path images = Samples.write(data, "images", Samples.idx(Samples.random(2 * 12), 2, 2, 2, 3));
    assertThat(open(images).shape()).isEqualTo(Shape.of(2, 2, 3));
  }

  @Test
  void findsTheHeldOutSplitInADirectoryAndBesideAFile() throws IOException {
    Path train = Samples.write(data, IMAGES, Samples.idx(PIXELS, 5, 3, 2));
    Path test =
        Samples.write(
            data, "t10k-images-idx3-ubyte.gz", Samples.gzip(Samples.idx(new byte[6], 1, 3, 2)));

    assertThat(ImageSource.at(data, Split.TEST).path()).isEqualTo(test);
    assertThat(ImageSource.at(train, Split.TEST).path()).isEqualTo(test);
    assertThat(ImageSource.at(data, Split.TRAIN).path()).isEqualTo(train);
    assertThat(ImageSource.heldOutOf(data)).hasValue(ImageSource.at(data, Split.TEST));
    assertThat(ImageSource.heldOutOf(train)).hasValue(ImageSource.at(data, Split.TEST));
    assertThat(ImageSource.heldOutOf(test)).as("a held-out file has no other").isEmpty();
    Files.delete(test);
    assertThat(ImageSource.heldOutOf(data)).isEmpty();
    assertThat(ImageSource.heldOutOf(train)).isEmpty();
    assertThatThrownBy(() -> ImageSource.at(data, Split.TEST))
        .isInstanceOf(DataFormatException.class)
        .hasMessageContainingAll("t10k-images-idx3-ubyte", IMAGES);
    assertThatThrownBy(() -> ImageSource.at(train, Split.TEST))
        .isInstanceOf(DataFormatException.class)
        .hasMessageContaining("t10k-images-idx3-ubyte");
  }

  @Test
  void refusesAPathWithNothingThere() {
    assertThatThrownBy(() -> ImageSource.at(data.resolve("none"), Split.TRAIN))
        .isInstanceOf(DataFormatException.class)
        .hasMessageContainingAll("none", "nothing at this path");
  }

  @Test
  void refusesAFileOfAnotherKindSayingWhatItIs() throws IOException {
    Path picture = Samples.write(data, "a.png", Samples.flatPng(1));
    assertThatThrownBy(() -> ImageSource.at(picture, Split.TRAIN))
        .isInstanceOf(DataFormatException.class)
        .hasMessageContainingAll("a.png", "00 00 08 03", "a PNG image");
    Path labels = Samples.write(data, LABELS, Samples.idx(new byte[5], 5));
    assertThatThrownBy(() -> ImageSource.at(labels, Split.TRAIN))
        .hasMessageContaining("IDX labels");
    Path empty = Samples.write(data, "empty", new byte[0]);
    assertThatThrownBy(() -> ImageSource.at(empty, Split.TRAIN)).hasMessageContaining("empty file");
  }

  @Test
  void refusesTruncatedPixels() throws IOException {
    assertDamage(cut(Samples.idx(PIXELS, 5, 3, 2), 1), 45, "46 bytes", "truncated");
    assertDamage(Samples.gzip(cut(Samples.idx(PIXELS, 5, 3, 2), 1)), 40, "6 bytes", "truncated");
  }

  @Test
  void refusesATruncatedHeader() throws IOException {
    assertDamage(Arrays.copyOf(Samples.idx(PIXELS, 5, 3, 2), 14), 12, "width", "truncated");
  }

  @Test
  void refusesTrailingBytes() throws IOException {
    byte[] longer = Arrays.copyOf(Samples.idx(PIXELS, 5, 3, 2), 47);
    assertDamage(longer, 46, "46 bytes", "trailing");
    assertDamage(Samples.gzip(longer), 46, "no more bytes", "trailing");
  }

  @Test
  void refusesBytesBehindTheGzipStream() throws IOException {
    byte[] gzip = Samples.gzip(Samples.idx(PIXELS, 5, 3, 2));
    assertDamage(Arrays.copyOf(gzip, gzip.length + 3), 46, "gzip", "other data");
    assertDamage(Arrays.copyOf(gzip, gzip.length + 300), 46, "gzip", "other data");
  }

  @Test
  void refusesTruncatedAndCorruptGzip() throws IOException {
    byte[] gzip = Samples.gzip(Samples.idx(PIXELS, 5, 3, 2));
    assertDamage(cut(gzip, 4), 46, "intact gzip", "truncated");
    byte[] wrongChecksum = gzip.clone();
    wrongChecksum[gzip.length - 6] ^= 1;
    assertDamage(wrongChecksum, 46, "intact gzip", "Corrupt GZIP trailer");
    byte[] wrongHeader = gzip.clone();
    wrongHeader[2] = 99;
    Path file = Samples.write(data, "header", wrongHeader);
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(DataFormatException.class)
        .hasMessageContainingAll("header", "intact gzip");
  }

  @Test
  void refusesZeroNegativeAndAbsurdExtents() throws IOException {
    assertDamage(Samples.idx(PIXELS, 0, 3, 2), 4, "count", "found 0");
    assertDamage(Samples.idx(PIXELS, 5, -3, 2), 8, "height", "found 4294967293");
    assertDamage(Samples.idx(PIXELS, 5, 3, 20000), 12, "width", "found 20000");
    assertDamage(Samples.idx(PIXELS, 5, 3, 1, 2), 8, "1 or 3 channels", "3x1x2");
    assertDamage(Samples.idx(PIXELS, 5, 16384, 16384), 8, "values", "16384x16384x1");
  }

  @Test
  void refusesAGiantCountWithoutAllocatingForIt() throws IOException {
    byte[] giant = Samples.idx(new byte[84], Integer.MAX_VALUE, 8000, 8000);
    assertDamage(giant, 100, "137438953408000016 bytes", "found 100");
    assertDamage(Samples.gzip(giant), 16, "64000000 bytes", "found 84");
  }

  @Test
  void refusesWrongMagicInTheLabels() throws IOException {
    Samples.write(data, IMAGES, Samples.idx(PIXELS, 5, 3, 2));
    byte[] labels = Samples.idx(new byte[5], 5);
    labels[2] = 9;
    Samples.write(data, LABELS, labels);
    assertThatThrownBy(() -> open(data))
        .isInstanceOf(DataFormatException.class)
        .hasMessageContainingAll(LABELS, "magic number at byte 0", "00 00 09 01");
  }

  @Test
  void refusesAnotherNumberOfLabelsThanImages() throws IOException {
    Samples.write(data, IMAGES, Samples.idx(PIXELS, 5, 3, 2));
    Samples.write(data, LABELS, Samples.idx(new byte[4], 4));
    assertThatThrownBy(() -> open(data))
        .isInstanceOf(DataFormatException.class)
        .hasMessageContainingAll(LABELS, "expected 5", "found 4");
  }

  private void assertDamage(byte[] content, long offset, String... parts) throws IOException {
    Path file = Samples.write(data, "damaged", content);
    DataFormatException failure = catchThrowableOfType(DataFormatException.class, () -> open(file));
    assertThat(failure).hasMessageStartingWith(file.toString()).hasMessageContainingAll(parts);
    assertThat(failure.offset()).isEqualTo(OptionalLong.of(offset));
    assertThat(failure.path()).isEqualTo(file);
    assertThat(cache).isEmptyDirectory();
  }

  private static List<Integer> labels(PackedImages images) {
    return IntStream.range(0, images.size()).mapToObj(images::label).toList();
  }

  private static byte[] cut(byte[] content, int bytes) {
    return Arrays.copyOf(content, content.length - bytes);
  }

  private PackedImages open(Path path) throws IOException {
    return PackedImages.open(ImageSource.at(path, Split.TRAIN), ImageOptions.asStored(), cache);
  }
}
