package org.samegan.runs.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.samegan.core.data.ExampleKind;
import org.samegan.io.run.RunConfig;
import org.samegan.io.toy.ToyData;

/** Where a configuration says that data is. */
public sealed interface DataPlace permits ImagePlace, ToyPlace {
  /**
   * The place of this name; nothing is looked for yet.
   *
   * @param name a path, or {@code toy:} and the name of a distribution of the plane
   * @throws IllegalArgumentException if there is no such distribution, with the nearest name
   */
  static DataPlace of(String name) {
    return name.startsWith(ToyPlace.PREFIX) ? ToyPlace.named(name) : new ImagePlace(Path.of(name));
  }

  /** What the examples are. */
  ExampleKind kind();

  /** The name, with an absolute path, so that it can be used from any directory. */
  String absolute();

  /**
   * Makes sure that a configuration asks nothing of the examples that they can't be.
   *
   * @throws IllegalArgumentException if it does, with the option
   */
  void requireFitting(RunConfig config);

  /**
   * Finds the examples to train on, in the form that a configuration asks for.
   *
   * @throws IOException if there are none
   */
  FoundExamples find(RunConfig config) throws IOException;

  /**
   * Finds examples that are held out from training.
   *
   * @param named whether this place was named for them; otherwise it is that of the training data,
   *     and perhaps some belong to it
   * @return empty if none belong to it
   * @throws IOException if there should be some and are none
   */
  Optional<FoundExamples> findHeldOut(RunConfig config, boolean named) throws IOException;

  /** The distribution that points are drawn from; empty for images. */
  default Optional<ToyData> points() {
    return Optional.empty();
  }
}
