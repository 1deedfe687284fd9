package org.samegan.io.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.samegan.core.Shape;
import org.samegan.core.data.Classes;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.data.PixelRange;

class FolderTest {
  @TempDir private Path folder;
  @TempDir private Path cache;

  @Test
  void subfoldersAreClassesAndTheOrderIsThatOfThePaths() throws IOException {
    // Made in another order than the one expected.
    Samples.write(folder, "dog/b.png", Samples.flatPng(3));
    Samples.write(folder, "cat/z/deep.PNG", Samples.flatPng(2));
    Samples.write(folder, "dog/B.png", Samples.flatPng(4));
    Samples.write(folder, "cat/a.png", Samples.flatPng(1));
    Samples.write(folder, "cat/.hidden.png", Samples.flatPng(9));
    Samples.write(folder, ".trash/a.png", Samples.flatPng(9));
    Samples.write(folder, "dog/notes.txt", new byte[1]);
    Samples.write(folder, "empty/readme", new byte[1]);

    FolderSource source = (FolderSource) ImageSource.at(folder, Split.TRAIN);
    PackedImages images = PackedImages.open(source, ImageOptions.asStored(), cache);

    assertThat(source.images())
        .containsExactly("cat/a.png", "cat/z/deep.PNG", "dog/B.png", "dog/b.png");
    assertThat(source.others().count()).isEqualTo(2);
    assertThat(images.classes()).isEqualTo(Classes.named(List.of("cat", "dog")));
    assertThat(values(images)).containsExactly(1, 2, 4, 3);
    assertThat(List.of(images.label(0), images.label(1), images.label(2), images.label(3)))
        .containsExactly(0, 0, 1, 1);
    assertThat(images.skipped()).isEmpty();
  }

  @Test
  void sortsByCodePointWhereUtf16WouldDiffer() throws IOException {
    // U+FF5E sorts before U+1F600, whose first UTF-16 unit is D83D.
    Samples.write(folder, "\uD83D\uDE00.png", Samples.flatPng(2));
    Samples.write(folder, "\uFF5E.png", Samples.flatPng(1));
    assertThat(values(open(ImageOptions.asStored()))).containsExactly(1, 2);
  }

  @Test
  void imagesInTheFolderItselfAreUnlabelled() throws IOException {
    Samples.write(folder, "b.png", Samples.flatPng(2));
    Samples.write(folder, "a.png", Samples.flatPng(1));
    PackedImages images = open(ImageOptions.asStored());
    assertThat(images.classes()).isEqualTo(Classes.NONE);
    assertThat(images.classes().allNames()).isEmpty();
    assertThat(images.as(PixelRange.UNIT).classes()).isEqualTo(Classes.NONE);
    assertThat(values(images)).containsExactly(1, 2);
  }

  @Test
  void refusesLooseImagesBesideClassesNamingBoth() throws IOException {
    Samples.write(folder, "loose.png", Samples.flatPng(1));
    Samples.write(folder, "cat/a.png", Samples.flatPng(1));
    assertThatThrownBy(() -> ImageSource.at(folder, Split.TRAIN))
        .isInstanceOf(DataFormatException.class)
        .hasMessageContainingAll(folder.toString(), "loose.png", "cat");
  }

  @Test
  void refusesADirectoryWithoutImagesSayingWhatIsThere() throws IOException {
    assertThatThrownBy(() -> ImageSource.at(folder, Split.TRAIN))
        .isInstanceOf(DataFormatException.class)
        .hasMessageContainingAll(folder.toString(), "PNG or JPEG", "empty directory");
    Samples.write(folder, "notes.txt", new byte[1]);
    Samples.write(folder, "table.csv", new byte[1]);
    Samples.write(folder, "z/weights.bin", new byte[1]);
    assertThatThrownBy(() -> ImageSource.at(folder, Split.TRAIN))
        .hasMessageContainingAll(
            "train-images-idx3-ubyte", "3 other files (1 .bin, 1 .csv, 1 .txt) such as notes.txt");
  }

