package org.samegan.io.toy;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Objects;
import org.samegan.core.Shape;
import org.samegan.core.data.Classes;
import org.samegan.core.data.Dataset;
import org.samegan.core.random.RandomStream;
import org.samegan.io.data.Split;
import org.samegan.io.file.Sha256;

/**
 * 50,000 points of the plane, [x, y], each drawn anew whenever it is asked for: a point is a
 * function of (distribution, split, seed, index). Where there are modes they are the classes.
 *
 * @param distribution what is drawn from
 * @param split the points to learn from, or as many others of the same distribution
 * @param seed the seed of the points; a run's own seed is another
 */
public record ToyData(ToyDistribution distribution, Split split, long seed) implements Dataset {
  /** The number of points. */
  public static final int SIZE = 50_000;

  private static final long DEFAULT_SEED = 42;
  private static final Shape POINT = Shape.of(2);

  /** Requires a distribution and a split. */
  public ToyData {
    Objects.requireNonNull(distribution, "distribution");
    Objects.requireNonNull(split, "split");
  }

  /**
   * The training points of the distribution with this name, of seed 42.
   *
   * @param name {@code 8gaussians}, {@code 25gaussians} or {@code swissroll}
   * @throws IllegalArgumentException if there is none, with the nearest name
   */
  public static ToyData named(String name) {
    return new ToyData(ToyDistribution.named(name), Split.TRAIN, DEFAULT_SEED);
  }

  /** The same distribution with other points. */
  public ToyData withSeed(long seed) {
    return new ToyData(distribution, split, seed);
  }

  /** Another split, whose points are independent of this one's. */
  public ToyData withSplit(Split split) {
    return new ToyData(distribution, split, seed);
  }

  @Override
  public int size() {
    return SIZE;
  }

  @Override
  public Shape exampleShape() {
    return POINT;
  }

  @Override
  public void copyTo(int index, FloatBuffer destination) {
    Point point = distribution.draw(stream(index));
    destination.put((float) point.x()).put((float) point.y());
  }

  @Override
  public Classes classes() {
    return Classes.of(distribution.modes().size());
  }

  /** The index of the mode that the point was drawn from. */
  @Override
  public int label(int index) {
    if (distribution.modes().isEmpty()) {
      throw new IllegalStateException(distribution.id() + " has no labels, as it has no modes");
    }
    return distribution.mode(stream(index));
  }

  /**
   * The first points as x, y, x, y, ...
   *
   * @param count from 0 to {@code size()}
   * @throws IndexOutOfBoundsException if there are not so many
   */
  public FloatBuffer points(int count) {
    Objects.checkFromIndexSize(0, count, SIZE);
    FloatBuffer points = FloatBuffer.allocate(2 * count);
    for (int i = 0; i < count; i++) {
      copyTo(i, points);
    }
    return points.flip();
  }

  /** The SHA-256 of all points and labels, 64 hexadecimal digits. */
  public String fingerprint() {
    MessageDigest digest = Sha256.start();
    digest.update("SameGAN points 1".getBytes(StandardCharsets.US_ASCII));
    ByteBuffer point = ByteBuffer.allocate(2 * Float.BYTES + Integer.BYTES);
    FloatBuffer points = points(SIZE);
    for (int i = 0; i < SIZE; i++) {
      point.clear().putFloat(points.get()).putFloat(points.get());
      point.putInt(distribution.modes().isEmpty() ? 0 : label(i));
      digest.update(point.array());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private RandomStream stream(int index) {
    Objects.checkIndex(index, SIZE);
    String part = split == Split.TRAIN ? "train" : "test";
    return RandomStream.of(seed, "toy/" + distribution.id() + "/" + part, index);
  }
}
