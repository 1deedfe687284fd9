package org.samegan.io.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.samegan.core.Shape;
import org.samegan.core.data.Classes;
import org.samegan.core.data.ExampleForm;

class IdxNameTest {
  private static final String IMAGES = "train-images-idx3-ubyte";
  private static final String LABELS = "train-labels-idx1-ubyte";
  private static final byte[] PIXELS = Samples.random(5 * 3 * 2);

  @TempDir private Path data;
  @TempDir private Path cache;

  @ParameterizedTest
  @CsvSource({
    "train-images.idx3-ubyte, train-labels.idx1-ubyte",
    "train-images-idx3-ubyte.gz, train-labels.idx1-ubyte",
    "train-images-idx3-ubyte, train-labels-idx1-int",
    "train-images.idx3, train-labels.idx1.gz",
    "emnist-letters-train-images-idx3-ubyte, emnist-letters-train-labels-idx1-ubyte"
  })
  void findsFilesAndTheirLabelsWhateverTheirNamesAreJoinedBy(String images, String labels)
      throws IOException {
    Path file = Samples.write(data, images, Samples.idx(PIXELS, 5, 3, 2));
    Samples.write(data, labels, Samples.idx(Samples.bytes(0, 2, 1, 2, 1), 5));

    assertThat(open(data).classes().count()).isEqualTo(3);
    assertThat(open(file).fingerprint()).isEqualTo(open(data).fingerprint());
  }

  @Test
  void findsImagesOfRankFour() throws IOException {
    Samples.write(data, "train-images.idx4-ubyte", Samples.idx(new byte[24], 2, 2, 2, 3));
    Samples.write(data, "train-labels.idx1-ubyte", Samples.idx(Samples.bytes(1, 0), 2));
    assertThat(open(data).form()).isEqualTo(new ExampleForm(Shape.of(2, 2, 3), Classes.of(2)));
  }

  @Test
  void findsTheHeldOutImagesOfTheSameCollection() throws IOException {
    byte[] images = Samples.idx(PIXELS, 5, 3, 2);
    Path train = Samples.write(data, "emnist-letters-train-images-idx3-ubyte", images);
    Path test = Samples.write(data, "emnist-letters-test-images-idx3-ubyte", images);
    assertThat(ImageSource.heldOutOf(data).map(ImageSource::path)).hasValue(test);
    assertThat(ImageSource.heldOutOf(train).map(ImageSource::path)).hasValue(test);

    Samples.write(data, "emnist-digits-train-images-idx3-ubyte", images);
    Path digits = Samples.write(data, "emnist-digits-test-images-idx3-ubyte", images);
    assertThat(ImageSource.heldOutOf(train).map(ImageSource::path)).hasValue(test);
    assertThat(ImageSource.heldOutOf(digits)).isEmpty();
    assertThatThrownBy(() -> ImageSource.at(data, Split.TRAIN))
        .isInstanceOf(DataFormatException.class)
        .hasMessageContainingAll("emnist-digits-train", "emnist-letters-train", "images file");
  }

  @Test
  void theLabelsOfAnotherSplitAreNotThese() throws IOException {
    Samples.write(data, IMAGES, Samples.idx(PIXELS, 5, 3, 2));
    Samples.write(data, "t10k-labels-idx1-ubyte", Samples.idx(new byte[5], 5));
    assertThat(open(data).classes()).isEqualTo(Classes.NONE);
  }

  @Test
  void prefersThePlainNameAndLabelsWrittenLikeTheImages() throws IOException {
    Path plain = Samples.write(data, IMAGES, Samples.idx(PIXELS, 5, 3, 2));
    Samples.write(data, "fashion-" + IMAGES, Samples.idx(PIXELS, 5, 3, 2));
    Samples.write(data, "train-labels.idx1-int", Samples.idx(new byte[5], 5));
    Samples.write(data, LABELS, Samples.idx(Samples.bytes(0, 1, 2, 3, 4), 5));
    assertThat(ImageSource.at(data, Split.TRAIN).path()).isEqualTo(plain);
    assertThat(open(data).classes().count()).isEqualTo(5);
  }

  private PackedImages open(Path path) throws IOException {
    return PackedImages.open(ImageSource.at(path, Split.TRAIN), ImageOptions.asStored(), cache);
  }
}
