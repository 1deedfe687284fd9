package org.samegan.runs.profile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.samegan.core.profile.Profile;
import org.samegan.core.profile.ProfileRow;
import org.samegan.core.profile.TracedCall;
import org.samegan.io.file.WholeFile;
import org.samegan.io.json.Json;

/**
 * The traced iterations of a profile as a file that ui.perfetto.dev and Chrome's about:tracing
 * show, in the Trace Event Format: complete events, {@code ts} and {@code dur} in microseconds.
 * Each step has a lane of its own, and updates, norms and what lies between the steps have one.
 */
public final class ProfileTrace {
  private static final int PROCESS = 1;

  private ProfileTrace() {}

  /**
   * Writes the file anew, whole or not at all.
   *
   * @throws IOException if it can't be written
   */
  public static void write(Profile profile, Path file) throws IOException {
    List<String> lanes = new ArrayList<>();
    List<Map<String, Object>> calls = new ArrayList<>();
    for (TracedCall call : profile.trace()) {
      if (!lanes.contains(call.lane())) {
        lanes.add(call.lane());
      }
      calls.add(event(call, 1 + lanes.indexOf(call.lane())));
    }
    List<Map<String, Object>> events = new ArrayList<>();
    for (String lane : lanes) {
      events.add(name(lane, 1 + lanes.indexOf(lane)));
    }
    events.addAll(calls);
    Map<String, Object> trace = new LinkedHashMap<>();
    trace.put("displayTimeUnit", "ms");
    trace.put(
        "otherData",
        Map.of("iterations", profile.tracedIterations(), "warm-up", profile.warmUps()));
    trace.put("traceEvents", events);
    WholeFile.write(file, Json.write(trace));
  }

  private static Map<String, Object> name(String lane, int thread) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("name", "thread_name");
    event.put("ph", "M");
    event.put("pid", PROCESS);
    event.put("tid", thread);
    event.put("args", Map.of("name", lane.equals(Profile.REST) ? lane : lane + " step"));
    return event;
  }

  private static Map<String, Object> event(TracedCall call, int thread) {
    ProfileRow work = call.work();
    boolean own = call.lane().equals(work.part()) || work.part().isEmpty();
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("name", own ? work.op() : work.part() + " " + work.op());
    event.put("cat", work.part().isEmpty() ? Profile.REST : work.part());
    event.put("ph", "X");
    event.put("pid", PROCESS);
    event.put("tid", thread);
    event.put("ts", call.start() / 1e3);
    event.put("dur", work.nanos() / 1e3);
    event.put("args", arguments(work));
    return event;
  }

  private static Map<String, Object> arguments(ProfileRow work) {
    Map<String, Object> arguments = new LinkedHashMap<>();
    if (!work.layer().isEmpty()) {
      arguments.put("layer", work.layer());
    }
    arguments.put("shapes", ShapeText.of(work));
    arguments.put("bytes read", work.bytesRead());
    arguments.put("bytes written", work.bytesWritten());
    arguments.put("flops", work.flops());
    arguments.put("GFLOP/s", work.gigaflopsPerSecond());
    return arguments;
  }
}