  @Test
  void hasNoHeldOutSplit() throws IOException {
    Samples.write(folder, "a.png", Samples.flatPng(1));
    assertThatThrownBy(() -> ImageSource.at(folder, Split.TEST))
        .isInstanceOf(DataFormatException.class)
        .hasMessageContainingAll("held-out", "a folder of 1 images");
  }

  @Test
  void corruptImageIsNamedAndLeftOutOnDemand() throws IOException {
    Samples.write(folder, "a.png", Samples.flatPng(1));
    Path bad = Samples.write(folder, "b.png", Arrays.copyOf(Samples.flatPng(2), 50));
    Samples.write(folder, "c.png", Samples.flatPng(3));

    assertThatThrownBy(() -> open(ImageOptions.asStored()))
        .isInstanceOf(DataFormatException.class)
        .hasMessageStartingWith(bad.toString())
        .hasMessageContainingAll("truncated", "skip-bad");
    assertThat(cache).isEmptyDirectory();

    // Made, and found in the cache.
    for (int time = 0; time < 2; time++) {
      PackedImages rest = open(ImageOptions.asStored().withSkipBad(true));
      assertThat(values(rest)).containsExactly(1, 3);
      assertThat(rest.skipped()).extracting(LeftOut::path).containsExactly(bad);
    }
  }

  @Test
  void theFirstImageAndTheFoldersTellTheForm() throws IOException {
    Samples.write(folder, "x/a.png", Samples.grayPng(6, 4, Samples.random(24)));
    Samples.write(folder, "y/b.png", new byte[9]);
    ImageSource source = ImageSource.at(folder, Split.TRAIN);
    ImageOptions stored = ImageOptions.asStored();

    assertThat(source.form(stored))
        .isEqualTo(new ExampleForm(Shape.of(4, 6, 1), Classes.named(List.of("x", "y"))));
    assertThat(source.form(stored.withSize(5).withChannels(3)))
        .isEqualTo(new ExampleForm(Shape.of(5, 5, 3), Classes.named(List.of("x", "y"))));
  }

  @Test
  void theFormIsTheFirstGoodImagesWhereBadOnesAreLeftOut() throws IOException {
    Path bad = Samples.write(folder, "a.png", new byte[9]);
    Samples.write(folder, "b.png", Samples.grayPng(6, 4, Samples.random(24)));
    ImageSource source = ImageSource.at(folder, Split.TRAIN);
    ImageOptions skipping = ImageOptions.asStored().withSkipBad(true);

    assertThat(source.form(skipping)).isEqualTo(open(skipping).form());
    assertThat(source.form(skipping)).isEqualTo(new ExampleForm(Shape.of(4, 6, 1), Classes.NONE));
    assertThatThrownBy(() -> source.form(ImageOptions.asStored()))
        .isInstanceOf(DataFormatException.class)
        .hasMessageContainingAll(bad.toString(), "skip-bad");
  }

  @Test
  void refusesAFolderOfBadImagesOnly() throws IOException {
    Samples.write(folder, "a.png", new byte[9]);
    Samples.write(folder, "b.png", new byte[9]);
    ImageSource source = ImageSource.at(folder, Split.TRAIN);
    assertThatThrownBy(() -> source.form(ImageOptions.asStored().withSkipBad(true)))
        .isInstanceOf(DataFormatException.class)
        .hasMessageContainingAll(folder.toString(), "2, all of them bad", "a.png");
    assertThatThrownBy(() -> open(ImageOptions.asStored().withSkipBad(true)))
        .isInstanceOf(DataFormatException.class)
        .hasMessageContainingAll(folder.toString(), "2, all of them bad", "a.png");
  }

