package org.samegan.io.file;

import java.util.Arrays;
import java.util.Random;

/** What can happen to a file: a bit flips, its end is lost, or something is appended. */
public final class Damage {
  private Damage() {}

  /** One of the three, by turns. */
  public static byte[] of(byte[] good, int number, Random random) {
    return switch (number % 3) {
      case 0 -> flipped(good, random);
      case 1 -> Arrays.copyOf(good, random.nextInt(good.length));
      default -> Arrays.copyOf(good, good.length + 1 + random.nextInt(good.length));
    };
  }

  /** With one bit flipped. */
  public static byte[] flipped(byte[] good, Random random) {
    byte[] bad = good.clone();
    bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
    return bad;
  }
}
