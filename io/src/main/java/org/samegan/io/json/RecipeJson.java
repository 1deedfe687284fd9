package org.samegan.io.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.samegan.core.gan.LittleData;
import org.samegan.core.gan.Recipe;

/** A recipe in JSON: nothing is said of little data where nothing is done about it. */
final class RecipeJson {
  private RecipeJson() {}

  /** What a {@link Recipe} says only where there is something to say. */
  interface Optionals {
    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = NothingDone.class)
    LittleData littleData();
  }

  /** Equal to what is left out, as Jackson asks for it. */
  static final class NothingDone {
    @Override
    public boolean equals(Object other) {
      return LittleData.NONE.equals(other);
    }

    @Override
    public int hashCode() {
      return LittleData.NONE.hashCode();
    }
  }
}
