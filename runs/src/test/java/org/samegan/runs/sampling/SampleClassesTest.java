package org.samegan.runs.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.samegan.core.data.Classes;
import org.samegan.core.gan.Latent;

class SampleClassesTest {
  private static SampleClasses inTurn(int classes) {
    return SampleClasses.of(Latent.normal(2).with(new Latent.Label(classes)), null);
  }

  @Test
  void foldersSortAsTheirClassesDo() {
    SampleClasses twelve = inTurn(12);
    assertThat(twelve.directory(Path.of("x"), 2)).isEqualTo(Path.of("x/02"));
    assertThat(twelve.directory(Path.of("x"), 23)).isEqualTo(Path.of("x/11"));
    assertThat(twelve.columns(100)).as("a class each").isEqualTo(12);
    assertThat(twelve.columns(5)).isEqualTo(5);
    SampleClasses many = inTurn(101);
    assertThat(many.columns(100)).as("too many to show all").isEqualTo(10);
    assertThat(many.directory(Path.of("x"), 7)).isEqualTo(Path.of("x/007"));
  }

  private static Path folder(String label, String... names) {
    Latent latent = Latent.normal(2).with(new Latent.Label(Classes.named(List.of(names))));
    return SampleClasses.of(latent, label).directory(Path.of(""), 0);
  }

  @Test
  void namedClassesAreChosenByNameOrByNumber() {
    assertThat(folder("dog", "cat", "dog", "zebra")).isEqualTo(Path.of("dog"));
    assertThat(folder("2", "cat", "dog", "zebra")).isEqualTo(Path.of("zebra"));
    assertThat(folder(null, "cat", "dog", "zebra")).isEqualTo(Path.of("cat"));
    assertThat(folder("2", "1", "2", "3")).as("its name").isEqualTo(Path.of("2"));
    assertThatIllegalArgumentException()
        .as("0 is no name, and numbers are names")
        .isThrownBy(() -> folder("0", "1", "2", "3"))
        .withMessageContainingAll("3 classes: 1, 2, 3", "found 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> folder("Dog", "cat", "dog", "zebra"))
        .withMessageContainingAll("3 classes: cat, dog, zebra", "found Dog");
  }

  @Test
  void aClassThatCanNotBeChosenIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SampleClasses.of(Latent.normal(2), "0"))
        .withMessageContainingAll("the option label", "learnt no labels");
    Latent labelled = Latent.normal(2).with(new Latent.Label(3));
    for (String label : List.of("-1", "3", "cat", "", "01")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> SampleClasses.of(labelled, label))
          .withMessageContainingAll("classes, 0 to 2", "found " + label);
    }
  }
}
