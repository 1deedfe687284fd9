package org.samegan.io.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The files of a folder that are no pictures by their names, counted so that nothing is left out
 * without a word.
 *
 * @param byEnding how many there are of each ending, such as {@code .webp}
 */
public record OtherFiles(Map<String, Integer> byEnding) {
  private static final int KINDS_NAMED = 5;
  private static final String NO_ENDING = "without an ending";

  /** Copies the map. */
  public OtherFiles {
    byEnding = Map.copyOf(byEnding);
  }

  static OtherFiles of(List<String> names) {
    Map<String, Integer> byEnding = new TreeMap<>();
    names.forEach(name -> byEnding.merge(ending(name), 1, Integer::sum));
    return new OtherFiles(byEnding);
  }

  /** How many there are. */
  public int count() {
    return byEnding.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Such as {@code 24 other files (16 .webp, 6 .gif, 2 without an ending)}. */
  @Override
  public String toString() {
    return described("");
  }

  /** Such as {@code 24 other files left out (16 .webp, 6 .gif, 2 without an ending)}. */
  public String leftOut() {
    return described(" left out");
  }

  private String described(String what) {
    List<Map.Entry<String, Integer>> kinds = new ArrayList<>(byEnding.entrySet());
    kinds.sort(
        Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
            .thenComparing(Map.Entry.comparingByKey()));
    String named =
        kinds.stream()
            .limit(KINDS_NAMED)
            .map(kind -> kind.getValue() + " " + kind.getKey())
            .collect(Collectors.joining(", "));
    String more = kinds.size() > KINDS_NAMED ? ", …" : "";
    int count = count();
    return String.format(
        Locale.ROOT,
        "%d other %s%s (%s%s)",
        count,
        count == 1 ? "file" : "files",
        what,
        named,
        more);
  }

  private static String ending(String name) {
    String last = name.substring(name.lastIndexOf('/') + 1);
    int dot = last.lastIndexOf('.');
    return dot < 1 || dot == last.length() - 1
        ? NO_ENDING
        : last.substring(dot).toLowerCase(Locale.ROOT);
  }
}
