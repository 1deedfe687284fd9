package org.samegan.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.Callable;
import org.samegan.io.checkpoint.Checkpoint;
import org.samegan.io.export.Export;
import org.samegan.io.export.ExportFormat;
import org.samegan.io.export.ExportFormats;
import org.samegan.io.export.ExportModel;
import org.samegan.io.export.GanNetwork;
import org.samegan.io.run.Run;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code export}: a trained network as a file for inference. */
@Command(
    name = "export",
    description = "Export a trained network for inference.",
    sortOptions = false,
    footer = {
      "",
      "Batch normalisation is folded into the weights where that is exact. The same",
      "checkpoint gives the same bytes. The file appears only when it is whole and",
      "has been verified. A samediff file has a manifest FILE.json beside it; an onnx",
      "file has its metadata inside."
    })
final class ExportCommand implements Callable<Integer> {
  /** The formats' names, for the help. */
  private static final class Formats implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return ExportFormats.all().stream().map(ExportFormat::name).iterator();
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
      paramLabel = "generator|discriminator|q",
      defaultValue = "generator",
      description =
          "Which network; default: generator. q reads codes or labels back, where there is one.")
  private String network;

  @Option(
      names = "--no-verify",
      description = "Don't load the file again and compare what it computes.")
  private boolean unverified;

  ExportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    ExportFormat as;
    GanNetwork which;
    try {
      as = ExportFormats.named(format);
      which = GanNetwork.named(network);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    Export.requireRoom(out);
    Checkpoint checkpoint = Run.isRun(place) ? Run.open(place).latest() : Checkpoint.read(place);
    which.requireIn(checkpoint.gan());
    Compute.select("cpu", terminal);
    Compute.start(0);
    ExportModel model = ExportModel.of(checkpoint, which);
    if (unverified) {
      Export.unverified(model, as, out);
    } else {
      terminal.say(
          "verified: loaded again, it differs from the checkpoint's %s by at most %.1e",
          which.label(), Export.verified(model, as, out));
    }
    terminal.print("%s", out);
    return 0;
  }
}
