package org.samegan.runs.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
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

  @Test
  void aClassThatCanNotBeChosenIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SampleClasses.of(Latent.normal(2), 0))
        .withMessageContainingAll("the option label", "learnt no labels");
    Latent labelled = Latent.normal(2).with(new Latent.Label(3));
    for (int label : new int[] {-1, 3}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> SampleClasses.of(labelled, label))
          .withMessageContainingAll("classes, 0 to 2", "found " + label);
    }
  }
}
