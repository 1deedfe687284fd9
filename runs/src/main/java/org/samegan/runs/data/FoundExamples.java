package org.samegan.runs.data;

import java.io.IOException;
import java.util.function.Consumer;
import org.samegan.core.data.ExampleForm;

/**
 * Examples of which the form is known, while they may still have to be read, which can take long:
 * what the form alone shows to be wrong is found out here.
 */
public interface FoundExamples {
  /** The shape and the number of classes. */
  ExampleForm form();

  /**
   * Makes the examples ready, which is what takes long.
   *
   * @param notices is told how far that is, and what is left out
   */
  Examples open(Consumer<String> notices) throws IOException;
}
