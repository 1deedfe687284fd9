package org.samegan.io.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Files and directories that are named after steps, such as {@code step-00000100.png}. Their order
 * is that of the numbers: from step 100,000,000 on a name is longer, and sorts as text before those
 * of earlier steps.
 */
public final class StepFiles {
  private StepFiles() {}

  /**
   * The name for a step.
   *
   * @param suffix such as {@code .png}; empty for a directory
   */
  public static String name(long step, String suffix) {
    return String.format(Locale.ROOT, "step-%08d%s", step, suffix);
  }

  /** The step of a directory that {@link #in} has found. */
  static long step(Path directory) {
    return Long.parseLong(directory.getFileName().toString().substring("step-".length()));
  }

  /**
   * What a directory has under such names, the first step's first; nothing if it isn't there.
   *
   * @param suffix such as {@code .png}; empty for directories
   */
  public static List<Path> in(Path directory, String suffix) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    Pattern name = Pattern.compile("step-(\\d{1,18})" + Pattern.quote(suffix));
    Map<Long, Path> found = new TreeMap<>();
    try (Stream<Path> children = Files.list(directory)) {
      for (Path child : children.toList()) {
        Matcher match = name.matcher(child.getFileName().toString());
        if (match.matches()) {
          long step = Long.parseLong(match.group(1));
          // One file for each step: step-7 is nothing that we wrote.
          if (match.group().equals(name(step, suffix))) {
            found.put(step, child);
          }
        }
      }
    }
    return List.copyOf(found.values());
  }
}
