package org.samegan.io.onnx;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.samegan.core.Shape;
import org.samegan.core.gan.Latent;

/**
 * A latent vector as one input for each of its parts, joined in the graph. Noise is {@code latent}
 * and a continuous code {@code continuous}, floats of shape (batch, size); a categorical code is
 * {@code categorical} and the label {@code labels}, a whole number from 0 for each example, int64
 * of shape (batch). Where there are several of a kind, {@code _0}, {@code _1} and so on are
 * appended.
 *
 * @param name of the whole vector
 * @param latent the parts
 */
record LatentInput(String name, Latent latent) implements ModelInput {
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
    if (part instanceof Latent.Continuous) {
      return "continuous";
    }
    return part instanceof Latent.Label ? "labels" : "categorical";
  }

  private static boolean isClass(Latent.Part part) {
    return part instanceof Latent.Categorical || part instanceof Latent.Label;
  }

  @Override
  public Map<String, List<Long>> shapes() {
    Map<String, List<Long>> shapes = new LinkedHashMap<>();
    parts(latent)
        .forEach(
            (input, part) ->
                shapes.put(input, isClass(part) ? List.of() : List.of((long) part.size())));
    return shapes;
  }

  @Override
  public Value emit(OnnxGraph graph) {
    List<String> columns = new ArrayList<>();
    parts(latent).forEach((name, part) -> columns.add(emit(graph, name, part)));
    String vector =
        columns.size() == 1
            ? columns.get(0)
            : graph.node("Concat", name + "/vector", columns, Attributes.integer("axis", 1));
    return new Value(vector, Shape.of(latent.size()));
  }

  private static String emit(OnnxGraph graph, String input, Latent.Part part) {
    return isClass(part)
        ? ClassInput.emit(graph, input, part.size())
        : graph.input(input, part.size());
  }

  @Override
  public List<Feed> feeds(Map<String, float[]> batch, int size) {
    float[] vectors = batch.get(name);
    List<Feed> feeds = new ArrayList<>();
    int from = 0;
    for (Map.Entry<String, Latent.Part> entry : parts(latent).entrySet()) {
      Latent.Part part = entry.getValue();
      float[] columns = new float[size * part.size()];
      for (int i = 0; i < size; i++) {
        System.arraycopy(vectors, i * latent.size() + from, columns, i * part.size(), part.size());
      }
      feeds.add(
          isClass(part)
              ? ClassInput.feed(entry.getKey(), columns, size)
              : new Feed(
                  entry.getKey(),
                  FloatBuffer.wrap(columns),
                  List.of((long) size, (long) part.size())));
      from += part.size();
    }
    return feeds;
  }
}
