package org.samegan.core.data;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The classes of labelled examples: how many there are, and what they are called.
 *
 * @param count how many; 0 if the examples carry no labels
 * @param names by label; empty if they have none but their numbers
 */
public record Classes(int count, List<String> names) {
  /** Those of examples without labels. */
  public static final Classes NONE = new Classes(0, List.of());

  private static final int LONGEST = 255;
  private static final int SHOWN = 30;

  /**
   * Checks the names. Classes that are called by their numbers, from 0, perhaps with leading zeros,
   * have no names.
   *
   * @throws IllegalArgumentException if the count is negative or not that of the names, or a name
   *     is given twice or can't be a folder's
   */
  public Classes {
    if (count < 0) {
      throw new IllegalArgumentException("the number of classes must be 0 or more, found " + count);
    }
    if (!names.isEmpty() && names.size() != count) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%d classes can't have %d names", count, names.size()));
    }
    Set<String> known = new HashSet<>();
    for (String name : names) {
      requireName(name);
      if (!known.add(name)) {
        throw new IllegalArgumentException(
            String.format(Locale.ROOT, "two classes have the name '%s'; rename one of them", name));
      }
    }
    names = areNumbers(names) ? List.of() : List.copyOf(names);
  }

  /** So many without names. */
  public static Classes of(int count) {
    return new Classes(count, List.of());
  }

  /** One for each name. */
  public static Classes named(List<String> names) {
    return new Classes(names.size(), names);
  }

  /**
   * What a class is called: its name, or else its number.
   *
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public String name(int label) {
    return allNames().get(label);
  }

  /** What all classes are called, by label. */
  public List<String> allNames() {
    return names.isEmpty() ? numbers(count) : names;
  }

  /** How many there are and what they are called, for people. */
  public String description() {
    String number = count == 1 ? "1 class" : count == 0 ? "no classes" : count + " classes";
    return names.isEmpty()
        ? number
        : number
            + ": "
            + String.join(", ", names.subList(0, Math.min(count, SHOWN)))
            + (count > SHOWN ? ", …" : "");
  }

  /**
   * The label of the class that is called so.
   *
   * @return -1 if there is none
   */
  public int label(String name) {
    return allNames().indexOf(name);
  }

  /** Samples are put into folders named so, wherever the names come from. */
  private static void requireName(String name) {
    boolean unfit =
        name.isBlank()
            || name.length() > LONGEST
            || name.startsWith(".")
            || name.chars().anyMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c));
    if (unfit) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a class's name must be fit for a folder (1 to %d characters, no dot first, no slash,"
                  + " no control character), found '%s'; rename it",
              LONGEST,
              name.length() > LONGEST ? name.substring(0, LONGEST) + "…" : name));
    }
  }

  private static boolean areNumbers(List<String> names) {
    return IntStream.range(0, names.size()).allMatch(i -> names.get(i).matches("0*" + i));
  }

  private static List<String> numbers(int count) {
    return IntStream.range(0, count).mapToObj(String::valueOf).toList();
  }
}
