package org.samegan.runs.augment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The command line that gives the same experiment, with every setting said. */
final class ReproducingCommand {
  private ReproducingCommand() {}

  /** That of settings as a report has them. */
  static String of(Map<String, Object> settings) {
    List<String> words = new ArrayList<>(List.of("samegan", "augment"));
    settings.forEach(
        (key, value) -> {
          if (value instanceof Map<?, ?> ofVariant) {
            ofVariant.forEach(
                (name, chosen) -> words.addAll(List.of("--set", quoted(name + "=" + chosen))));
          } else if (Boolean.TRUE.equals(value)) {
            words.add("--" + key);
          } else if (value instanceof List<?> list) {
            if (!list.isEmpty()) {
              words.addAll(List.of("--" + key, quoted(joined(list))));
            }
          } else if (value != null && !Boolean.FALSE.equals(value)) {
            words.addAll(List.of("--" + key, quoted(value.toString())));
          }
        });
    words.addAll(List.of("--out", "DIR"));
    return String.join(" ", words);
  }

  private static String joined(List<?> list) {
    return list.stream()
        .map(value -> value instanceof Arm arm ? arm.id() : value.toString())
        .collect(Collectors.joining(","));
  }

  /** As a shell takes it for one word. */
  private static String quoted(String word) {
    return word.matches("[\\w./@%+=:,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
