package org.samegan.io.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.samegan.io.json.Json;
import org.samegan.io.json.OrNull;

/**
 * What a run was asked to do. {@code run.json} and a configuration file are the same format: the
 * keys are those of the command line's options.
 *
 * @param variant the variant's name, such as {@code dcgan}; null if not said
 * @param data where the data is; null if not said
 * @param heldOut where examples are on which the critic's distance is measured beside those that it
 *     learns from; null for those that belong to the data, if there are any
 * @param imageSize height and width of the images in pixels; null for the data's own
 * @param channels 1 for gray, 3 for RGB; null for the data's own
 * @param epochs passes over the data; null if steps are given
 * @param steps generator steps; null if epochs are given
 * @param batch examples in a step
 * @param seed of all randomness
 * @param dSteps discriminator steps for each generator step; null for the variant's own
 * @param ema decay of the moving average of the generator's weights, 0 for none; null for the
 *     variant's own
 * @param checkpointEvery steps between checkpoints; 0 for every epoch
 * @param keep how many checkpoints are kept; 0 for all
 * @param sampleEvery steps between sample grids; 0 for every epoch
 * @param skipBad whether damaged images are left out
 * @param device auto, cpu or gpu
 * @param threads for computing; 0 for as many as there are cores
 * @param settings the variant's settings by key; a run's has all of them
 */
public record RunConfig(
    @OrNull String variant,
    @OrNull String data,
    @OrNull String heldOut,
    @OrNull Integer imageSize,
    @OrNull Integer channels,
    @OrNull Long epochs,
    @OrNull Long steps,
    int batch,
    long seed,
    @OrNull Integer dSteps,
    @OrNull Double ema,
    long checkpointEvery,
    int keep,
    long sampleEvery,
    boolean skipBad,
    String device,
    int threads,
    Map<String, Object> settings) {
  /** More are a mistake. */
  public static final int MAXIMUM_THREADS = 4096;

  /** Nothing asked: 25 epochs in batches of 64 with seed 42, keeping 3 checkpoints. */
  public static final RunConfig DEFAULTS =
      new RunConfig(
          null, null, null, null, null, 25L, null, 64, 42, null, null, 0, 3, 0, false, "auto", 0,
          Map.of());

  /** Keeps the settings' order. */
  public RunConfig {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }

  /** The same run to another length, of which one is null. */
  public RunConfig withLength(Long newEpochs, Long newSteps) {
    return with("epochs", newEpochs).with("steps", newSteps);
  }

  /** Of another variant. */
  public RunConfig withVariant(String name) {
    return with("variant", name);
  }

  /** With the data in another place. */
  public RunConfig withData(String place) {
    return with("data", place);
  }

  /** With the held-out data in another place. */
  public RunConfig withHeldOut(String place) {
    return with("held-out", place);
  }

  /** With images of this size in pixels and this number of channels. */
  public RunConfig withImages(int size, int numberOfChannels) {
    return with("image-size", size).with("channels", numberOfChannels);
  }

  /** With this many discriminator steps for each generator step. */
  public RunConfig withDiscriminatorSteps(int number) {
    return with("d-steps", number);
  }

  /** With a moving average of the generator's weights, or with none if the decay is 0. */
  public RunConfig withEma(double decay) {
    return with("ema", decay);
  }

  /** With these settings. */
  public RunConfig withSettings(Map<String, Object> others) {
    return with("settings", others);
  }

  /** By way of JSON, where a component is changed by its name. */
  private RunConfig with(String key, Object value) {
    ObjectNode tree = (ObjectNode) Json.tree(this);
    tree.set(key, Json.tree(value));
    try {
      return Json.value(tree, RunConfig.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(key + " can't be " + value, e);
    }
  }
}
