package org.samegan.runs.weights;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.samegan.core.gan.Gan;
import org.samegan.core.layer.Variable;
import org.samegan.io.file.Sha256;
import org.samegan.io.run.RunConfig;
import org.samegan.io.safetensors.SafetensorsFile;
import org.samegan.io.safetensors.WeightMatch;
import org.samegan.io.safetensors.WeightsFile;

/**
 * Weights in a safetensors file. One that we wrote says of what model they are, and any of them may
 * be of use; those of any other must be the new networks' own.
 *
 * @param saidModel the model that the file says; null if it says none
 * @param names the table by which tensors are found; null without one
 * @param exact whether every tensor must be one of the new networks' in any case
 */
record FileWeights(
    Path place,
    SafetensorsFile file,
    Gan saidModel,
    RunConfig config,
    Map<String, String> names,
    boolean exact)
    implements WeightSource {
  static FileWeights at(Path place, Map<String, String> names, boolean exact) throws IOException {
    SafetensorsFile file = SafetensorsFile.read(place);
    return new FileWeights(
        place,
        file,
        WeightsFile.hasModel(file) ? WeightsFile.model(file) : null,
        WeightsFile.config(file).orElse(RunConfig.DEFAULTS),
        names,
        exact);
  }

  @Override
  public Optional<Gan> model() {
    return Optional.ofNullable(saidModel);
  }

  @Override
  public Path description() {
    return place.toAbsolutePath().normalize();
  }

  @Override
  public List<String> remarks() {
    return file.isVerified() || saidModel == null
        ? List.of()
        : List.of(
            place
                + ": another program has saved these weights again, so that they can't be compared"
                + " with what was exported");
  }

  @Override
  public Transfer into(Gan gan) throws IOException {
    if (!exact && saidModel != null) {
      return plan(WeightMatch.byName(file, saidModel), saidModel, gan).requireHalf();
    }
    WeightMatch match =
        names == null
            ? WeightMatch.byNameOrOrder(file, gan)
            : WeightMatch.byTable(file, gan, names);
    return plan(match, gan, gan);
  }

  private Transfer plan(WeightMatch match, Gan from, Gan gan) {
    List<Variable> held = match.pairs().stream().map(pair -> pair.tensor().variable()).toList();
    return Transfer.plan(
        place,
        () ->
            new Trained(
                match.arrays(file), null, WeightsFile.step(file).orElse(null), Sha256.hex(place)),
        from,
        held,
        gan);
  }
}
