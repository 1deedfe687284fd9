package org.samegan.io.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.samegan.core.data.Classes;
import org.samegan.core.gan.Gan;
import org.samegan.io.checkpoint.Software;
import org.samegan.io.file.UnusableFileException;
import org.samegan.io.json.ChecksummedJson;
import org.samegan.io.json.Json;
import org.samegan.io.json.JsonFile;
import org.samegan.io.json.NullAllowed;

/**
 * What {@code run.json} says: what was asked, and what came of it.
 *
 * @param config what was asked, as it holds now
 * @param model the networks and how they are trained now, settings and data's format worked in
 * @param data what the data turned out to be
 * @param software what started the run
 * @param imported whether it started from imported weights, and so can't start anew without a
 *     checkpoint; null if it is older than this key
 * @param origin what these weights were; null if it started from the weights of its seed, or is
 *     older than this key
 * @param machine what it was first trained on; null if it has not been trained, or is older than
 *     this key
 * @param changes of the recipe, the first one first
 */
public record RunRecord(
    RunConfig config,
    Gan model,
    Data data,
    Software software,
    @NullAllowed Boolean imported,
    @NullAllowed Origin origin,
    @NullAllowed Machine machine,
    List<RecipeChange> changes) {
  /** The version of the format that is written. */
  public static final int FORMAT = 2;

  /** The file's name in a run's directory. */
  public static final String FILE = "run.json";

  private static final JsonFile JSON =
      new JsonFile(
          "what a run writes",
          RunConfigReader.RECORD,
          FORMAT,
          2,
          "it was changed after SameGAN wrote it: undo the change. To change a setting, resume the"
              + " run with it");

  /** Keys that runs of format 1 from before them don't have; without one its value is null. */
  private static final List<String> LATER_KEYS = List.of("imported", "machine");

  /** Keeps a copy of the changes. */
  public RunRecord {
    changes = List.copyOf(changes);
  }

  /** What is recorded of a run that starts from the weights of its seed. */
  public RunRecord(RunConfig config, Gan model, Data data, Software software) {
    this(config, model, data, software, false, null, null, List.of());
  }

  /** The same of a run that starts from weights that were trained before. */
  public RunRecord from(Origin weights) {
    return new RunRecord(config, model, data, software, true, weights, machine, changes);
  }

  /** The same with another configuration. */
  public RunRecord withConfig(RunConfig other) {
    return new RunRecord(other, model, data, software, imported, origin, machine, changes);
  }

  /** The same, trained on this machine. */
  public RunRecord on(Machine first) {
    return new RunRecord(config, model, data, software, imported, origin, first, changes);
  }

  /**
   * The same with another recipe from a step on.
   *
   * @param change what was changed, and the recipe that there was
   * @param newConfig what is asked from then on
   * @param newModel the same networks with the new recipe
   */
  public RunRecord changed(RecipeChange change, RunConfig newConfig, Gan newModel) {
    List<RecipeChange> all = new ArrayList<>(changes);
    all.add(change);
    return new RunRecord(newConfig, newModel, data, software, imported, origin, machine, all);
  }

  /**
   * The same of a run that goes on from a step: changes that were to hold later are no part of it
   * any more.
   *
   * @param step generator steps so far
   */
  public RunRecord goingOnFrom(long step) {
    List<RecipeChange> kept = new ArrayList<>(changes);
    RunConfig asked = config;
    Gan trained = model;
    while (!kept.isEmpty() && kept.get(kept.size() - 1).step() > step) {
      RecipeChange undone = kept.remove(kept.size() - 1);
      trained = trained.withRecipe(undone.recipe());
      asked = undone.undoneIn(asked);
    }
    return new RunRecord(asked, trained, data, software, imported, origin, machine, kept);
  }

  /**
   * What was trained up to a step: the networks with the recipe that its checkpoint was written
   * with.
   *
   * @param step generator steps so far
   */
  public Gan modelAt(long step) {
    return changes.stream()
        .filter(change -> change.step() >= step)
        .findFirst()
        .map(change -> model.withRecipe(change.recipe()))
        .orElse(model);
  }

  /**
   * What the data turned out to be.
   *
   * @param fingerprint the SHA-256 of all examples, as 64 hexadecimal digits
   * @param examples how many there are
   * @param classes those of their labels
   * @param heldOut the fingerprint of the examples held out; null if there are none
   */
  public record Data(
      String fingerprint, int examples, Classes classes, @NullAllowed String heldOut) {
    /** Checks the count, and that there is a fingerprint. */
    public Data {
      Objects.requireNonNull(fingerprint, "fingerprint");
      Objects.requireNonNull(classes, "classes");
      if (examples < 1) {
        throw new IllegalArgumentException("data has at least 1 example, found " + examples);
      }
    }
  }

  /** The part of the file that is not configuration. */
  private record Rest(
      int format,
      Gan model,
      Data data,
      Software software,
      @NullAllowed Boolean imported,
      @NullAllowed Origin origin,
      @NullAllowed Machine machine,
      List<RecipeChange> changes) {}

  byte[] toJson() {
    ObjectNode tree = (ObjectNode) Json.tree(config);
    tree.set(
        RunConfigReader.RECORD,
        Json.tree(new Rest(FORMAT, model, data, software, imported, origin, machine, changes)));
    return ChecksummedJson.write(tree);
  }

  /** Reads {@code run.json}. */
  static RunRecord read(Path file) throws IOException {
    ObjectNode tree = JSON.read(file);
    ObjectNode rest = (ObjectNode) tree.get(RunConfigReader.RECORD);
    if (rest.path("format").asInt() == 1) {
      JsonFile.nullIfMissing(rest, LATER_KEYS);
      rest.putArray("changes");
    }
    JsonFile.nullIfMissing(rest, List.of("origin"));
    if (rest.get("machine") instanceof ObjectNode machine) {
      JsonFile.nullIfMissing(machine, List.of("libtorch"));
    }
    RunConfig config = RunConfigReader.config(file, tree);
    try {
      Rest record = JSON.value(file, rest, Rest.class);
      return new RunRecord(
          config,
          record.model(),
          record.data(),
          record.software(),
          record.imported(),
          record.origin(),
          record.machine(),
          record.changes());
    } catch (UnusableFileException e) {
      throw new RunConfigException(file, "'record' is not what a run writes: " + e.found(), e);
    }
  }
}
