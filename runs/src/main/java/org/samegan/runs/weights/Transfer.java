package org.samegan.runs.weights;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.GanNetwork;
import org.samegan.core.layer.Variable;
import org.samegan.core.training.Trainer;
import org.samegan.io.run.Origin;

/**
 * What a GAN takes of trained weights: every variable whose path and shape are the same. Where only
 * the label that comes with a network's input is another, or there is none on one side, the weights
 * of the rest of the input, which come first, are taken. All else starts from the seed.
 */
public final class Transfer {
  private static final int SHOWN = 4;

  private final Path place;
  private final Reader reader;
  private final List<Fit> fits;

  /** Reads the weights. */
  @FunctionalInterface
  interface Reader {
    WeightSource.Trained read() throws IOException;
  }

  private Transfer(Path place, Reader reader, List<Fit> fits) {
    this.place = place;
    this.reader = reader;
    this.fits = fits;
  }

  /**
   * Compares shapes.
   *
   * @param from of what the weights are
   * @param held those of its variables that there are weights of
   * @param gan what is to be trained
   */
  static Transfer plan(Path place, Reader reader, Gan from, List<Variable> held, Gan gan) {
    Map<String, Variable> there = new HashMap<>();
    held.forEach(variable -> there.put(variable.name(), variable));
    List<Fit> fits = new ArrayList<>();
    for (GanNetwork network : GanNetwork.of(gan)) {
      List<Variable> own = network.variables(gan);
      for (Variable variable : own) {
        boolean first = layer(variable).equals(layer(own.get(0)));
        fits.add(Fit.of(network, variable, there.get(variable.name()), first, from, gan));
      }
    }
    return new Transfer(place, reader, fits);
  }

  private static String layer(Variable variable) {
    return variable.name().substring(0, variable.name().lastIndexOf('/'));
  }

  /**
   * Makes sure that it is worth while.
   *
   * @throws IllegalArgumentException if less than half of the generator's parameters are taken
   */
  Transfer requireHalf() {
    long taken = taken(GanNetwork.GENERATOR);
    long all = all(GanNetwork.GENERATOR);
    if (2 * taken < all) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: of the generator's %,d parameters only %,d fit, and at least half of them should:"
                  + " %s; choose the variant, size and settings"
                  + " that the weights are of, or start from the seed",
              place,
              all,
              taken,
              text(parameters(GanNetwork.GENERATOR).filter(fit -> !fit.isWhole()))));
    }
    return this;
  }

  /** Parameters of a network that are taken. */
  private long taken(GanNetwork network) {
    return parameters(network).mapToLong(Fit::elements).sum();
  }

  private long all(GanNetwork network) {
    return parameters(network).mapToLong(fit -> fit.variable().shape().elements()).sum();
  }

  private Stream<Fit> parameters(GanNetwork network) {
    return fits.stream().filter(fit -> fit.network() == network && fit.isParameter());
  }

  /** Some variables, those first of which most is missing. */
  private static String text(Stream<Fit> some) {
    List<Fit> most =
        some.filter(Fit::isParameter)
            .sorted(Comparator.comparingLong(Fit::missing).reversed())
            .toList();
    String more =
        most.size() > SHOWN ? String.format(Locale.ROOT, " and %d more", most.size() - SHOWN) : "";
    return most.stream().limit(SHOWN).map(Fit::text).collect(Collectors.joining(", ")) + more;
  }

  /** How many variables are taken as they are. */
  public int whole() {
    return (int) fits.stream().filter(Fit::isWhole).count();
  }

  /** What is taken and what starts anew, in a line or two. */
  public List<String> summary() {
    List<String> lines = new ArrayList<>();
    long partly = fits.stream().filter(Fit::isPart).count();
    lines.add(
        String.format(
            Locale.ROOT,
            "%s gives %d of %d variables%s: %s",
            place,
            whole() + partly,
            fits.size(),
            partly == 0 ? "" : ", " + partly + " in part",
            networks().stream()
                .map(
                    network ->
                        String.format(
                            Locale.ROOT,
                            "%s %,d of %,d parameters",
                            network.label(),
                            taken(network),
                            all(network)))
                .collect(Collectors.joining(", "))));
    List<GanNetwork> absent = absent();
    List<Fit> rest =
        fits.stream().filter(fit -> !fit.isWhole() && !absent.contains(fit.network())).toList();
    if (!rest.isEmpty()) {
      lines.add("starts from the seed: " + text(rest.stream()));
    }
    return lines;
  }

  private List<GanNetwork> networks() {
    return fits.stream().map(Fit::network).distinct().toList();
  }

  /** The networks that there are no weights of. */
  private List<GanNetwork> absent() {
    return networks().stream()
        .filter(
            network ->
                fits.stream()
                    .filter(fit -> fit.network() == network)
                    .allMatch(fit -> fit.held() == null))
        .toList();
  }

  /**
   * Says of every network that there are no weights of that it starts from the seed.
   *
   * @param seed of the run
   */
  public List<String> remarks(long seed) {
    return absent().stream()
        .map(
            network ->
                String.format(
                    Locale.ROOT,
                    "%s: holds nothing of the %s, which starts from seed %d",
                    place,
                    network.label(),
                    seed))
        .toList();
  }

  /**
   * Reads the weights, and has a new trainer start from them.
   *
   * @return what is to be recorded of it
   * @throws IOException if they can't be read
   */
  public Origin start(Trainer trainer) throws IOException {
    WeightSource.Trained trained = reader.read();
    Map<String, INDArray> seeded = trainer.state().arrays();
    Map<String, INDArray> values = new LinkedHashMap<>();
    List<INDArray> made = new ArrayList<>(trained.arrays().values());
    for (Fit fit : fits) {
      String path = fit.variable().name();
      if (fit.isAnew()) {
        continue;
      }
      INDArray held = trained.arrays().get(path);
      if (fit.axis() < 0) {
        values.put(path, held);
      } else {
        INDArray mixed = fit.mixed(seeded.get(path), held);
        values.put(path, mixed);
        made.add(mixed);
      }
    }
    trainer.startFrom(values);
    // The trainer has copied them.
    made.stream().filter(INDArray::closeable).forEach(INDArray::close);
    return new Origin(
        place.toString(),
        trained.run(),
        trained.step(),
        trained.sha256(),
        whole(),
        paths(fits.stream().filter(Fit::isPart)),
        paths(fits.stream().filter(Fit::isAnew)));
  }

  private static List<String> paths(Stream<Fit> some) {
    return some.map(fit -> fit.variable().name()).toList();
  }
}
