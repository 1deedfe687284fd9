package org.samegan.io.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.samegan.core.data.Dataset;
import org.samegan.core.data.PixelRange;

class PackedImagesTest {
  private static final FileTime THEN = FileTime.fromMillis(1_600_000_000_000L);

  @TempDir private Path directory;
  private Path folder;
  private Path cache;
  private Path image;

  @BeforeEach
  void makeFolder() throws IOException {
    folder = directory.resolve("pictures");
    cache = directory.resolve("not").resolve("yet");
    image = Samples.write(folder, "x/a.png", Samples.flatPng(1));
    Samples.write(folder, "y/b.png", Samples.flatPng(200));
    Files.setLastModifiedTime(image, THEN);
  }

  @Test
  void secondOpeningDoesNotDecodeAgain() throws IOException {
    PackedImages first = open();

    PackedImages second =
        PackedImages.open(
            ImageSource.at(folder, Split.TRAIN),
            ImageOptions.asStored(),
            cache,
            (done, total) -> fail("nothing is to be packed"));

    assertThat(second.file()).isEqualTo(first.file());
    assertThat(second.fingerprint()).isEqualTo(first.fingerprint()).matches("[0-9a-f]{64}");
    assertThat(second.classes().allNames()).containsExactly("x", "y");
    assertThat(second.label(1)).isEqualTo(1);
    assertThat(pixel(second, 1)).isEqualTo(200);
    second.verify();
  }

  @Test
  void onlyIntactPackedImagesAreFound() throws IOException {
    ImageSource source = ImageSource.at(folder, Split.TRAIN);
    ImageOptions options = ImageOptions.asStored();
    assertThat(PackedImages.find(source, options, cache)).isEmpty();
    assertThat(cache).doesNotExist();

    PackedImages packed = open();
    PackedImages found = PackedImages.find(source, options, cache).orElseThrow();
    assertThat(found.file()).isEqualTo(packed.file());
    assertThat(found.form()).isEqualTo(source.form(options));
    assertThat(PackedImages.find(source, options.withSize(2), cache)).isEmpty();

    flip(packed.file(), 8);
    assertThat(PackedImages.find(source, options, cache)).isEmpty();
  }

  @Test
  void changedTimeOrContentIsPackedAnewAndTimeIsNoPartOfTheFingerprint() throws IOException {
    PackedImages first = open();
    Files.setLastModifiedTime(image, FileTime.fromMillis(THEN.toMillis() + 1));
    PackedImages touched = open();
    Files.write(image, Samples.flatPng(2));
    PackedImages changed = open();

    assertThat(touched.file()).isNotEqualTo(first.file());
    assertThat(touched.fingerprint()).isEqualTo(first.fingerprint());
    assertThat(changed.fingerprint()).isNotEqualTo(first.fingerprint());
    assertThat(pixel(first, 0)).isEqualTo(1);
    assertThat(pixel(changed, 0)).isEqualTo(2);
  }

