package org.samegan.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.samegan.core.gan.GanNetwork;
import org.samegan.io.checkpoint.Checkpoint;
import org.samegan.io.export.Export;
import org.samegan.io.export.ExportFormat;
import org.samegan.io.export.ExportFormats;
import org.samegan.io.export.ExportModel;
import org.samegan.io.run.Run;
import org.samegan.io.run.RunConfig;
import org.samegan.io.safetensors.WeightsFile;
import org.samegan.runs.device.ComputeDevice;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code export}: a trained network as a file for inference, or all networks' weights. */
@Command(
    name = "export",
    description = "Export a trained network for inference, or the weights of all networks.",
    sortOptions = false,
    footer = {
      "",
      "samediff and onnx hold one network for inference, with batch normalisation",
      "folded into the weights where that is exact. A samediff file has a manifest",
      "FILE.json beside it; an onnx file has its metadata inside. safetensors holds",
      "the weights of all networks as they were trained, with PyTorch's names and",
      "layouts, for PyTorch and for 'samegan import'.",
      "",
      "Exporting again gives the same bytes. The file appears only when it is whole",
      "and has been verified."
    })
final class ExportCommand implements Callable<Integer> {
  /** The format that holds all networks, and so is none of {@link ExportFormats}. */
  private static final String WEIGHTS = "safetensors";

  /** The formats' names, for the help. */
  private static final class Formats implements Iterable<String> {
    static final List<String> NAMES =
        Stream.concat(ExportFormats.all().stream().map(ExportFormat::name), Stream.of(WEIGHTS))
            .toList();

    @Override
    public Iterator<String> iterator() {
      return NAMES.iterator();
    }
  }

  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "CHECKPOINT",
      description = "A run, for its latest checkpoint, or a checkpoint's directory.")
  private Path place;

  @Option(
      names = "--format",
      paramLabel = "F",
      required = true,
      completionCandidates = Formats.class,
      description = "One of ${COMPLETION-CANDIDATES}.")
  private String format;

  @Option(names = "--out", paramLabel = "FILE", required = true, description = "The new file.")
  private Path out;

  @Option(
      names = "--network",
      paramLabel = "generator|discriminator|recognition",
      description =
          "Which network; default: generator. recognition, for short q, reads codes or labels back,"
              + " where there is such a network.")
  private String network;

  @Option(
      names = "--ema",
      negatable = true,
      description =
          "The moving average of the generator's weights, or with --no-ema the raw weights that"
              + " training moves; default: the average, if the run was trained with one.")
  private Boolean ema;

  @Option(
      names = "--no-verify",
      description = "Don't load the file again and compare it with the checkpoint.")
  private boolean unverified;

  ExportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    GanNetwork which = checked();
    Export.requireRoom(out);
    // Before the checkpoint is taken: a run in training may delete it while ND4J starts.
    ComputeDevice.cpu().start();
    if (format.equals(WEIGHTS)) {
      Run.fromCheckpointAt(place, found -> writeWeights(withChosenWeights(found)));
    } else {
      ExportModel model =
          Run.fromCheckpointAt(place, found -> ExportModel.of(withChosenWeights(found), which));
      writeNetwork(model, ExportFormats.named(format));
    }
    terminal.print("%s", out);
    return 0;
  }

  /** The network, once the options are known to be right and to go together. */
  private GanNetwork checked() {
    try {
      if (!Formats.NAMES.contains(format)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "there is no export format '%s'; the formats are %s",
                format,
                String.join(", ", Formats.NAMES)));
      }
      if (format.equals(WEIGHTS) && network != null) {
        throw new IllegalArgumentException(
            "--network: a safetensors file holds all networks; leave the option out");
      }
      GanNetwork which =
          network == null
              ? GanNetwork.GENERATOR
              : GanNetwork.named(network.equals("q") ? "recognition" : network);
      if (which != GanNetwork.GENERATOR && ema != null) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%s: only the generator's weights are averaged; leave the option out for the"
                    + " network %s",
                ema ? "--ema" : "--no-ema",
                which.label()));
      }
      return which;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private Checkpoint withChosenWeights(Checkpoint checkpoint) {
    if (ema == null) {
      return checkpoint;
    }
    if (ema && checkpoint.generatorWeights().isEmpty()) {
      throw new CommandException(
          String.format(
              Locale.ROOT,
              "--ema: %s has no moving average of the generator's weights; leave the option out,"
                  + " or train with one (samegan train --ema 0.999)",
              place));
    }
    return ema ? checkpoint : checkpoint.withRawGenerator();
  }

  private void writeNetwork(ExportModel model, ExportFormat as) throws IOException {
    if (unverified) {
      Export.unverified(model, as, out);
    } else {
      terminal.say(
          "verified: loaded again, it differs from the checkpoint's %s by at most %.1e",
          model.which().label(), Export.verified(model, as, out));
    }
  }

  private Path writeWeights(Checkpoint checkpoint) throws IOException {
    RunConfig config = config(checkpoint);
    if (unverified) {
      WeightsFile.write(out, checkpoint, config);
    } else {
      WeightsFile.writeVerified(out, checkpoint, config);
      terminal.say("verified: read again, its weights are the checkpoint's to the bit");
    }
    return out;
  }

  /** That of the run that the checkpoint lies in; null if it lies elsewhere. */
  private static RunConfig config(Checkpoint checkpoint) throws IOException {
    Optional<Run> run = Run.holding(checkpoint.directory());
    if (run.isEmpty()) {
      return null;
    }
    checkpoint.requireModel(run.get().record().modelAt(checkpoint.manifest().progress().step()));
    return run.get().record().config();
  }
}
