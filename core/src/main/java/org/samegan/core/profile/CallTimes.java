package org.samegan.core.profile;

import java.util.Arrays;
import java.util.List;
import org.samegan.core.execution.CallTimer;
import org.samegan.core.execution.PlannedCall;
import org.samegan.core.gan.GanNetwork;

/** How often the calls of one graph, update or norm were made, and how long they took. */
final class CallTimes implements CallTimer {
  private final Profile profile;
  private final String part;
  private final String lane;
  private List<PlannedCall> calls = List.of();
  private long[] counts = {};
  private long[] nanos = {};
  private long runs;
  private long runNanos;

  /**
   * Of a part's calls.
   *
   * @param lane which they are traced in
   */
  CallTimes(Profile profile, String part, String lane) {
    this.profile = profile;
    this.part = part;
    this.lane = lane;
  }

  @Override
  public void calls(List<PlannedCall> all) {
    calls = all;
    counts = new long[all.size()];
    nanos = new long[all.size()];
  }

  @Override
  public void took(int call, long start, long end) {
    if (!profile.isRecording()) {
      return;
    }
    counts[call]++;
    nanos[call] += end - start;
    if (profile.isTracing()) {
      profile.trace(lane, start, row(call, 1, end - start));
    }
  }

  @Override
  public void ran(long start, long end) {
    if (!profile.isRecording()) {
      return;
    }
    runs++;
    runNanos += end - start;
    profile.traceRun(start, end);
  }

  /** Times a call that is a whole run. */
  void time(Runnable only) {
    long start = System.nanoTime();
    only.run();
    long end = System.nanoTime();
    took(0, start, end);
    ran(start, end);
  }

  /** Forgets what was told so far. */
  void forget() {
    Arrays.fill(counts, 0);
    Arrays.fill(nanos, 0);
    runs = 0;
    runNanos = 0;
  }

  /** How long all runs took, in nanoseconds. */
  long runNanos() {
    return runNanos;
  }

  /** Every call that was made, and what the runs took beyond their calls. */
  void addTo(List<ProfileRow> rows) {
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        rows.add(row(i, counts[i], nanos[i]));
      }
    }
    if (runs > 0) {
      long between = runNanos - Arrays.stream(nanos).sum();
      rows.add(ProfileRow.ofTime(part, Profile.BETWEEN, between));
    }
  }

  private ProfileRow row(int call, long count, long time) {
    PlannedCall planned = calls.get(call);
    return new ProfileRow(
        part,
        planned.op(),
        layer(planned),
        planned.inputs(),
        planned.outputs(),
        count,
        time,
        count * planned.bytesRead(),
        count * planned.bytesWritten(),
        count * planned.flops());
  }

  /** Random arrays and others that a step is fed have paths too, but not of a network. */
  private static String layer(PlannedCall call) {
    return call.scopes().stream()
        .filter(
            scope ->
                Arrays.stream(GanNetwork.values())
                    .anyMatch(network -> scope.startsWith(network.label() + "/")))
        .findFirst()
        .orElse("");
  }
}
