package org.samegan.io.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.samegan.core.training.Gan;
import org.samegan.io.checkpoint.Software;
import org.samegan.io.json.Json;
import org.samegan.io.json.OrNull;

/**
 * What {@code run.json} says: what was asked, and what came of it.
 *
 * @param config what was asked
 * @param model the networks and how they are trained, settings and data's format worked in
 * @param data what the data turned out to be
 * @param software what started the run
 * @param imported whether it started from imported weights, and so can't start anew without a
 *     checkpoint; null if it is older than this key
 * @param machine what it was first trained on; null if it has not been trained, or is older than
 *     this key
 */
public record RunRecord(
    RunConfig config,
    Gan model,
    Data data,
    Software software,
    @OrNull Boolean imported,
    @OrNull Machine machine) {
  /** The version of the format. */
  public static final int FORMAT = 1;

  /** The file's name in a run's directory. */
  public static final String FILE = "run.json";

  /** Keys that runs of format 1 from before them don't have; without one its value is null. */
  private static final List<String> LATER_KEYS = List.of("imported", "machine");

  /** What is recorded of a run that starts from the weights of its seed. */
  public RunRecord(RunConfig config, Gan model, Data data, Software software) {
    this(config, model, data, software, false, null);
  }

  /** The same of a run that starts from imported weights. */
  public RunRecord ofImportedWeights() {
    return new RunRecord(config, model, data, software, true, machine);
  }

  /** The same with another configuration. */
  RunRecord withConfig(RunConfig other) {
    return new RunRecord(other, model, data, software, imported, machine);
  }

  /** The same, trained on this machine. */
  public RunRecord on(Machine first) {
    return new RunRecord(config, model, data, software, imported, first);
  }

  /**
   * What the data turned out to be.
   *
   * @param fingerprint the SHA-256 of all examples, as 64 hexadecimal digits
   * @param examples how many there are
   * @param classes how many classes, 0 without labels
   * @param heldOut the fingerprint of the examples held out; null if there are none
   */
  public record Data(String fingerprint, int examples, int classes, @OrNull String heldOut) {
    /** Checks the counts, and that there is a fingerprint. */
    public Data {
      Objects.requireNonNull(fingerprint, "fingerprint");
      if (examples < 1 || classes < 0) {
        throw new IllegalArgumentException(
            String.format(
                "data has at least 1 example and 0 classes, found %d and %d", examples, classes));
      }
    }
  }

  /** The part of the file that is not configuration. */
  private record Rest(
      int format,
      Gan model,
      Data data,
      Software software,
      @OrNull Boolean imported,
      @OrNull Machine machine) {}

  byte[] toJson() {
    ObjectNode tree = (ObjectNode) Json.tree(config);
    tree.set(
        RunConfigReader.RECORD,
        Json.tree(new Rest(FORMAT, model, data, software, imported, machine)));
    return Json.write(tree);
  }

  /** Reads {@code run.json}. */
  static RunRecord read(Path file) throws IOException {
    ObjectNode tree = RunConfigReader.tree(file);
    if (!(tree.get(RunConfigReader.RECORD) instanceof ObjectNode rest)) {
      throw new RunConfigException(file, "there is no 'record', so this is no run", null);
    }
    requireKnownFormat(file, rest);
    RunConfig config = RunConfigReader.config(file, tree);
    for (String key : LATER_KEYS) {
      rest.putIfAbsent(key, NullNode.getInstance());
    }
    try {
      Rest record = Json.value(rest, Rest.class);
      return new RunRecord(
          config,
          record.model(),
          record.data(),
          record.software(),
          record.imported(),
          record.machine());
    } catch (JsonProcessingException e) {
      throw new RunConfigException(
          file, "'record' is not what a run writes: " + e.getOriginalMessage(), e);
    }
  }

  /** A later format may differ in everything but these two keys. */
  private static void requireKnownFormat(Path file, JsonNode rest) throws RunConfigException {
    int format = rest.path("format").asInt(0);
    if (format > FORMAT) {
      throw new RunConfigException(
          file,
          String.format(
              "format version %d, written by SameGAN %s; this version reads up to %d;"
                  + " use that version or later",
              format, rest.path("software").path("samegan").asText("(unknown)"), FORMAT),
          null);
    }
    if (format < 1) {
      throw new RunConfigException(
          file,
          String.format(
              "'record' must have a format version from 1 to %d, found %s; the file is damaged",
              FORMAT, rest.hasNonNull("format") ? rest.path("format") : "none"),
          null);
    }
  }
}
