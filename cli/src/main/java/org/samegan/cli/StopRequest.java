package org.samegan.cli;

import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;

/**
 * Lets Ctrl-C and SIGTERM end training between two steps. The signal starts the JVM's shutdown; its
 * hook asks for the stop and then waits until the command is done, checkpoint, messages and all.
 * The JVM then exits with 128 and the signal's number: 130 or 143.
 */
final class StopRequest implements AutoCloseable {
  private final CountDownLatch commandDone = new CountDownLatch(1);
  private final Thread hook;
  private volatile boolean requested;
  private boolean armed;

  StopRequest(PrintStream err) {
    hook =
        new Thread(
            () -> {
              err.println("stopping: finishing the step and saving a checkpoint");
              request();
              awaitCommand();
            },
            "stop-request");
  }

  /** From now on a signal only asks; before, it ends the process at once. */
  void arm() {
    Runtime.getRuntime().addShutdownHook(hook);
    armed = true;
  }

  void request() {
    requested = true;
  }

  boolean isRequested() {
    return requested;
  }

  private void awaitCommand() {
    try {
      commandDone.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    commandDone.countDown();
    if (armed && !requested) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // A signal came just now; the hook runs and has nothing to wait for.
        requested = true;
      }
    }
  }
}
