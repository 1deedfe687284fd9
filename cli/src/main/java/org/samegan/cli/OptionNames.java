package org.samegan.cli;

import java.util.regex.Pattern;

/**
 * How messages name options. The libraries say "the option image-size", which a program knows as
 * {@code RunOptions.IMAGE_SIZE}; people at a command line know it as {@code --image-size}.
 */
final class OptionNames {
  private static final Pattern ONE = Pattern.compile("\\bthe option ([a-z]+(?:-[a-z]+)*)");
  private static final Pattern TWO =
      Pattern.compile("\\bthe options ([a-z]+(?:-[a-z]+)*) and ([a-z]+(?:-[a-z]+)*)");

  private OptionNames() {}

  /** A library's message with options as they are typed. */
  static String dashed(String message) {
    String two = TWO.matcher(message).replaceAll("--$1 and --$2");
    return ONE.matcher(two).replaceAll("--$1");
  }
}
