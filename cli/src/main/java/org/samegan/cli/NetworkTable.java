package org.samegan.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.samegan.core.layer.Network;

/** A network as a table of layers, output shapes and parameters. */
final class NetworkTable {
  private NetworkTable() {}

  static String of(String name, Network network) {
    List<String> rows = new ArrayList<>();
    rows.add(row(name, "output", "parameters"));
    rows.add(row("  (input)", network.input(), ""));
    for (int i = 0; i < network.layers().size(); i++) {
      rows.add(
          row(
              "  " + network.layerName(i),
              network.outputShapes().get(i),
              count(network.parameterCount(i))));
    }
    rows.add(row("  total", network.output(), count(network.parameterCount())));
    return String.join(System.lineSeparator(), rows);
  }

  private static String row(String layer, Object shape, String parameters) {
    return String.format(Locale.ROOT, "%-24s %-14s %14s", layer, shape, parameters).stripTrailing();
  }

  private static String count(long parameters) {
    return String.format(Locale.ROOT, "%,d", parameters);
  }
}
