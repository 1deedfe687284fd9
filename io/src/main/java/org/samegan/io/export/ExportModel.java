package org.samegan.io.export;

import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.Shape;
import org.samegan.core.inference.FrozenNetwork;
import org.samegan.core.training.Gan;
import org.samegan.core.training.InferenceGraph;
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
    boolean generator = which == GanNetwork.GENERATOR;
    Manifest.FileEntry source =
        file(checkpoint, generator ? checkpoint.generatorFile() : which.file());
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(VERSION, Software.current().samegan());
    metadata.put("variant", gan.variant());
    metadata.put("network", which.label());
    metadata.put("step", String.valueOf(checkpoint.manifest().progress().step()));
    if (generator) {
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
    Map<String, INDArray> values =
        generator ? checkpoint.generatorValues() : checkpoint.values(which.file());
    return new ExportModel(gan, which, which.of(gan, values), metadata);
  }

  private static Manifest.FileEntry file(Checkpoint checkpoint, String name) {
    return checkpoint.manifest().files().stream()
        .filter(file -> file.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** The metadata for a format that has channels first. */
  Map<String, String> metadataChannelsFirst() {
    Map<String, String> other = new LinkedHashMap<>(metadata);
    other.computeIfPresent(LAYOUT, (key, last) -> "NCHW");
    return other;
  }

  /** Whether the network is a discriminator that is given labels. */
  boolean takesLabels() {
    return which == GanNetwork.DISCRIMINATOR && gan.discriminatorTakesLabels();
  }

  /** What the network's SameDiff graph takes, in order: each input's example shape by name. */
  Map<String, Shape> inputs() {
    Map<String, Shape> inputs = new LinkedHashMap<>();
    if (which == GanNetwork.GENERATOR) {
      inputs.put(InferenceGraph.LATENT, network.network().input());
    } else {
      inputs.put(InferenceGraph.IMAGE, gan.exampleShape());
    }
    if (takesLabels()) {
      inputs.put(InferenceGraph.LABELS, Shape.of(gan.latent().label().orElseThrow().classes()));
    }
    return inputs;
  }

  /** The network's SameDiff graph, as it is or folded. */
  InferenceGraph emit(FrozenNetwork either) {
    return which == GanNetwork.DISCRIMINATOR
        ? InferenceGraph.emitDiscriminator(gan, either)
        : InferenceGraph.emit(either, inputs().keySet().iterator().next(), which.output());
  }
}
