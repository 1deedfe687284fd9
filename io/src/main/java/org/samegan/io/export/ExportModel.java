package org.samegan.io.export;

import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.samegan.core.Shape;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.GanNetwork;
import org.samegan.core.inference.FrozenNetwork;
import org.samegan.core.inference.InferenceGraph;
import org.samegan.io.checkpoint.Checkpoint;
import org.samegan.io.checkpoint.Manifest;
import org.samegan.io.checkpoint.Software;
import org.samegan.io.json.Json;

/**
 * What is exported.
 *
 * @param gan the model that the network is of
 * @param which of its networks
 * @param network with its values as they were trained
 * @param metadata where it comes from and how to use it, see the package's description
 */
public record ExportModel(
    Gan gan, GanNetwork which, FrozenNetwork network, Map<String, String> metadata) {
  /** The version of SameGAN, in the metadata. */
  static final String VERSION = "samegan-version";

  private static final String LAYOUT = "image-layout";

  /** Keeps the metadata's order. */
  public ExportModel {
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /**
   * A checkpoint's network. The generator has the weights that the checkpoint's has: their average
   * where the recipe has one, unless it is a checkpoint {@linkplain Checkpoint#withRawGenerator
   * with the raw ones}.
   *
   * @throws IllegalArgumentException if the checkpoint's model has no such network
   */
  public static ExportModel of(Checkpoint checkpoint, GanNetwork which) throws IOException {
    Gan gan = checkpoint.gan();
    which.requireIn(gan);
    Manifest.FileEntry source = checkpoint.source(which);
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(VERSION, Software.current().samegan());
    metadata.put("variant", gan.variant());
    metadata.put("network", which.label());
    metadata.put("step", String.valueOf(checkpoint.manifest().progress().step()));
    if (which == GanNetwork.GENERATOR) {
      checkpoint.generatorWeights().ifPresent(w -> metadata.put("generator-weights", w));
    }
    metadata.put("source-file", source.name());
    metadata.put("source-sha256", source.sha256());
    if (gan.pixelRange() != null) {
      metadata.put("pixel-low", String.valueOf(gan.pixelRange().low()));
      metadata.put("pixel-high", String.valueOf(gan.pixelRange().high()));
      metadata.put(LAYOUT, "NHWC");
    }
    metadata.put("latent", Json.line(gan.latent()));
    FrozenNetwork network = FrozenNetwork.of(gan, which, checkpoint.values(which));
    return new ExportModel(gan, which, network, metadata);
  }

  /** The metadata for a format that has channels first. */
  Map<String, String> metadataChannelsFirst() {
    Map<String, String> other = new LinkedHashMap<>(metadata);
    other.computeIfPresent(LAYOUT, (key, last) -> "NCHW");
    return other;
  }

  /** What the network's SameDiff graph takes, in order: each input's example shape by name. */
  Map<String, Shape> inputs() {
    return which.inputs(gan);
  }

  /** The network's SameDiff graph, as it is or folded. */
  InferenceGraph emit(FrozenNetwork either) {
    return InferenceGraph.emit(gan, which, either);
  }
}