  @Test
  void refusesDifferentSizesUnlessOneIsAskedFor() throws IOException {
    Samples.write(folder, "a.png", Samples.grayPng(6, 4, Samples.random(24)));
    Samples.write(folder, "b.png", Samples.grayPng(6, 4, Samples.random(24)));
    Samples.write(folder, "c.png", Samples.grayPng(5, 5, Samples.random(25)));
    assertThatThrownBy(() -> open(ImageOptions.asStored()))
        .isInstanceOf(DataFormatException.class)
        .hasMessageContainingAll("a.png with 4x6x1", "c.png with 5x5x1", "size option");
    assertThat(open(ImageOptions.asStored().withSize(3)).shape()).isEqualTo(Shape.of(3, 3, 1));
  }

  @Test
  void refusesGrayBesideColourUnlessTheChannelsAreAskedFor() throws IOException {
    Samples.write(folder, "a.png", Samples.flatPng(7));
    Samples.write(folder, "b.png", Samples.png(4, 4, 8, 2, new byte[0], new byte[0], new byte[48]));
    assertThatThrownBy(() -> open(ImageOptions.asStored()))
        .isInstanceOf(DataFormatException.class)
        .hasMessageContainingAll("a.png with 4x4x1", "b.png with 4x4x3", "channels option");
    assertThat(values(open(ImageOptions.asStored().withChannels(1)))).containsExactly(7, 0);
    assertThat(open(ImageOptions.asStored().withChannels(3)).shape()).isEqualTo(Shape.of(4, 4, 3));
  }

  @Test
  void tellsTheProgress() throws IOException {
    Samples.write(folder, "a.png", Samples.flatPng(1));
    Samples.write(folder, "b.png", Samples.flatPng(2));
    List<String> calls = new ArrayList<>();
    for (int time = 0; time < 2; time++) {
      PackedImages.open(
          ImageSource.at(folder, Split.TRAIN),
          ImageOptions.asStored(),
          cache,
          (done, total) -> calls.add(done + "/" + total));
    }
    assertThat(calls).containsExactly("1/2", "2/2");
  }

  @Test
  void followsLinksToDirectories() throws IOException {
    Samples.write(folder, "real/a/x.png", Samples.flatPng(1));
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("real"));
    assertThat(ImageSource.at(link, Split.TRAIN)).isInstanceOf(FolderSource.class);
    FolderSource both = (FolderSource) ImageSource.at(folder, Split.TRAIN);
    assertThat(both.classNames()).containsExactly("link", "real");
  }

  @Test
  void brokenLinkIsABadImageAndALoopOfLinksIsNamed() throws IOException {
    Samples.write(folder, "a.png", Samples.flatPng(1));
    Path broken = folder.resolve("b.png");
    Files.createSymbolicLink(broken, folder.resolve("gone.png"));
    assertThatThrownBy(() -> open(ImageOptions.asStored()))
        .isInstanceOf(DataFormatException.class)
        .hasMessageContainingAll(broken.toString(), "broken link", "skip-bad");
    assertThat(open(ImageOptions.asStored().withSkipBad(true)).skipped())
        .extracting(LeftOut::path)
        .containsExactly(broken);

    Path loop = Files.createSymbolicLink(folder.resolve("loop"), folder);
    assertThatThrownBy(() -> ImageSource.at(folder, Split.TRAIN))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll(loop.toString(), "check its permissions and links");
  }

  @Test
  void optionsRefuseImpossibleValues() {
    assertThatThrownBy(() -> ImageOptions.asStored().withSize(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1");
    assertThatThrownBy(() -> ImageOptions.asStored().withChannels(2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2");
  }

  private PackedImages open(ImageOptions options) throws IOException {
    return PackedImages.open(ImageSource.at(folder, Split.TRAIN), options, cache);
  }

  /** The first pixel of every image. */
  private static List<Integer> values(PackedImages images) {
    List<Integer> values = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      FloatBuffer pixels = FloatBuffer.allocate(images.shape().elements());
      images.as(PixelRange.UNIT).copyTo(i, pixels);
      values.add(PixelRange.UNIT.toByte(pixels.get(0)));
    }
    return values;
  }
}
