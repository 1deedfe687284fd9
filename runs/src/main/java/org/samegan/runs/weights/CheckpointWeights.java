package org.samegan.runs.weights;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.GanNetwork;
import org.samegan.core.layer.Variable;
import org.samegan.io.checkpoint.Checkpoint;
import org.samegan.io.checkpoint.Manifest;
import org.samegan.io.file.Sha256;
import org.samegan.io.file.UnusableFileException;
import org.samegan.io.run.Run;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunOptions;
import org.samegan.io.run.RunRecord;

/**
 * The networks of a checkpoint: the generator as it draws, averaged where its recipe has an
 * average. A run may be trained at the time; then what is its latest checkpoint when the values are
 * read is taken.
 *
 * @param gan of the checkpoint
 */
record CheckpointWeights(Path place, Gan gan, RunConfig config, Path description)
    implements WeightSource {
  static CheckpointWeights at(Path place) throws IOException {
    Checkpoint checkpoint = Run.fromCheckpointAt(place, found -> found);
    Optional<Run> run = Run.holding(checkpoint.directory());
    RunConfig config =
        run.map(
                own ->
                    own.record()
                        .config()
                        .with(RunOptions.DATA, null)
                        .with(RunOptions.HELD_OUT, null))
            .orElseGet(
                () -> RunConfig.DEFAULTS.with(RunOptions.VARIANT, checkpoint.manifest().variant()));
    Path description =
        run.map(own -> own.directory().resolve(RunRecord.FILE))
            .orElse(checkpoint.directory().resolve(Manifest.FILE));
    return new CheckpointWeights(
        place, checkpoint.gan(), config, description.toAbsolutePath().normalize());
  }

  @Override
  public Optional<Gan> model() {
    return Optional.of(gan);
  }

  @Override
  public List<String> remarks() {
    return List.of();
  }

  @Override
  public Transfer into(Gan target) {
    List<Variable> held = new ArrayList<>();
    GanNetwork.of(gan).forEach(network -> held.addAll(network.variables(gan)));
    return Transfer.plan(place, this::read, gan, held, target).requireHalf();
  }

  private Trained read() throws IOException {
    return Run.fromCheckpointAt(place, this::read);
  }

  private Trained read(Checkpoint checkpoint) throws IOException {
    if (!checkpoint.gan().hasNetworksOf(gan)) {
      throw new UnusableFileException(
          place, "other networks have taken the place of those found first; try again", null);
    }
    Map<String, INDArray> arrays = new HashMap<>();
    for (GanNetwork network : GanNetwork.of(gan)) {
      checkpoint
          .values(network)
          .forEach(
              (path, values) -> {
                INDArray shared = arrays.put(path, values);
                if (shared != null) {
                  shared.close();
                }
              });
    }
    return new Trained(
        arrays,
        Run.holding(checkpoint.directory())
            .map(run -> run.directory().toAbsolutePath().normalize().getFileName().toString())
            .orElse(null),
        checkpoint.manifest().progress().step(),
        Sha256.hex(checkpoint.directory().resolve(Manifest.FILE)));
  }
}
