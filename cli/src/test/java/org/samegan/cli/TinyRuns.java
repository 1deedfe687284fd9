package org.samegan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.samegan.io.file.Sha256;
import org.samegan.io.json.Json;

/** Data and runs that are small enough to be made anew by every test. */
final class TinyRuns {
  /** Images in the data; with {@link #BATCH} that makes 4 steps an epoch. */
  static final int IMAGES = 64;

  static final int BATCH = 16;

  private TinyRuns() {}

  /** An IDX file of random gray images. */
  static Path idx(Path directory, String name, int size, int seed) {
    byte[] pixels = new byte[IMAGES * size * size];
    new Random(seed).nextBytes(pixels);
    ByteBuffer file = ByteBuffer.allocate(16 + pixels.length);
    file.putInt(0x00000803).putInt(IMAGES).putInt(size).putInt(size).put(pixels);
    try {
      return Files.write(directory.resolve(name), file.array());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Images of 8x8 pixels. */
  static Path data(Path directory) {
    return idx(directory, "images-idx3-ubyte", 8, 1);
  }

  /** Trains the plain MLP on 8x8 images. */
  static Invocation train(Path directory, Path out, Object... more) {
    List<Object> args = new ArrayList<>();
    args.addAll(List.of("train", "--variant", "gan", "--arch", "mlp", "--data", data(directory)));
    // One thread: such small ops gain nothing from more, and lose much where cores are shared.
    args.addAll(List.of("--batch", BATCH, "--threads", 1, "--out", out));
    args.addAll(Arrays.asList(more));
    return Invocation.of(directory, args.toArray());
  }

  /** A run of 4 steps, an epoch. */
  static Path trained(Path directory) {
    Path run = directory.resolve("run");
    Invocation training = train(directory, run, "--steps", 4);
    assertThat(training.code()).as(training.err()).isZero();
    return run;
  }

  /** The digests of all graphs in a run's latest checkpoint, by file name. */
  static Map<String, String> latestGraphs(Path run) throws IOException {
    List<Path> checkpoints = children(run.resolve("checkpoints"));
    Map<String, String> digests = new TreeMap<>();
    for (Path file : children(checkpoints.get(checkpoints.size() - 1))) {
      String name = file.getFileName().toString();
      if (name.endsWith(".fb")) {
        digests.put(name, Sha256.hex(Files.readAllBytes(file)));
      }
    }
    assertThat(digests).hasSize(3);
    return digests;
  }

  /** The files and directories in a directory, sorted by name. */
  static List<Path> children(Path directory) throws IOException {
    try (Stream<Path> children = Files.list(directory)) {
      return children.sorted().toList();
    }
  }

  /** The names in a directory, sorted. */
  static List<String> names(Path directory) throws IOException {
    return children(directory).stream().map(path -> path.getFileName().toString()).toList();
  }

  /** As a version wrote it that had the first format, from before a key. */
  static void makeFirstFormat(Path run, String laterKey) throws IOException {
    Path file = run.resolve("run.json");
    ObjectNode tree = (ObjectNode) Json.tree(Files.readAllBytes(file));
    tree.remove("checksum");
    ObjectNode record = (ObjectNode) tree.path("record");
    record.put("format", 1);
    record.remove(List.of("changes", laterKey));
    Files.write(file, Json.write(tree));
    Schemas.requireValid(Schemas.RUN, file);
  }
}
