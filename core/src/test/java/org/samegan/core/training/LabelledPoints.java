package org.samegan.core.training;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.samegan.core.Shape;
import org.samegan.core.data.Classes;
import org.samegan.core.data.Dataset;

/** Vectors with labels. */
final class LabelledPoints implements Dataset {
  private final List<float[]> points;
  private final List<Integer> labels;
  private final int classes;

  LabelledPoints(List<float[]> points, List<Integer> labels, int classes) {
    this.points = points;
    this.labels = labels;
    this.classes = classes;
  }

  /** Points uniform on [-1, 1), of the classes in turn. */
  static LabelledPoints random(int count, int length, int classes) {
    SplittableRandom random = new SplittableRandom(7);
    List<float[]> points = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[] point = new float[length];
      for (int k = 0; k < length; k++) {
        point[k] = (float) random.nextDouble(-1, 1);
      }
      points.add(point);
      labels.add(i % classes);
    }
    return new LabelledPoints(points, labels, classes);
  }

  float[] point(int index) {
    return points.get(index);
  }

  @Override
  public int size() {
    return points.size();
  }

  @Override
  public Shape exampleShape() {
    return Shape.of(points.get(0).length);
  }

  @Override
  public void copyTo(int index, FloatBuffer destination) {
    destination.put(points.get(index));
  }

  @Override
  public Classes classes() {
    return Classes.of(classes);
  }

  @Override
  public int label(int index) {
    return labels.get(index);
  }
}
