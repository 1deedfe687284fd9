package org.samegan.io.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.BufferedInputStream;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.samegan.core.training.StepReport;
import org.samegan.io.file.FileFailure;
import org.samegan.io.file.UnusableFileException;
import org.samegan.io.json.Json;

/** Every step's numbers, one JSON object a line. */
public final class MetricsLog implements Closeable {
  private final Path file;
  private final FileChannel channel;
  private final Writer writer;

  /** Writes to a file's channel by a writer on it. */
  MetricsLog(Path file, FileChannel channel, Writer writer) {
    this.file = file;
    this.channel = channel;
    this.writer = new BufferedWriter(writer);
  }

  /**
   * Opens a log to go on after a step. Lines of later steps, and a last line that was cut off, are
   * dropped, so that a resumed run's log is that of the run that was never interrupted. So is
   * damage after the last step that stays, which is written again.
   *
   * @param file the log; made if it isn't there
   * @param lastStep the last step that stays, 0 for none
   * @throws UnusableFileException if a line of the steps that stay is damaged; the log is unchanged
   *     then
   */
  public static MetricsLog open(Path file, long lastStep) throws IOException {
    long kept = Files.exists(file) ? lengthUpTo(file, lastStep) : 0;
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    channel.truncate(kept).position(kept);
    return new MetricsLog(file, channel, Channels.newWriter(channel, StandardCharsets.UTF_8));
  }

  /** Where the line of the last step that stays ends. */
  private static long lengthUpTo(Path file, long lastStep) throws IOException {
    long end = 0;
    long kept = 0;
    long keptStep = 0;
    Line dropped = null;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      long number = 1;
      for (byte[] text = line(in); text != null; text = line(in)) {
        Line line = new Line(number++, step(tree(text)));
        end += text.length + 1;
        // Damage before the last step may hide one that stays.
        boolean stays =
            line.step > 0 ? line.step <= lastStep : dropped == null && keptStep < lastStep;
        if (stays && (dropped != null || line.step <= keptStep)) {
          throw damaged(file, dropped == null ? line : dropped, lastStep);
        }
        if (stays) {
          kept = end;
          keptStep = line.step;
        } else if (dropped == null) {
          dropped = line;
        }
      }
    }
    return kept;
  }

  /**
   * Reads the numbers of a log's steps, in order, without changing it.
   *
   * @param file the log; nothing is read if it isn't there
   * @param lastStep the last step to read
   * @throws IOException if it can't be read
   */
  public static void read(Path file, long lastStep, Consumer<StepReport> reports)
      throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      for (byte[] text = line(in); text != null; text = line(in)) {
        JsonNode numbers = tree(text);
        long step = step(numbers);
        if (step > 0 && step <= lastStep) {
          reports.accept(report(step, numbers));
        }
      }
    }
  }

  private static StepReport report(long step, JsonNode line) {
    Map<String, Number> numbers = new LinkedHashMap<>();
    line.properties()
        .forEach(
            number -> {
              if (number.getValue().isNumber()) {
                numbers.put(number.getKey(), number.getValue().numberValue());
              }
            });
    numbers.remove("step");
    Number epoch = numbers.remove("epoch");
    return new StepReport(step, epoch == null ? 0 : epoch.longValue(), numbers);
  }

  /**
   * A whole line.
   *
   * @param number from 1
   * @param step 0 if it says none
   */
  private record Line(long number, long step) {}

  /** The next line without its end; null if there is none, or it was cut off. */
  private static byte[] line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0; next = in.read()) {
      if (next == '\n') {
        return line.toByteArray();
      }
      line.write(next);
    }
    return null;
  }

  /** What a line says; nothing if it is damaged. */
  private static JsonNode tree(byte[] line) {
    try {
      return Json.tree(line);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  private static long step(JsonNode line) {
    return Math.max(0, line.path("step").asLong());
  }

  private static UnusableFileException damaged(Path file, Line line, long lastStep) {
    return new UnusableFileException(
        file,
        "line " + line.number,
        "a JSON object for each step up to " + lastStep + ", in order",
        line.step > 0 ? "step " + line.step : "something else",
        "repair or delete the line, or move the file away, and resume again; training itself does"
            + " not need it",
        null);
  }

  /**
   * Adds a step's numbers.
   *
   * @throws IOException if the file can't be written, with its name
   */
  public void append(StepReport report) throws IOException {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("step", report.step());
    line.put("epoch", report.epoch());
    line.putAll(report.numbers());
    try {
      writer.write(Json.line(line));
      writer.write('\n');
    } catch (IOException e) {
      throw FileFailure.couldNotWrite(file, e);
    }
  }

  /**
   * Puts what was added on disk, where it outlasts a crash of the machine. Slow: meant to be called
   * before a checkpoint is saved, which must never be ahead of its log.
   *
   * @throws IOException if the file can't be written, with its name
   */
  public void flush() throws IOException {
    try {
      writer.flush();
      channel.force(false);
    } catch (IOException e) {
      throw FileFailure.couldNotWrite(file, e);
    }
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      writer.close();
    } catch (IOException e) {
      throw FileFailure.couldNotWrite(file, e);
    }
  }
}
