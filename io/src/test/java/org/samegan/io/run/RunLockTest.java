package org.samegan.io.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.samegan.io.file.UnusableFileException;

class RunLockTest {
  @TempDir Path directory;

  private Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-cp",
            System.getProperty("java.class.path"),
            RunLockHolder.class.getName(),
            directory.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static String line(Process process) throws IOException {
    BufferedReader reader = process.inputReader();
    return reader.readLine();
  }

  @Test
  void anotherProcessIsRefusedWithTheFirstOnesPidAndHost() throws Exception {
    String host = InetAddress.getLocalHost().getHostName();
    long own = ProcessHandle.current().pid();
    try (RunLock lock = RunLock.acquire(directory)) {
      assertThat(lock.unprotected()).isEmpty();
      assertThat(line(start()))
          .startsWith(own + " " + host + " ")
          .contains(directory + ": this run is being trained by process " + own + " on " + host)
          .contains("stop it first");
    }
    Process next = start();
    assertThat(line(next)).isEqualTo("locked true");
    assertThatThrownBy(() -> RunLock.acquire(directory))
        .isInstanceOfSatisfying(
            RunLockedException.class,
            e -> {
              assertThat(e.pid()).isEqualTo(next.pid());
              assertThat(e.host()).isEqualTo(host);
            });
    next.getOutputStream().close();
    assertThat(next.waitFor()).isZero();
    RunLock.acquire(directory).close();
  }

  @Test
  void aKilledProcessLeavesNoLock() throws Exception {
    Process process = start();
    assertThat(line(process)).isEqualTo("locked true");
    process.destroyForcibly().waitFor();
    assertThat(directory.resolve(RunLock.FILE)).content().contains("" + process.pid());
    RunLock.acquire(directory).close();
    assertThat(directory.resolve(RunLock.FILE)).isEmptyFile();
  }

  @Test
  void aSecondLockOfThisProcessIsRefusedAndTheFirstStays() throws Exception {
    RunLock lock = RunLock.acquire(directory);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> RunLock.acquire(directory.resolve("../" + directory.getFileName())))
          .isInstanceOf(RunLockedException.class)
          .hasMessageContaining("process " + ProcessHandle.current().pid());
    }
    assertThat(line(start())).startsWith(ProcessHandle.current().pid() + " ");
    lock.close();
    lock.close();
    RunLock.acquire(directory).close();
  }

  @Test
  void whatALinkLeadsToIsNotTouched() throws IOException {
    Path precious = Files.writeString(directory.resolve("precious"), "kept");
    Path file = directory.resolve(RunLock.FILE);
    for (Path target : List.of(precious, Path.of("precious"), directory.resolve("absent"))) {
      Files.createSymbolicLink(file, target);
      assertThatThrownBy(() -> RunLock.acquire(directory))
          .isInstanceOf(UnusableFileException.class)
          .hasMessageContaining("found a symbolic link; remove it");
      Files.delete(file);
    }
    assertThat(precious).hasContent("kept");
    assertThat(directory.resolve("absent")).doesNotExist();
    RunLock.acquire(directory).close();
  }

  @Test
  void whatIsNoLockFileIsNotTouched() throws IOException {
    Path file = Files.createDirectory(directory.resolve(RunLock.FILE));
    assertThatThrownBy(() -> RunLock.acquire(directory)).hasMessageContaining("no regular file");
    Files.delete(file);
    Files.writeString(file, "x".repeat(5000));
    assertThatThrownBy(() -> RunLock.acquire(directory))
        .hasMessageContaining("found a file of 5000 bytes");
    assertThat(file).hasSize(5000);
  }

  @Test
  void whatTheFileSaysDoesNotMatter() throws IOException {
    Files.writeString(directory.resolve(RunLock.FILE), "{\"pid\": 1, \"host\"");
    RunLock.acquire(directory).close();
  }
}
