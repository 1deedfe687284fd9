package org.samegan.io.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.samegan.core.training.StepReport;
import org.samegan.io.json.Json;

/** Every step's numbers, one JSON object a line. */
public final class MetricsLog implements Closeable {
  private final BufferedWriter writer;

  private MetricsLog(BufferedWriter writer) {
    this.writer = writer;
  }

  /**
   * Opens a log to go on after a step. Lines of later steps, and a last line that was cut off, are
   * dropped, so that a resumed run's log is that of the run that was never interrupted.
   *
   * @param file the log; made if it isn't there
   * @param lastStep the last step that stays, 0 for none
   */
  public static MetricsLog open(Path file, long lastStep) throws IOException {
    if (Files.exists(file)) {
      long kept = lengthUpTo(file, lastStep);
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(kept);
      }
    }
    return new MetricsLog(
        Files.newBufferedWriter(
            file,
            StandardCharsets.UTF_8,
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND,
            StandardOpenOption.WRITE));
  }

  private static long lengthUpTo(Path file, long lastStep) throws IOException {
    long total = Files.size(file);
    long length = 0;
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      String line = reader.readLine();
      while (line != null) {
        long after = length + line.getBytes(StandardCharsets.UTF_8).length + 1;
        if (after > total || step(line) > lastStep) {
          return length;
        }
        length = after;
        line = reader.readLine();
      }
    }
    return length;
  }

  private static long step(String line) {
    try {
      return Json.tree(line.getBytes(StandardCharsets.UTF_8)).path("step").asLong(Long.MAX_VALUE);
    } catch (JsonProcessingException e) {
      // Cut off or damaged: it and what follows is written again.
      return Long.MAX_VALUE;
    }
  }

  /**
   * Adds a step's numbers.
   *
   * @param measured what was measured after the step in addition, by its name in the log
   */
  public void append(StepReport report, Map<String, ?> measured) throws IOException {
    ObjectNode line = (ObjectNode) Json.tree(report);
    measured.forEach((name, value) -> line.set(name, Json.tree(value)));
    writer.write(Json.line(line));
    writer.write('\n');
  }

  /** Makes what was added visible to readers. */
  public void flush() throws IOException {
    writer.flush();
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
