package org.samegan.io.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.samegan.io.file.UnusableFileException;
import org.samegan.io.json.Json;

/**
 * The right to write to a run's directory, which one process has at a time. It is the operating
 * system's lock on the file {@value #FILE}, so it ends with the process however that ends. The file
 * says who has the lock, for people alone: what a killed process left in it means nothing. It stays
 * when the lock is given up, empty: deleting it would let one process lock the deleted file and
 * another its successor.
 *
 * <p>A file system without locks, as some network ones are, keeps nobody out: {@link #unprotected}
 * says so.
 */
public final class RunLock implements AutoCloseable {
  /** The lock file's name in a run's directory. */
  public static final String FILE = ".lock";

  /** Beyond the content: on Windows nobody can read what is locked. */
  private static final long LOCKED_BYTE = 1 << 30;

  private static final int MAXIMUM_CONTENT = 4096;

  /**
   * The locks of this process. The system's can't be asked for them: on Unix, closing any channel
   * to a file ends all of the process's locks on it.
   */
  private static final Map<Path, Holder> OWN = new ConcurrentHashMap<>();

  /**
   * Who has the lock.
   *
   * @param pid the process
   * @param host the machine it runs on
   * @param since when it took the lock, in ISO 8601, UTC
   */
  public record Holder(long pid, String host, String since) {
    private static Holder thisProcess() {
      return new Holder(
          ProcessHandle.current().pid(),
          hostName(),
          Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    }

    private static String hostName() {
      try {
        return InetAddress.getLocalHost().getHostName();
      } catch (UnknownHostException e) {
        return "(unknown)";
      }
    }
  }

  private final Path run;
  private final Path file;
  private final FileChannel channel;
  private final String unprotected;

  private RunLock(Path run, Path file, FileChannel channel, String unprotected) {
    this.run = run;
    this.file = file;
    this.channel = channel;
    this.unprotected = unprotected;
  }

  /**
   * Takes the lock.
   *
   * @param run a run's directory
   * @throws RunLockedException if another process, or this one, has it
   * @throws UnusableFileException if what has the lock file's name is none of ours
   * @throws IOException if the lock file can't be written
   */
  public static RunLock acquire(Path run) throws IOException {
    Path file = run.toRealPath().resolve(FILE);
    Holder self = Holder.thisProcess();
    Holder own = OWN.putIfAbsent(file, self);
    if (own != null) {
      throw new RunLockedException(run, own);
    }
    RunLock lock = null;
    try {
      lock = acquire(run, file, self);
      return lock;
    } finally {
      if (lock == null) {
        OWN.remove(file);
      }
    }
  }

  /**
   * The same, for users who are told where the file system keeps nobody out.
   *
   * @throws RunLockedException if another process, or this one, has it
   * @throws IOException if the lock file can't be written
   */
  public static RunLock acquire(Path run, Consumer<String> notices) throws IOException {
    RunLock lock = acquire(run);
    lock.unprotected()
        .ifPresent(
            reason ->
                notices.accept(
                    String.format(
                        Locale.ROOT,
                        "%s is on a file system without locks (%s): make sure yourself that no"
                            + " other process trains it",
                        run,
                        reason)));
    return lock;
  }

  private static RunLock acquire(Path run, Path file, Holder self) throws IOException {
    FileChannel channel = open(file);
    RunLock lock = null;
    try {
      if (channel.size() > MAXIMUM_CONTENT) {
        throw foreign(file, "a file of " + channel.size() + " bytes");
      }
      String unprotected = null;
      try {
        if (channel.tryLock(LOCKED_BYTE, 1, false) == null) {
          throw new RunLockedException(run, holder(channel));
        }
      } catch (RunLockedException e) {
        throw e;
      } catch (IOException e) {
        unprotected = e.getMessage();
      }
      channel.truncate(0).write(ByteBuffer.wrap(Json.write(self)), 0);
      lock = new RunLock(run, file, channel, unprotected);
      return lock;
    } finally {
      if (lock == null) {
        channel.close();
      }
    }
  }

  /** What the file holds is replaced, so it must be nobody else's: a link would lead to such. */
  private static FileChannel open(Path file) throws IOException {
    boolean there = Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    if (there && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw foreign(file, Files.isSymbolicLink(file) ? "a symbolic link" : "no regular file");
    }
    // Should it become a link now, then opening fails.
    return FileChannel.open(
        file,
        StandardOpenOption.CREATE,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE,
        LinkOption.NOFOLLOW_LINKS);
  }

  private static UnusableFileException foreign(Path file, String found) {
    return new UnusableFileException(
        file,
        "the lock of a run",
        "a small file that SameGAN wrote",
        found,
        "remove it, if no process trains the run",
        null);
  }

  /** What the file says, or as much as can be known if it is just being written. */
  private static Holder holder(FileChannel channel) throws IOException {
    ByteBuffer content = ByteBuffer.allocate(MAXIMUM_CONTENT);
    channel.read(content, 0);
    try {
      byte[] written = Arrays.copyOf(content.array(), content.position());
      return Json.value(Json.tree(written), Holder.class);
    } catch (JsonProcessingException e) {
      // The lock counts, and not what the file says.
      return new Holder(0, "(unknown)", "(unknown)");
    }
  }

  /** The run's directory. */
  public Path run() {
    return run;
  }

  /** Why the file system has no locks, so that other processes are not kept out; else empty. */
  public Optional<String> unprotected() {
    return Optional.ofNullable(unprotected);
  }

  /** Gives the lock up. */
  @Override
  public void close() throws IOException {
    if (channel.isOpen()) {
      try (channel) {
        channel.truncate(0);
      } finally {
        OWN.remove(file);
      }
    }
  }
}
