package org.samegan.io.onnx;

import java.nio.Buffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.samegan.core.Shape;
import org.samegan.core.training.Latent;

/**
 * A latent vector as one input for each of its parts, joined in the graph. Noise is {@code latent}
 * and a continuous code {@code continuous}, floats of shape (batch, size); a categorical code is
 * {@code categorical}, a whole number from 0 for each example, int64 of shape (batch). Where there
 * are several of a kind, {@code _0}, {@code _1} and so on are appended.
 *
 * @param latent the parts
 */
record LatentInput(Latent latent) implements ModelInput {
  /** The parts by input name, in the order of the vector. */
  static Map<String, Latent.Part> parts(Latent latent) {
    Map<String, Latent.Part> parts = new LinkedHashMap<>();
    for (Latent.Part part : latent.parts()) {
      String kind = kind(part);
      long same = latent.parts().stream().filter(other -> kind(other).equals(kind)).count();
      int index = 0;
      while (same > 1 && parts.containsKey(kind + "_" + index)) {
        index++;
      }
      parts.put(same > 1 ? kind + "_" + index : kind, part);
    }
    return parts;
  }

  private static String kind(Latent.Part part) {
    if (part instanceof Latent.Noise) {
      return "latent";
    }
    return part instanceof Latent.Categorical ? "categorical" : "continuous";
  }

  private static boolean isClass(Latent.Part part) {
    return part instanceof Latent.Categorical;
  }

  @Override
  public Value emit(OnnxGraph graph) {
    List<String> columns = new ArrayList<>();
    parts(latent).forEach((name, part) -> columns.add(emit(graph, name, part)));
    String vector =
        columns.size() == 1
            ? columns.get(0)
            : graph.node("Concat", "latent/vector", columns, Attributes.integer("axis", 1));
    return new Value(vector, Shape.of(latent.size()));
  }

  private static String emit(OnnxGraph graph, String name, Latent.Part part) {
    if (!isClass(part)) {
      return graph.input(name, part.size());
    }
    return graph.node(
        "OneHot",
        name + "/one_hot",
        List.of(
            graph.integerInput(name),
            graph.integers(name + "/classes", part.size()),
            graph.constant(name + "/off_and_on", new float[] {0, 1}, 2)));
  }

  @Override
  public List<Feed> feeds(float[] batch, int size) {
    List<Feed> feeds = new ArrayList<>();
    int from = 0;
    for (Map.Entry<String, Latent.Part> entry : parts(latent).entrySet()) {
      Latent.Part part = entry.getValue();
      float[] columns = new float[size * part.size()];
      for (int i = 0; i < size; i++) {
        System.arraycopy(batch, i * latent.size() + from, columns, i * part.size(), part.size());
      }
      Buffer values = isClass(part) ? chosen(columns, size) : FloatBuffer.wrap(columns);
      List<Long> shape =
          isClass(part) ? List.of((long) size) : List.of((long) size, (long) part.size());
      feeds.add(new Feed(entry.getKey(), values, shape));
      from += part.size();
    }
    return feeds;
  }

  /** The number of the 1 in each row. */
  private static LongBuffer chosen(float[] oneHot, int rows) {
    int classes = oneHot.length / rows;
    LongBuffer chosen = LongBuffer.allocate(rows);
    for (int i = 0; i < oneHot.length; i++) {
      if (oneHot[i] == 1) {
        chosen.put(i / classes, i % classes);
      }
    }
    return chosen;
  }
}
