package org.samegan.runs.augment;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.samegan.core.Shape;
import org.samegan.core.data.Classes;
import org.samegan.core.data.Dataset;
import org.samegan.core.data.PixelRange;

/**
 * Synthetic images with labels. As a dataset they come class by class in turn, and where a class
 * has fewer than it should, its images are repeated.
 */
final class SyntheticImages implements Dataset {
  private static final int PORTION = 1000;

  private final List<Image> images;
  private final Shape shape;
  private final Classes classes;
  private final int[] order;

  /**
   * One image.
   *
   * @param index its number among those of its maker
   * @param label its class
   * @param pixels row-major
   */
  @SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
  record Image(int index, int label, byte[] pixels) {}

  /**
   * Keeps images.
   *
   * @param images in the order of their indices
   * @param wanted how many of each class there should be; a class of which some are wanted has one
   *     at least
   */
  SyntheticImages(List<Image> images, Shape shape, Classes classes, int[] wanted) {
    this.images = List.copyOf(images);
    this.shape = shape;
    this.classes = classes;
    List<List<Integer>> byClass = new ArrayList<>();
    int most = 0;
    for (int label = 0; label < wanted.length; label++) {
      byClass.add(new ArrayList<>());
      most = Math.max(most, wanted[label]);
    }
    for (int i = 0; i < images.size(); i++) {
      byClass.get(images.get(i).label()).add(i);
    }
    List<Integer> chosen = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      for (int label = 0; label < wanted.length; label++) {
        if (i < wanted[label]) {
          List<Integer> own = byClass.get(label);
          chosen.add(own.get(i % own.size()));
        }
      }
    }
    order = chosen.stream().mapToInt(i -> i).toArray();
  }

  /** Makes images again by their indices, which are ascending. */
  static SyntheticImages of(
      ImageMaker maker, List<Integer> indices, Classes classes, int[] wanted) {
    int elements = maker.shape().elements();
    List<Image> images = new ArrayList<>();
    int next = 0;
    for (int first = 0; next < indices.size(); first += PORTION) {
      byte[] pixels = maker.make(first, PORTION);
      for (; next < indices.size() && indices.get(next) < first + PORTION; next++) {
        int index = indices.get(next);
        int start = (index - first) * elements;
        images.add(
            new Image(
                index, index % wanted.length, Arrays.copyOfRange(pixels, start, start + elements)));
      }
    }
    return new SyntheticImages(images, maker.shape(), classes, wanted);
  }

  /** Each image once, in the order of their indices. */
  List<Image> images() {
    return images;
  }

  /** How many different ones there are of each class, by label. */
  List<Integer> byClass() {
    List<Integer> counts = new ArrayList<>();
    for (int label = 0; label < classes.count(); label++) {
      counts.add(of(label, images.size()).size());
    }
    return counts;
  }

  /** The first images of a class, at most so many. */
  List<Image> of(int label, int most) {
    return images.stream().filter(image -> image.label() == label).limit(most).toList();
  }

  @Override
  public int size() {
    return order.length;
  }

  @Override
  public Shape exampleShape() {
    return shape;
  }

  @Override
  public void copyTo(int index, FloatBuffer destination) {
    for (byte pixel : images.get(order[index]).pixels()) {
      destination.put(PixelRange.UNIT.fromByte(pixel & 0xff));
    }
  }

  @Override
  public Classes classes() {
    return classes;
  }

  @Override
  public int label(int index) {
    return images.get(order[index]).label();
  }
}
