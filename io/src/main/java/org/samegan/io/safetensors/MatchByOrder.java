package org.samegan.io.safetensors;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.samegan.core.gan.Gan;

/**
 * Matches a file with names of its own by order and shape. Both sides are lists of modules, tensors
 * whose names differ in their last part only. The i-th module there is the i-th here if each has
 * tensors of the same last names and shapes.
 *
 * <p>The file's modules are taken by name, numbers by their value, since the usual writer sorts
 * tensors by name, where 10 comes before 2; and if that fits nothing, in the order of their data.
 * Networks may come in any order, and some may be absent.
 */
final class MatchByOrder {
  private static final Comparator<String> NATURAL =
      Comparator.comparing(MatchByOrder::parts, MatchByOrder::compareParts);

  private final SafetensorsFile file;
  private final Map<String, List<TorchTensor>> networks;

  /** A module of the file, and one of a network, by the last part of their tensors' names. */
  private record Module<T>(String name, Map<String, T> tensors) {
    <S> Map<String, S> map(Function<T, S> function) {
      Map<String, S> mapped = new TreeMap<>();
      tensors.forEach((role, tensor) -> mapped.put(role, function.apply(tensor)));
      return mapped;
    }
  }

  private MatchByOrder(SafetensorsFile file, Gan gan) {
    this.file = file;
    networks = WeightMatch.byNetwork(TorchTensor.of(gan));
  }

  static WeightMatch of(SafetensorsFile file, Gan gan) throws WeightMismatchException {
    return new MatchByOrder(file, gan).match();
  }

  private WeightMatch match() throws WeightMismatchException {
    List<Module<TensorEntry>> inFile =
        modules(List.copyOf(WeightMatch.named(file).values()), TensorEntry::name);
    List<Module<TensorEntry>> byName = new ArrayList<>(inFile);
    byName.sort(Comparator.comparing(Module::name, NATURAL));
    for (List<Module<TensorEntry>> theirs : List.of(byName, inFile)) {
      List<WeightMatch> found =
          arrangements(new ArrayList<>(networks.keySet())).stream()
              .filter(names -> fits(theirs, ours(names)))
              .map(names -> match(theirs, names))
              .toList();
      if (found.size() > 1) {
        throw WeightMatch.mismatch(
            file,
            List.of(
                "their order and shapes fit "
                    + found.stream()
                        .map(match -> "all but " + match.absent())
                        .collect(Collectors.joining(" as well as "))));
      }
      if (found.size() == 1) {
        return found.get(0);
      }
    }
    throw WeightMatch.mismatch(file, faults(byName));
  }

  private List<Module<TorchTensor>> ours(List<String> names) {
    return modules(
        names.stream().flatMap(name -> networks.get(name).stream()).toList(), TorchTensor::name);
  }

  private static <T> List<Module<T>> modules(List<T> tensors, Function<T, String> name) {
    Map<String, Map<String, T>> modules = new LinkedHashMap<>();
    for (T tensor : tensors) {
      String full = name.apply(tensor);
      int dot = full.lastIndexOf('.');
      modules
          .computeIfAbsent(full.substring(0, Math.max(0, dot)), key -> new LinkedHashMap<>())
          .put(full.substring(dot + 1), tensor);
    }
    List<Module<T>> list = new ArrayList<>();
    modules.forEach((key, value) -> list.add(new Module<>(key, value)));
    return list;
  }

  /** Every choice of networks in every order. */
  private static List<List<String>> arrangements(List<String> names) {
    List<List<String>> all = new ArrayList<>();
    for (String first : names) {
      all.add(List.of(first));
      List<String> others = new ArrayList<>(names);
      others.remove(first);
      for (List<String> rest : arrangements(others)) {
        List<String> arrangement = new ArrayList<>(List.of(first));
        arrangement.addAll(rest);
        all.add(arrangement);
      }
    }
    return all;
  }

  private static boolean fits(List<Module<TensorEntry>> theirs, List<Module<TorchTensor>> ours) {
    if (theirs.size() != ours.size()) {
      return false;
    }
    for (int i = 0; i < ours.size(); i++) {
      if (!fits(theirs.get(i), ours.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean fits(Module<TensorEntry> theirs, Module<TorchTensor> ours) {
    return theirs.map(TensorEntry::shape).equals(ours.map(TorchTensor::shape));
  }

  private WeightMatch match(List<Module<TensorEntry>> theirs, List<String> names) {
    List<Module<TorchTensor>> ours = ours(names);
    Map<String, TensorEntry> entries = new LinkedHashMap<>();
    for (int i = 0; i < ours.size(); i++) {
      Map<String, TensorEntry> module = theirs.get(i).tensors();
      ours.get(i).tensors().forEach((role, tensor) -> entries.put(tensor.name(), module.get(role)));
    }
    List<String> absent = networks.keySet().stream().filter(name -> !names.contains(name)).toList();
    List<WeightMatch.Pair> pairs =
        networks.values().stream()
            .flatMap(List::stream)
            .filter(tensor -> entries.containsKey(tensor.name()))
            .map(tensor -> new WeightMatch.Pair(entries.get(tensor.name()), tensor))
            .toList();
    return new WeightMatch(pairs, absent);
  }

  /** Where the arrangement that fits farthest stops to. */
  private List<String> faults(List<Module<TensorEntry>> theirs) {
    int farthest = -1;
    List<String> faults = List.of();
    for (List<String> names : arrangements(new ArrayList<>(networks.keySet()))) {
      List<Module<TorchTensor>> ours = ours(names);
      int i = 0;
      while (i < Math.min(ours.size(), theirs.size()) && fits(theirs.get(i), ours.get(i))) {
        i++;
      }
      if (i > farthest) {
        farthest = i;
        faults =
            List.of(
                String.format(
                    Locale.ROOT,
                    "by order and shape, module %d of the file should be %s, found %s",
                    i,
                    i < ours.size()
                        ? ours.get(i).name() + shapes(ours.get(i), TorchTensor::shape)
                        : "the end of " + names,
                    i < theirs.size()
                        ? theirs.get(i).name() + shapes(theirs.get(i), TensorEntry::shape)
                        : "none"));
      }
    }
    return faults;
  }

  private static <T> String shapes(Module<T> module, Function<T, List<Long>> shape) {
    return module.map(shape).entrySet().stream()
        .map(entry -> entry.getKey() + " " + TensorEntry.text(entry.getValue()))
        .collect(Collectors.joining(", ", " (", ")"));
  }

  private static List<String> parts(String name) {
    return List.of(name.split("(?<=\\d)(?=\\D)|(?<=\\D)(?=\\d)"));
  }

  private static int compareParts(List<String> a, List<String> b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      String x = a.get(i);
      String y = b.get(i);
      boolean numbers = x.matches("\\d+") && y.matches("\\d+");
      int order = numbers ? compareNumbers(x, y) : x.compareTo(y);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  /** Of any length, so not by value. */
  private static int compareNumbers(String a, String b) {
    String x = a.replaceFirst("^0+", "");
    String y = b.replaceFirst("^0+", "");
    return x.length() == y.length() ? x.compareTo(y) : Integer.compare(x.length(), y.length());
  }
}
