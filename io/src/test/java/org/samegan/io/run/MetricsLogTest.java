package org.samegan.io.run;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.samegan.core.training.StepReport;
import org.samegan.io.file.UnusableFileException;

class MetricsLogTest {
  @TempDir Path directory;

  @Test
  void aResumedLogIsTheUninterruptedLog() throws IOException {
    Path whole = directory.resolve("whole.jsonl");
    append(whole, 0, 1, 9);
    Path resumed = directory.resolve("resumed.jsonl");
    append(resumed, 0, 1, 7);
    // Killed in the middle of a line, and resumed from the checkpoint of step 4.
    Files.writeString(resumed, Files.readString(resumed) + "{\"step\":8,\"ep");
    append(resumed, 4, 5, 9);
    assertThat(resumed).hasSameTextualContentAs(whole);
  }

  @Test
  void aFullDiskIsToldWithTheFilesName() throws IOException {
    Path file = directory.resolve("m.jsonl");
    Writer full =
        new Writer() {
          @Override
          public void write(char[] text, int from, int length) throws IOException {
            throw new IOException("No space left on device");
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    FileChannel channel = FileChannel.open(file, CREATE, WRITE);
    MetricsLog log = new MetricsLog(file, channel, full);
    log.append(new StepReport(1, 1, new LinkedHashMap<>(Map.of("loss", 1.0))));
    for (ThrowingCallable writing : new ThrowingCallable[] {log::flush, log::close}) {
      assertThatThrownBy(writing)
          .isInstanceOf(FileSystemException.class)
          .hasMessageContainingAll(file.toString(), "No space left on device", "free space");
    }
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void keepsEverythingUpToTheStepEvenIfTheLastLineIsCutOff() throws IOException {
    Path file = directory.resolve("m.jsonl");
    append(file, 0, 1, 3);
    String good = Files.readString(file);
    Files.writeString(file, good + "{\"step\":4,\"epoch\":1");
    MetricsLog.open(file, 4).close();
    assertThat(file).hasContent(good);
  }

  @Test
  void refusesDamageInWhatStays() throws IOException {
    Path file = directory.resolve("m.jsonl");
    append(file, 0, 1, 9);
    byte[] good = Files.readAllBytes(file);
    int length = Files.readString(file).indexOf('\n') + 1;
    int lineFive = 4 * length;
    // No quote, another key, a step that was before, and one that is later.
    Map<Integer, byte[]> changes =
        Map.of(
            lineFive + 1,
            new byte[] {'#'},
            lineFive + 8,
            new byte[] {'4'},
            lineFive,
            "{\"step\":13".getBytes(StandardCharsets.US_ASCII),
            lineFive + 5,
            new byte[] {'q'});
    for (Map.Entry<Integer, byte[]> change : changes.entrySet()) {
      byte[] damaged = good.clone();
      System.arraycopy(change.getValue(), 0, damaged, change.getKey(), change.getValue().length);
      Files.write(file, damaged);
      assertThatThrownBy(() -> MetricsLog.open(file, 8))
          .as(new String(damaged, lineFive, length, StandardCharsets.ISO_8859_1))
          .isInstanceOf(UnusableFileException.class)
          .hasMessageContaining("m.jsonl: line 5: expected a JSON object for each step up to 8")
          .hasMessageContaining("repair or delete the line");
      assertThat(file).hasBinaryContent(damaged);
    }
    // Nothing good follows, but the line is the last step's own.
    assertThatThrownBy(() -> openDamaged(file, good, lineFive, 5))
        .isInstanceOf(UnusableFileException.class);
  }

  @Test
  void keepsALineThatStillSaysItsStep() throws IOException {
    Path file = directory.resolve("m.jsonl");
    append(file, 0, 1, 3);
    byte[] noUtf8 = Files.readAllBytes(file);
    noUtf8[12] = (byte) 0xff;
    Files.write(file, noUtf8);
    MetricsLog.open(file, 3).close();
    assertThat(file).hasBinaryContent(noUtf8);
  }

  @Test
  void dropsDamageInWhatIsWrittenAgain() throws IOException {
    Path file = directory.resolve("m.jsonl");
    append(file, 0, 1, 9);
    byte[] good = Files.readAllBytes(file);
    int length = good.length / 9;
    openDamaged(file, good, 5 * length, 5);
    assertThat(file).hasBinaryContent(Arrays.copyOf(good, 5 * length));
    append(file, 5, 6, 9);
    assertThat(file).hasBinaryContent(good);
  }

  @Test
  void aLogThatWasLostStartsAgain() throws IOException {
    Path file = directory.resolve("m.jsonl");
    append(file, 40, 41, 43);
    String first = Files.readString(file);
    append(file, 42, 43, 43);
    assertThat(file).hasContent(first);
  }

  private static void openDamaged(Path file, byte[] good, int at, long lastStep)
      throws IOException {
    byte[] damaged = good.clone();
    damaged[at + 12] = (byte) 0xff;
    damaged[at + 13] = '\r';
    damaged[at] = 0;
    Files.write(file, damaged);
    MetricsLog.open(file, lastStep).close();
  }

  @Test
  void aLineIsOneJsonObject() throws IOException {
    Path file = directory.resolve("m.jsonl");
    append(file, 0, 3, 3);
    assertThat(Files.readString(file))
        .isEqualTo(
            "{\"step\":3,\"epoch\":1,\"discriminator-loss\":1.5,\"generator-loss\":0.25,"
                + "\"real-score\":0.5,\"fake-score\":0.375}\n");
  }

  @Test
  void whatWasMeasuredFollowsTheStepsOwnNumbers() throws IOException {
    Path file = directory.resolve("m.jsonl");
    try (MetricsLog log = MetricsLog.open(file, 0)) {
      log.append(report(1).with(Map.of("modes-covered", 3)).with(Map.of("high-quality", 0.75)));
    }
    assertThat(Files.readString(file))
        .endsWith("\"fake-score\":0.375,\"modes-covered\":3,\"high-quality\":0.75}\n");
  }

  private static void append(Path file, long last, int from, int to) throws IOException {
    try (MetricsLog log = MetricsLog.open(file, last)) {
      for (int step = from; step <= to; step++) {
        log.append(report(step));
      }
    }
  }

  private static StepReport report(long step) {
    Map<String, Number> numbers = new LinkedHashMap<>();
    numbers.put(StepReport.DISCRIMINATOR_LOSS, 1.5);
    numbers.put(StepReport.GENERATOR_LOSS, 0.25);
    numbers.put(StepReport.REAL_SCORE, 0.5);
    numbers.put(StepReport.FAKE_SCORE, 0.375);
    return new StepReport(step, 1, numbers);
  }
}
