package org.samegan.core.setting;

import java.util.Collection;
import java.util.Comparator;

/** Finds what a misspelt name was meant to be. */
public final class NearestName {
  private NearestName() {}

  /**
   * The known name with the least edit distance (Levenshtein 1966) to the given one; the first of
   * several.
   *
   * @param given what was written
   * @param known at least one name
   */
  public static String to(String given, Collection<String> known) {
    return known.stream().min(Comparator.comparingInt(name -> distance(given, name))).orElseThrow();
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
