package org.samegan.io.data;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Comparator;

/**
 * The order in which people list names: numbers in them by their value, so that 2 comes before 10,
 * and all else by code points. Different names are never equal.
 */
final class NaturalOrder implements Comparator<String> {
  /** Unlike {@link String#compareTo}, the same as the order of the UTF-8 bytes. */
  static final Comparator<String> CODE_POINTS =
      (a, b) -> Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());

  private static final String NUMBER_ENDS = "(?<=[0-9])(?![0-9])";
  private static final String NUMBER_BEGINS = "(?<![0-9])(?=[0-9])";

  @Override
  public int compare(String a, String b) {
    String[] partsOfA = a.split(NUMBER_ENDS + "|" + NUMBER_BEGINS);
    String[] partsOfB = b.split(NUMBER_ENDS + "|" + NUMBER_BEGINS);
    int order = Arrays.compare(partsOfA, partsOfB, NaturalOrder::compareParts);
    return order == 0 ? CODE_POINTS.compare(a, b) : order;
  }

  private static int compareParts(String a, String b) {
    return isNumber(a) && isNumber(b)
        ? new BigInteger(a).compareTo(new BigInteger(b))
        : CODE_POINTS.compare(a, b);
  }

  private static boolean isNumber(String part) {
    return !part.isEmpty() && part.charAt(0) >= '0' && part.charAt(0) <= '9';
  }
}
