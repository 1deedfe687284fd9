package org.samegan.io.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** A run is being trained already. */
public final class RunLockedException extends IOException {
  private static final long serialVersionUID = 1L;
  private final long pid;
  private final String host;

  RunLockedException(Path run, RunLock.Holder holder) {
    super(
        String.format(
            Locale.ROOT,
            "%s: this run is being trained by process %d on %s since %s, and only one process can"
                + " write to it; wait until that one ends, or stop it first",
            run,
            holder.pid(),
            holder.host(),
            holder.since()));
    pid = holder.pid();
    host = holder.host();
  }

  /** The process that trains it; 0 if it has not written its number yet. */
  public long pid() {
    return pid;
  }

  /** The machine that process runs on. */
  public String host() {
    return host;
  }
}
