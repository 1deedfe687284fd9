package org.samegan.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassesTest {
  @Test
  void aClassIsCalledByItsName() {
    Classes animals = Classes.named(List.of("cat", "dog"));
    assertThat(animals.count()).isEqualTo(2);
    assertThat(animals.name(1)).isEqualTo("dog");
    assertThat(animals.label("cat")).isZero();
    assertThat(animals.label("Cat")).isEqualTo(-1);
    assertThat(animals.label("0")).isEqualTo(-1);
    assertThat(animals.description()).isEqualTo("2 classes: cat, dog");
  }

  @Test
  void withoutNamesByItsNumber() {
    assertThat(Classes.of(10).name(7)).isEqualTo("7");
    assertThat(Classes.of(10).label("7")).isEqualTo(7);
    assertThat(Classes.of(10).label("10")).isEqualTo(-1);
    assertThat(Classes.of(10).description()).isEqualTo("10 classes");
    assertThat(Classes.NONE.description()).isEqualTo("no classes");
  }

  @Test
  void numbersFromZeroAreNoNames() {
    assertThat(Classes.named(List.of("0", "1", "2"))).isEqualTo(Classes.of(3));
    assertThat(Classes.named(List.of("00", "01"))).isEqualTo(Classes.of(2));
    assertThat(Classes.named(List.of("1", "2", "3")).names()).containsExactly("1", "2", "3");
    assertThat(Classes.named(List.of("1", "0")).names()).containsExactly("1", "0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ".", "..", ".hidden", "a/b", "..\\b", "a\nb", "a\0b"})
  void aNameThatIsNoFoldersIsRefused(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Classes.named(List.of("cat", name)))
        .withMessageContainingAll("folder", "rename it");
  }

  @Test
  void namesAreAsManyAsClassesAndDiffer() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Classes(3, List.of("cat", "dog")))
        .withMessage("3 classes can't have 2 names");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Classes.named(List.of("cat", "cat")))
        .withMessageContaining("two classes have the name 'cat'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Classes.of(-1))
        .withMessageContaining("found -1");
  }
}
