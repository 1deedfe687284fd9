package org.samegan.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.samegan.core.schedule.Schedule;
import org.samegan.io.checkpoint.Software;
import org.samegan.io.json.Json;
import org.samegan.io.run.BestCheckpoint;
import org.samegan.io.run.Machine;
import org.samegan.io.run.Origin;
import org.samegan.io.run.RecipeChange;
import org.samegan.io.run.Run;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunOptions;
import org.samegan.runs.CheckpointInspection;
import org.samegan.runs.EvaluationInspection;
import org.samegan.runs.FileInspection;
import org.samegan.runs.RunInspection;
import org.samegan.runs.data.DataPlace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code inspect}: what a run or a checkpoint is, and whether it is whole. */
@Command(
    name = "inspect",
    description = "Tell what a run, a checkpoint or an exported file is, and verify its checksums.",
    footer = {"", "The exit code is 1 if something is damaged."})
final class InspectCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      paramLabel = "PATH",
      description = "A run's or a checkpoint's directory, or a file of one or of export.")
  private Path place;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  InspectCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    if (!Files.exists(place)) {
      throw new NoSuchFileException(place.toString());
    }
    Path named = BestCheckpoint.resolve(place);
    Path directory = FileInspection.owner(named).orElse(named);
    if (Files.isRegularFile(directory)) {
      print(FileInspection.of(directory));
      return 0;
    }
    RunInspection found =
        Run.isRun(directory)
            ? RunInspection.ofRun(directory)
            : RunInspection.ofCheckpoint(directory);
    if (json) {
      terminal.print("%s", Json.text(found));
    } else {
      print(found);
    }
    for (RunInspection.Entry checkpoint : found.checkpoints()) {
      if (checkpoint.problem() != null) {
        terminal.say("samegan: %s", checkpoint.problem());
      }
    }
    return found.intact() ? 0 : 1;
  }

  private void print(FileInspection found) {
    if (json) {
      terminal.print("%s", Json.text(found));
      return;
    }
    line("file", found.path());
    line("kind", found.kind());
    line("checksum", found.verified() ? "OK" : "none that could be verified");
    if (found.tensors() != null) {
      line("tensors", found.tensors().toString());
    }
    found.metadata().forEach((key, value) -> line("", key + " " + value));
  }

  private static String batch(RunConfig config) {
    Long shards = config.get(RunOptions.SHARDS);
    String batch = String.valueOf(config.get(RunOptions.BATCH));
    return shards == null || shards == 1 ? batch : batch + ", in " + shards + " shards";
  }

  private void print(RunInspection found) {
    line(found.kind(), found.path());
    line("variant", found.variant());
    if (found.parameters() != null) {
      line(
          "parameters",
          String.format(
              Locale.ROOT,
              "generator %,d, discriminator %,d",
              found.parameters().generator(),
              found.parameters().discriminator()));
    }
    if (found.ema() != null && !found.ema().equals(Schedule.constant(0))) {
      line("ema", "decay " + found.ema().text() + "; generator.fb holds the average");
    }
    line("progress", progress(found));
    if (found.config() != null) {
      line("seed", String.valueOf(found.config().get(RunOptions.SEED)));
      line("batch", batch(found.config()));
      line("data", found.config().get(RunOptions.DATA));
      if (found.config().get(RunOptions.UNLABELLED) != null) {
        line("unlabelled", found.config().get(RunOptions.UNLABELLED));
      }
      if (found.config().get(RunOptions.LABELS) != null) {
        line("labels", found.config().get(RunOptions.LABELS) + " of the data are kept");
      }
      line(
          "",
          String.format(
              Locale.ROOT,
              "%,d %s, %s, fingerprint %s",
              found.data().examples(),
              kind(found),
              found.data().classes().description(),
              found.data().fingerprint()));
    }
    Software software = found.software();
    if (software != null) {
      line(
          "software",
          String.format(
              Locale.ROOT,
              "SameGAN %s, ND4J %s, Java %s, %s",
              software.samegan(),
              software.nd4j(),
              software.java(),
              software.system()));
    }
    if (found.origin() != null) {
      print(found.origin());
    }
    Machine machine = found.machine();
    if (machine != null) {
      String library = machine.cpuLibrary() == null ? "" : " with " + machine.cpuLibrary();
      line("machine", machine.device() + library + ", threads: " + machine.threads());
      Machine.LibTorch torch = machine.libtorch();
      if (torch != null) {
        String gpu = torch.gpu() == null ? "" : " on " + torch.gpu() + ", CUDA " + torch.cuda();
        line("libtorch", torch.version() + ", " + torch.precision() + gpu);
      }
    }
    for (RecipeChange change : found.changes()) {
      change
          .after()
          .forEach(
              (key, value) ->
                  line(
                      "changed",
                      String.format(
                          Locale.ROOT,
                          "from step %d on %s is %s (it was %s)",
                          change.step(),
                          key,
                          value,
                          change.before().getOrDefault(key, "not said"))));
    }
    if (found.evaluation() != null) {
      print(found.evaluation());
    }
    found.checkpoints().forEach(this::print);
  }

  private void print(Origin origin) {
    String run = origin.run() == null ? "" : " of the run " + origin.run();
    String step =
        origin.step() == null ? "" : String.format(Locale.ROOT, ", step %d", origin.step());
    line("from", origin.place() + ": the weights" + run + step);
    line(
        "",
        String.format(
            Locale.ROOT,
            "%d of %d variables, %d of them in part; SHA-256 %s",
            origin.whole() + origin.partly().size(),
            origin.variables(),
            origin.partly().size(),
            origin.sha256()));
  }

  private void print(EvaluationInspection evaluation) {
    line(
        "evaluated",
        evaluation.metrics().entrySet().stream()
            .map(
                number ->
                    String.format(
                        Locale.ROOT, "%s %.4g", number.getKey(), number.getValue().doubleValue()))
            .collect(Collectors.joining(", ", "after step " + evaluation.step() + ": ", "")));
    line("best", evaluation.best());
    evaluation
        .alarms()
        .forEach(raised -> line("alarm", "after step " + raised.step() + ": " + raised.alarm()));
  }

  private static String kind(RunInspection found) {
    String data = found.config().get(RunOptions.DATA);
    return data == null ? "examples" : DataPlace.of(data).kind().plural();
  }

  private static String progress(RunInspection found) {
    if (found.step() == null) {
      return found.checkpoints().isEmpty() ? "no checkpoint yet" : null;
    }
    return found.lastStep() == null
        ? "step " + found.step()
        : String.format(
            Locale.ROOT,
            "step %d of %d, %d epochs complete, %,d %s",
            found.step(),
            found.lastStep(),
            found.epoch(),
            found.images(),
            kind(found));
  }

  private void print(RunInspection.Entry checkpoint) {
    String created = checkpoint.created() == null ? "DAMAGED" : checkpoint.created();
    line("checkpoint", checkpoint.name() + "  " + created);
    for (CheckpointInspection.FileReport file : checkpoint.files()) {
      line(
          "",
          String.format(
              Locale.ROOT, "%-18s %,14d bytes  %s", file.name(), file.size(), file.status()));
    }
  }

  private void line(String label, String value) {
    if (value != null) {
      terminal.print("%-11s %s", label, value);
    }
  }
}
