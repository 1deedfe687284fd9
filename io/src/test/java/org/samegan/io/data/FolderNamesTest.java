package org.samegan.io.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.samegan.core.data.Classes;

/** What the names of folders say about the images in them. */
class FolderNamesTest {
  @TempDir private Path folder;
  @TempDir private Path cache;

  private PackedImages open() throws IOException {
    ImageSource source = ImageSource.at(folder, Split.TRAIN);
    return PackedImages.open(source, ImageOptions.asStored(), cache);
  }

  private void image(String name) throws IOException {
    Samples.write(folder, name, Samples.flatPng(1));
  }

  @Test
  void numbersAreOrderedByTheirValue() throws IOException {
    for (int i = 0; i < 12; i++) {
      image(i + "/a.png");
    }
    PackedImages images = open();
    assertThat(images.classes()).as("numbers are no names").isEqualTo(Classes.of(12));
    for (int i = 0; i < images.size(); i++) {
      // In the order of the paths: 0, 1, 10, 11, 2 and so on.
      String name = ((FolderSource) ImageSource.at(folder, Split.TRAIN)).images().get(i);
      assertThat(images.label(i) + "/a.png").isEqualTo(name);
    }
  }

  @Test
  void theOrderIsTheOneOfPeople() {
    List<String> ordered =
        List.of(
            "1",
            "01",
            "2",
            "10",
            "a",
            "a-1",
            "a-1-3",
            "a-01-4",
            "a-2",
            "a-10",
            "a-10b",
            "b",
            "ä",
            "99999999999999999999999",
            "100000000000000000000000");
    List<String> expected =
        List.of(
            "01",
            "1",
            "2",
            "10",
            "99999999999999999999999",
            "100000000000000000000000",
            "a",
            "a-1",
            "a-1-3",
            "a-01-4",
            "a-2",
            "a-10",
            "a-10b",
            "b",
            "ä");
    List<String> shuffled = new ArrayList<>(ordered);
    for (int seed = 0; seed < 20; seed++) {
      Collections.shuffle(shuffled, new Random(seed));
      shuffled.sort(new NaturalOrder());
      assertThat(shuffled).isEqualTo(expected);
    }
  }

  @Test
  void trainAndTestAreSplitsAndNoClasses() throws IOException {
    image("Train/cat/a.png");
    image("Train/dog/a.png");
    image("test/cat/b.png");
    image("test/dog/b.png");
    image("val/dog/c.png");
    FolderSource train = (FolderSource) ImageSource.at(folder, Split.TRAIN);
    FolderSource test = (FolderSource) ImageSource.at(folder, Split.TEST);
    assertThat(train.images()).containsExactly("cat/a.png", "dog/a.png");
    assertThat(test.images()).containsExactly("cat/b.png", "dog/b.png");
    assertThat(ImageSource.heldOutOf(folder)).contains(test);
    assertThat(open().classes().allNames()).containsExactly("cat", "dog");
  }

  @Test
  void validationIsHeldOutToo() throws IOException {
    image("training/a.png");
    image("validation/b.png");
    assertThat(ImageSource.heldOutOf(folder).orElseThrow().path())
        .isEqualTo(folder.resolve("validation"));
    assertThat(open().classes()).isEqualTo(Classes.NONE);
  }

  @Test
  void aClassMayBeCalledTrain() throws IOException {
    image("bus/a.png");
    image("train/a.png");
    assertThat(ImageSource.heldOutOf(folder)).isEmpty();
    assertThat(open().classes().allNames()).containsExactly("bus", "train");
  }

  @Test
  void splitsBesideOtherFoldersAreRefused() throws IOException {
    image("train/a.png");
    image("test/a.png");
    Files.createDirectory(folder.resolve("extra"));
    assertThatThrownBy(() -> ImageSource.at(folder, Split.TRAIN))
        .isInstanceOf(DataFormatException.class)
        .hasMessageContainingAll("train and test only", "the subfolder extra too", "name");
  }
}
