package org.samegan.core.training;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.samegan.core.Draws;
import org.samegan.core.Shape;
import org.samegan.core.data.Dataset;

/** Random examples in [-1, 1), and a record of which were asked for. */
public final class RecordingData implements Dataset {
  public final List<Integer> asked = new ArrayList<>();
  private final int size;
  private final Shape shape;
  private final Map<Integer, Float> replaced = new HashMap<>();

  public RecordingData(int size, Shape shape) {
    this.size = size;
    this.shape = shape;
  }

  public static RecordingData ofImages(int size) {
    return new RecordingData(size, Shape.of(8, 8, 1));
  }

  /** With another first value in one example. */
  RecordingData withValue(int index, float value) {
    replaced.put(index, value);
    return this;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Shape exampleShape() {
    return shape;
  }

  @Override
  public void copyTo(int index, FloatBuffer destination) {
    asked.add(index);
    destination.put(example(index));
  }

  public float[] example(int index) {
    double[] values = Draws.uniform(1000 + index, shape.elements(), -1, 1);
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    floats[0] = replaced.getOrDefault(index, floats[0]);
    return floats;
  }
}
