package org.samegan.io.checkpoint;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.samegan.core.gan.Gan;
import org.samegan.core.training.Progress;

/**
 * What {@code manifest.json} says of a checkpoint.
 *
 * @param format the version of the format, from 1
 * @param software what wrote it
 * @param created when, in ISO 8601, UTC
 * @param progress how far the run had come
 * @param model the two networks and how they are trained
 * @param files the other files
 * @param graphs what the graph files take and give
 */
public record Manifest(
    int format,
    Software software,
    String created,
    Progress progress,
    Gan model,
    List<FileEntry> files,
    List<GraphEntry> graphs) {
  /** Checks that nothing is missing. */
  public Manifest {
    for (Object part : new Object[] {software, created, progress, model}) {
      Objects.requireNonNull(part);
    }
    files = List.copyOf(files);
    graphs = List.copyOf(graphs);
  }

  /** The version of the format that this version of SameGAN writes; it reads all from 1. */
  public static final int FORMAT = 2;

  /** The manifest's file name. */
  public static final String FILE = "manifest.json";

  /**
   * A file of the checkpoint.
   *
   * @param name relative to the checkpoint
   * @param size in bytes
   * @param sha256 64 hexadecimal digits
   */
  public record FileEntry(String name, long size, String sha256) {}

  /**
   * A graph that plain SameDiff can load.
   *
   * @param file its file
   * @param inputs the placeholders' shapes by name, -1 for the batch
   * @param output the output's name
   * @param outputShape its shape, -1 for the batch
   */
  public record GraphEntry(
      String file, Map<String, List<Long>> inputs, String output, List<Long> outputShape) {
    /** Keeps the inputs' order. */
    public GraphEntry {
      inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    }
  }

  /** The variant, such as {@code dcgan}. */
  public String variant() {
    return model.variant();
  }
}
