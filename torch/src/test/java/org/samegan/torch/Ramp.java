package org.samegan.torch;

import java.nio.FloatBuffer;
import org.samegan.core.Shape;
import org.samegan.core.data.Classes;
import org.samegan.core.data.Dataset;

/** Labelled examples whose values grow with their index and from the first to the last. */
public record Ramp(Shape exampleShape) implements Dataset {
  @Override
  public int size() {
    return 12;
  }

  @Override
  public Classes classes() {
    return Classes.of(SmallGans.CLASSES);
  }

  @Override
  public int label(int index) {
    return index % SmallGans.CLASSES;
  }

  @Override
  public void copyTo(int index, FloatBuffer destination) {
    for (int i = 0; i < exampleShape.elements(); i++) {
      destination.put((float) i / exampleShape.elements() * (index + 1) / size());
    }
  }
}