  @Test
  void anotherFormOrPlaceIsAnotherFile() throws IOException {
    PackedImages first = open();
    PackedImages smaller =
        PackedImages.open(
            ImageSource.at(folder, Split.TRAIN), ImageOptions.asStored().withSize(2), cache);
    Path moved = Files.move(folder, directory.resolve("moved"));
    PackedImages elsewhere =
        PackedImages.open(ImageSource.at(moved, Split.TRAIN), ImageOptions.asStored(), cache);

    assertThat(Stream.of(first, smaller, elsewhere).map(PackedImages::file))
        .doesNotHaveDuplicates();
    assertThat(elsewhere.fingerprint()).isEqualTo(first.fingerprint());
    assertThat(smaller.fingerprint()).isNotEqualTo(first.fingerprint());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 6, 8, 70, 110, 4096 + 32, -1})
  void damagedHeaderOrTablesAreMadeAnew(int at) throws IOException {
    PackedImages first = open();
    flip(first.file(), at < 0 ? Files.size(first.file()) + at : at);
    PackedImages second = open();
    assertThat(second.fingerprint()).isEqualTo(first.fingerprint());
    assertThat(second.label(1)).isEqualTo(1);
    second.verify();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 5, 4000, 4100})
  void truncatedFileIsMadeAnew(long length) throws IOException {
    Path file = open().file();
    try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
      access.setLength(length);
    }
    assertThat(pixel(open(), 1)).isEqualTo(200);
  }

  @Test
  void aChangeOfEqualSizeAndTimeIsNoticed() throws IOException {
    PackedImages first = open();
    byte[] other = Samples.flatPng(2);
    assertThat(other).hasSameSizeAs(Samples.flatPng(1));
    Files.write(image, other);
    Files.setLastModifiedTime(image, THEN);
    PackedImages inPlace = open();
    assertThat(pixel(inPlace, 0)).isEqualTo(2);
    assertThat(inPlace.fingerprint()).isNotEqualTo(first.fingerprint());

    Path exchanged = Files.write(directory.resolve("new.png"), Samples.flatPng(3));
    Files.setLastModifiedTime(exchanged, THEN);
    Files.move(exchanged, image, StandardCopyOption.REPLACE_EXISTING);
    assertThat(pixel(open(), 0)).isEqualTo(3);
    assertThat(first.file()).as("superseded").doesNotExist();
    assertThat(inPlace.file()).as("superseded").doesNotExist();
  }

  /** Every byte is part of something that is compared. */
  @Test
  void aDamagedByteAnywhereIsMadeGood() throws IOException {
    PackedImages first = open();
    byte[] intact = Files.readAllBytes(first.file());
    for (int at = 0; at < intact.length; at++) {
      boolean used = at < 256 || at >= 4096;
      byte[] damaged = intact.clone();
      damaged[at] ^= 0x40;
      if ((used && at % 3 == 0) || at == 4096 + 17) {
        Files.write(first.file(), damaged);
        PackedImages again = open();
        assertThat(pixel(again, 0)).as("byte %d", at).isEqualTo(1);
        assertThat(pixel(again, 1)).as("byte %d", at).isEqualTo(200);
        assertThat(again.fingerprint()).isEqualTo(first.fingerprint());
        again.verify();
      }
    }
  }

  @Test
  void whatWasLeftBehindGoesAndClearingTakesNothingElse() throws IOException {
    Files.createDirectories(cache);
    Path abandoned = Files.createFile(cache.resolve(".images-1.sgpack.2.tmp"));
    Files.setLastModifiedTime(abandoned, THEN);
    Path begun = Files.createFile(cache.resolve(".images-3.sgpack.4.tmp"));
    Path foreign = Files.createFile(cache.resolve("notes.txt"));
    Path packed = open().file();
    assertThat(abandoned).doesNotExist();

    ImageCache images = new ImageCache(cache);
    assertThat(images.entries()).extracting(ImageCache.Entry::file).containsExactly(begun, packed);
    images.clear();
    assertThat(cache).isDirectoryContaining(foreign::equals);
    assertThat(images.entries()).isEmpty();
  }

  @Test
  void damagedPixelsAreFoundByVerifying() throws IOException {
    PackedImages images = open();
    images.verify();
    flip(images.file(), 4096 + 17);
    assertThatThrownBy(images::verify)
        .isInstanceOf(DataFormatException.class)
        .hasMessageContainingAll(images.file().toString(), "pixels", "delete the file");
  }

  @Test
  void severalMappingsServeWhatOneServes() throws IOException {
    byte[] random = Samples.random(7 * 16);
    for (int i = 0; i < 7; i++) {
      byte[] samples = Arrays.copyOfRange(random, 16 * i, 16 * (i + 1));
      Samples.write(folder, "x/more" + i + ".png", Samples.grayPng(4, 4, samples));
    }
    PackedImages one = open();
    String name = one.file().getFileName().toString();
    String key = name.substring(name.lastIndexOf('-') + 1, name.indexOf('.'));
    assertThat(one.mappings()).isEqualTo(1);
    for (long mappingBytes : new long[] {1, 16, 40, 16 * 9 - 1, 16 * 9}) {
      PackedImages several = PackedImages.load(one.file(), folder, key, mappingBytes);
      int imagesEach = Math.max(1, (int) mappingBytes / 16);
      assertThat(several.mappings()).isEqualTo((9 + imagesEach - 1) / imagesEach);
      for (int i = 0; i < 9; i++) {
        assertThat(values(several, i)).isEqualTo(values(one, i));
      }
      several.verify();
    }
  }

  @Test
  void datasetMapsBytesToTheRange() throws IOException {
    Dataset dataset = open().as(PixelRange.SIGNED_UNIT);
    FloatBuffer values = FloatBuffer.allocate(20).position(4);
    dataset.copyTo(1, values);
    assertThat(values.position()).isEqualTo(20);
    assertThat(values.get(4)).isEqualTo(PixelRange.SIGNED_UNIT.fromByte(200));
    assertThat(dataset.size()).isEqualTo(2);
    assertThat(dataset.classes().count()).isEqualTo(2);
    assertThat(dataset.label(1)).isEqualTo(1);
    assertThatThrownBy(() -> dataset.copyTo(2, values))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> dataset.label(-1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void packingAtTheSameTimeDoesNotClash() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      Callable<PackedImages> task = this::open;
      for (Future<PackedImages> result :
          threads.invokeAll(List.of(task, task, task, task, task, task, task, task))) {
        result.get().verify();
      }
    } finally {
      threads.shutdownNow();
    }
    try (Stream<Path> files = Files.list(cache)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void anUnwritableCacheDirectoryIsNamedWithTheWayOut() throws IOException {
    // A directory inside a file can be made by no user, not even root.
    Path file = Samples.write(directory, "file", new byte[1]);
    Path impossible = file.resolve("cache");
    assertThatThrownBy(
            () ->
                PackedImages.open(
                    ImageSource.at(folder, Split.TRAIN), ImageOptions.asStored(), impossible))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll(impossible.toString(), "SAMEGAN_CACHE");
  }

  private PackedImages open() throws IOException {
    return PackedImages.open(ImageSource.at(folder, Split.TRAIN), ImageOptions.asStored(), cache);
  }

  private static void flip(Path file, long at) throws IOException {
    try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
      access.seek(at);
      int value = access.read();
      access.seek(at);
      access.write(value ^ 1);
    }
  }

  private static int pixel(PackedImages images, int index) {
    return PixelRange.UNIT.toByte(values(images, index).get(0));
  }

  private static FloatBuffer values(PackedImages images, int index) {
    FloatBuffer values = FloatBuffer.allocate(images.shape().elements());
    images.as(PixelRange.UNIT).copyTo(index, values);
    return values.rewind();
  }
}
