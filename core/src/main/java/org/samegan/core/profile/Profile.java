package org.samegan.core.profile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Where the time of iterations goes. It is given to a {@link ProfilingBackend}, which has it told
 * of every call; what is computed outside of {@link #iteration}, such as samples between two steps,
 * is not counted. Its memory does not grow with the number of iterations: calls of one kind are
 * added up, and single ones are kept of the first few iterations alone.
 *
 * <p>The first iterations warm up, and are forgotten when they are over: libraries choose
 * algorithms in them, and Java compiles. Where there are no more than these, they are what is told.
 *
 * <p>On a GPU every call of a graph is waited for, so that its time is known: the times then
 * include its launch, and their sum is more than an unprofiled step takes.
 */
public final class Profile {
  /** What a part's runs took beyond their calls: the loop around them, and this profile's own. */
  public static final String BETWEEN = "between calls";

  /** What iterations took beyond everything that was timed. */
  public static final String OUTSIDE = "drawing, sending and reading numbers";

  /** The lane of what belongs to no graph: updates, norms, and {@link #OUTSIDE}. */
  public static final String REST = "rest";

  /** How many iterations to forget, where there is no reason for another number. */
  public static final int WARM_UP = 5;

  /** How many iterations to keep single calls of, where there is no reason for another number. */
  public static final int TRACED = 2;

  private record Span(long start, long end) {}

  private final int warmUp;
  private final int traced;
  private final List<CallTimes> times = new ArrayList<>();
  private final List<TracedCall> trace = new ArrayList<>();
  private final List<Span> tracedIterations = new ArrayList<>();
  private final List<Span> tracedRuns = new ArrayList<>();
  private boolean recording;
  private long begun;
  private long iterations;
  private long nanos;

  /** With {@link #WARM_UP} and {@link #TRACED}. */
  public Profile() {
    this(WARM_UP, TRACED);
  }

  /**
   * Of iterations to come.
   *
   * @param warmUp how many to forget at first, at least 0
   * @param traced how many after these to keep single calls of, at least 0
   */
  public Profile(int warmUp, int traced) {
    if (warmUp < 0 || traced < 0) {
      throw new IllegalArgumentException(
          "iterations to warm up and to trace must not be below 0, found "
              + warmUp
              + " and "
              + traced);
    }
    this.warmUp = warmUp;
    this.traced = traced;
  }

  /** Times of a part's graph. */
  CallTimes ofGraph(String part) {
    return added(new CallTimes(this, part, part));
  }

  /** Times of what a part does beside its graph. */
  CallTimes besideGraph(String part) {
    return added(new CallTimes(this, part, REST));
  }

  private CallTimes added(CallTimes added) {
    times.add(added);
    return added;
  }

  /** Does an iteration's work, and counts all that is computed meanwhile. */
  public <T> T iteration(Supplier<T> work) {
    if (begun == warmUp) {
      forget();
    }
    begun++;
    recording = true;
    long start = System.nanoTime();
    try {
      return work.get();
    } finally {
      long end = System.nanoTime();
      if (isTracing()) {
        tracedIterations.add(new Span(start, end));
      }
      recording = false;
      iterations++;
      nanos += end - start;
    }
  }

  private void forget() {
    times.forEach(CallTimes::forget);
    trace.clear();
    tracedIterations.clear();
    tracedRuns.clear();
    iterations = 0;
    nanos = 0;
  }

  /** Whether an iteration goes on. */
  boolean isRecording() {
    return recording;
  }

  /** Whether it is one whose single calls are kept. */
  boolean isTracing() {
    return recording && iterations < traced;
  }

  void trace(String lane, long start, ProfileRow call) {
    trace.add(new TracedCall(lane, start, call));
  }

  void traceRun(long start, long end) {
    if (isTracing()) {
      tracedRuns.add(new Span(start, end));
    }
  }

  /** How many iterations are told of. */
  public long iterations() {
    return iterations;
  }

  /** How many came before these and were forgotten. */
  public long warmUps() {
    return begun - iterations;
  }

  /** How many iterations the {@link #trace} has. */
  public int tracedIterations() {
    return tracedIterations.size();
  }

  /**
   * All that the iterations' time went into, what took longest first: a row for each kind of call,
   * and for the time between them. The times add up to the iterations' own.
   */
  public List<ProfileRow> rows() {
    List<ProfileRow> all = new ArrayList<>();
    long known = 0;
    for (CallTimes some : times) {
      some.addTo(all);
      known += some.runNanos();
    }
    if (iterations > 0) {
      all.add(ProfileRow.ofTime("", OUTSIDE, nanos - known));
    }
    Map<List<Object>, ProfileRow> kinds = new LinkedHashMap<>();
    all.forEach(row -> kinds.merge(row.kind(), row, ProfileRow::plus));
    return kinds.values().stream()
        .sorted(Comparator.comparingLong(ProfileRow::nanos).reversed())
        .toList();
  }

  /** The sum of all rows, whose time is that of the iterations; calls are those of all rows. */
  public ProfileRow total() {
    return ProfileRow.total(rows());
  }

  /**
   * The single calls of the first iterations after the warm-up, in order, and what lies outside of
   * graphs, updates and norms between them.
   */
  public List<TracedCall> trace() {
    List<TracedCall> all = new ArrayList<>();
    long origin = tracedIterations.isEmpty() ? 0 : tracedIterations.get(0).start();
    trace.forEach(call -> all.add(new TracedCall(call.lane(), call.start() - origin, call.work())));
    for (Span iteration : tracedIterations) {
      long from = iteration.start();
      for (Span run : tracedRuns) {
        if (run.start() >= iteration.start() && run.end() <= iteration.end()) {
          addOutside(all, from, run.start(), origin);
          from = run.end();
        }
      }
      addOutside(all, from, iteration.end(), origin);
    }
    all.sort(Comparator.comparingLong(TracedCall::start));
    return all;
  }

  private static void addOutside(List<TracedCall> all, long from, long to, long origin) {
    if (to > from) {
      ProfileRow time = ProfileRow.ofTime("", OUTSIDE, to - from);
      all.add(new TracedCall(REST, from - origin, time));
    }
  }
}
