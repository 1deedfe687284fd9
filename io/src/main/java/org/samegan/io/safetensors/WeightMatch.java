package org.samegan.io.safetensors;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.gan.Gan;
import org.samegan.core.layer.Variable;
import org.samegan.core.setting.NearestName;

/**
 * Which of a file's tensors is which of a GAN's variables. A network is in the file with all of its
 * variables or with none; whatever is in the file belongs to a network, but for PyTorch's {@code
 * num_batches_tracked}, which counts batches and changes no output.
 *
 * @param pairs in the order of the GAN's variables
 * @param absent the names of networks that the file has nothing of
 */
public record WeightMatch(List<Pair> pairs, List<String> absent) {
  private static final String COUNTER = "num_batches_tracked";

  /**
   * A tensor and the variable it is for; their shapes agree.
   *
   * @param entry in the file
   * @param tensor in the GAN
   */
  public record Pair(TensorEntry entry, TorchTensor tensor) {}

  /** Keeps the lists. */
  public WeightMatch {
    pairs = List.copyOf(pairs);
    absent = List.copyOf(absent);
  }

  /**
   * Matches by name if any name is one of ours, or else by order and shape.
   *
   * @throws WeightMismatchException if they don't match, with what is missing, left over or of
   *     another shape
   */
  public static WeightMatch byNameOrOrder(SafetensorsFile file, Gan gan) throws IOException {
    Map<String, TensorEntry> entries = named(file);
    boolean named = TorchTensor.of(gan).stream().anyMatch(t -> entries.containsKey(t.name()));
    return named ? byName(file, gan) : MatchByOrder.of(file, gan);
  }

  /**
   * Matches by name.
   *
   * @throws WeightMismatchException as above
   */
  public static WeightMatch byName(SafetensorsFile file, Gan gan) throws IOException {
    return byName(file, TorchTensor.of(gan));
  }

  /**
   * Matches the variables of networks that need not be a GAN's by name.
   *
   * @throws WeightMismatchException as above
   */
  public static WeightMatch byName(SafetensorsFile file, List<TorchTensor> tensors)
      throws IOException {
    return of(file, tensors, named(file));
  }

  /**
   * Matches by a table.
   *
   * @param names from the file's names to ours, such as {@code generator.0.weight}; a null leaves a
   *     tensor out, and one that is not in the table keeps its name
   * @throws WeightMismatchException as above, or if the table has a name that is neither's
   */
  public static WeightMatch byTable(SafetensorsFile file, Gan gan, Map<String, String> names)
      throws IOException {
    Map<String, TensorEntry> entries = named(file);
    Set<String> ours =
        TorchTensor.of(gan).stream()
            .map(TorchTensor::name)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    Map<String, TensorEntry> renamed = new LinkedHashMap<>(entries);
    renamed.keySet().removeAll(names.keySet());
    for (Map.Entry<String, String> name : names.entrySet()) {
      TensorEntry entry = file.entry(name.getKey());
      if (entry == null) {
        throw unknown(file, "the file", name.getKey(), entries.keySet());
      }
      if (name.getValue() == null) {
        continue;
      }
      if (!ours.contains(name.getValue())) {
        throw unknown(file, "the GAN", name.getValue(), ours);
      }
      if (renamed.put(name.getValue(), entry) != null) {
        throw new WeightMismatchException(
            file.path(), "two tensors are mapped to '" + name.getValue() + "'");
      }
    }
    return of(file, TorchTensor.of(gan), renamed);
  }

  private static WeightMismatchException unknown(
      SafetensorsFile file, String whose, String name, Set<String> known) {
    String nearest = known.isEmpty() ? "" : "; did you mean '" + NearestName.to(name, known) + "'?";
    return new WeightMismatchException(
        file.path(),
        String.format(Locale.ROOT, "the map names '%s', which %s hasn't%s", name, whose, nearest));
  }

  /** All tensors but PyTorch's counters, by name. */
  static Map<String, TensorEntry> named(SafetensorsFile file) {
    Map<String, TensorEntry> entries = new LinkedHashMap<>();
    for (TensorEntry entry : file.entries()) {
      if (!entry.name().endsWith(COUNTER)) {
        entries.put(entry.name(), entry);
      }
    }
    return entries;
  }

  private static WeightMatch of(
      SafetensorsFile file, List<TorchTensor> all, Map<String, TensorEntry> entries)
      throws WeightMismatchException {
    Map<String, TensorEntry> left = new LinkedHashMap<>(entries);
    List<Pair> pairs = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    List<String> absent = new ArrayList<>();
    byNetwork(all)
        .forEach(
            (network, tensors) -> {
              if (tensors.stream().noneMatch(tensor -> entries.containsKey(tensor.name()))) {
                absent.add(network);
                return;
              }
              for (TorchTensor tensor : tensors) {
                TensorEntry entry = left.remove(tensor.name());
                if (entry == null) {
                  faults.add("missing " + text(tensor.name(), tensor.shape()));
                } else if (!entry.shape().equals(tensor.shape())) {
                  faults.add(
                      text(tensor.name(), entry.shape())
                          + " should be "
                          + TensorEntry.text(tensor.shape()));
                } else {
                  pairs.add(new Pair(entry, tensor));
                }
              }
            });
    left.values().forEach(entry -> faults.add("left over " + text(entry.name(), entry.shape())));
    if (!faults.isEmpty() || pairs.isEmpty()) {
      throw mismatch(file, faults.isEmpty() ? List.of("there is no tensor") : faults);
    }
    return new WeightMatch(pairs, absent);
  }

  /** Variables by the name of their network, in order. */
  static Map<String, List<TorchTensor>> byNetwork(List<TorchTensor> tensors) {
    return tensors.stream()
        .collect(
            Collectors.groupingBy(TorchTensor::network, LinkedHashMap::new, Collectors.toList()));
  }

  /** A tensor in a message. */
  static String text(String name, List<Long> shape) {
    return name + " " + TensorEntry.text(shape);
  }

  /** The error that says what doesn't match, but not all of it if that is much. */
  static WeightMismatchException mismatch(SafetensorsFile file, List<String> faults) {
    int shown = 8;
    String more =
        faults.size() > shown
            ? String.format(Locale.ROOT, "; and %d more", faults.size() - shown)
            : "";
    return new WeightMismatchException(
        file.path(),
        "the tensors are not those of the networks: "
            + faults.stream().limit(shown).collect(Collectors.joining("; "))
            + more
            + "; choose the variant and the settings that the weights are of, or say which tensor"
            + " is which in a map");
  }

  /**
   * Reads all matched tensors.
   *
   * @return the variables' new values by path
   * @throws SafetensorsException if one of them can't be used
   */
  public Map<String, INDArray> arrays(SafetensorsFile file) throws IOException {
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    for (Pair pair : pairs) {
      Variable variable = pair.tensor().variable();
      try (INDArray tensor = file.array(pair.entry())) {
        arrays.put(variable.name(), pair.tensor().layout().channelsLast(tensor, variable.shape()));
      }
    }
    return arrays;
  }
}
