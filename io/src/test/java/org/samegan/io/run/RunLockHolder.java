package org.samegan.io.run;

import java.io.IOException;
import java.nio.file.Path;

/** A process that takes a lock, says how that went, and keeps it for as long as stdin is open. */
public final class RunLockHolder {
  private RunLockHolder() {}

  /** Takes the run's directory. */
  public static void main(String[] args) throws IOException {
    try (RunLock lock = RunLock.acquire(Path.of(args[0]))) {
      System.out.println("locked " + lock.run().equals(Path.of(args[0])));
      while (System.in.read() >= 0) {
        Thread.onSpinWait();
      }
    } catch (RunLockedException e) {
      System.out.println(e.pid() + " " + e.host() + " " + e.getMessage());
    }
  }
}
