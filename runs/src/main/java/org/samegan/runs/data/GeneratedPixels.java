package org.samegan.runs.data;

import java.nio.FloatBuffer;
import org.samegan.core.Shape;
import org.samegan.core.data.Classes;
import org.samegan.core.data.Dataset;
import org.samegan.core.data.PixelRange;

/**
 * Images that were made as bytes, as floats in a range; of the classes in turn, if there are any.
 */
public final class GeneratedPixels implements Dataset {
  private final byte[] bytes;
  private final Shape shape;
  private final Classes classes;
  private final PixelRange range;

  /**
   * Takes bytes over.
   *
   * @param bytes whole images, one behind the other
   * @param shape of one image
   * @param classes {@link Classes#NONE} for images without labels
   */
  public GeneratedPixels(byte[] bytes, Shape shape, Classes classes, PixelRange range) {
    this.bytes = bytes;
    this.shape = shape;
    this.classes = classes;
    this.range = range;
  }

  @Override
  public Shape exampleShape() {
    return shape;
  }

  @Override
  public Classes classes() {
    return classes;
  }

  @Override
  public int size() {
    return bytes.length / shape.elements();
  }

  @Override
  public void copyTo(int index, FloatBuffer destination) {
    int start = index * shape.elements();
    for (int i = start; i < start + shape.elements(); i++) {
      destination.put(range.fromByte(bytes[i] & 0xff));
    }
  }

  @Override
  public int label(int index) {
    return classes.count() == 0 ? Dataset.super.label(index) : index % classes.count();
  }
}
