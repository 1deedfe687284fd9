package org.samegan.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.samegan.core.backend.Backend;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunOption;
import org.samegan.io.run.RunOptions;
import org.samegan.runs.PreparedRun;
import org.samegan.runs.augment.Arm;
import org.samegan.runs.augment.AugmentExperiment;
import org.samegan.runs.augment.AugmentListener;
import org.samegan.runs.augment.AugmentReport;
import org.samegan.runs.augment.AugmentSettings;
import org.samegan.runs.device.ComputeDevice;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code augment}: labelled synthetic images, and whether they help. */
@Command(
    name = "augment",
    description = "Make labelled synthetic images, and find out whether they help a classifier.",
    sortOptions = false,
    footer = {
      "",
      "A generator is trained on the labelled images, what it makes is filtered, and classifiers",
      "are trained with and without it: R real images, R' the same with twice the steps, R+A",
      "classically augmented, R+G and R+A+G with synthetic images beside, G synthetic ones alone.",
      "Everything is chosen by the labelled images; the test images say how good it is, no more.",
      "Ctrl-C ends it between two steps; the same command goes on where it was."
    })
final class AugmentCommand implements Callable<Integer> {
  /** What runs declare and this command takes too. */
  static final List<RunOption<?>> OPTIONS =
      Stream.concat(AugmentSettings.RUN_OPTIONS.stream(), RunOptions.ofDevices().stream()).toList();

  private final Terminal terminal;
  private final StopRequest stop;
  private final GivenOptions given;

  @Spec private CommandSpec spec;

  @Option(
      names = "--unlabelled",
      paramLabel = "PATH",
      description = "Further images, whose labels nobody knows, for the generator alone.")
  private String unlabelled;

  @Option(
      names = "--test",
      paramLabel = "PATH|split",
      description =
          "Labelled images to test by, or split to hold out a fifth; default: those that belong to"
              + " the data.")
  private String test;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "The experiment's directory: new, empty, or of the same experiment.")
  private Path out;

  @Option(
      names = "--per-class",
      paramLabel = "N",
      description = "Learn from N labelled images of each class, drawn by the seed; default: all.")
  private Integer perClass;

  @Option(
      names = "--subsets",
      paramLabel = "S",
      defaultValue = "1",
      description = "Try S such subsets; intervals need 2 at least; default: 1.")
  private int subsets;

  @Option(
      names = "--classifier-steps",
      paramLabel = "N",
      description =
          "Steps of R's classifier, half of the others'; default: two epochs, at least 500.")
  private Integer classifierSteps;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "Synthetic images of each class; default: 1000, fewer of large images.")
  private Integer count;

  @Option(
      names = "--tau",
      split = ",",
      paramLabel = "T",
      description =
          "How sure a classifier of the real images must be of a synthetic image's class, several"
              + " to choose from; default: 0,0.9.")
  private List<Double> taus;

  @Option(
      names = "--share",
      split = ",",
      paramLabel = "P",
      description =
          "The share of synthetic images in a batch, several to choose from; default: 0.25,0.5.")
  private List<Double> shares;

  @Option(
      names = "--arms",
      split = ",",
      paramLabel = "ARM",
      description = "What to compare; default: R,R',R+A,R+G,R+A+G,G.")
  private List<String> arms;

  @Option(
      names = "--balance",
      description =
          "Fill every class up to the largest with synthetic images, in place of --count and"
              + " --share.")
  private boolean balance;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Change one of the variant's settings; 'samegan variants' lists them.")
  private Map<String, String> settings = new LinkedHashMap<>();

  AugmentCommand(Terminal terminal, StopRequest stop, GivenOptions given) {
    this.terminal = terminal;
    this.stop = stop;
    this.given = given;
  }

  @Override
  public Integer call() throws IOException {
    AugmentSettings asked = asked();
    Backend backend = ComputeDevice.select(asked.run(), terminal::tell).start().backend();
    stop.arm();
    Optional<AugmentReport> report =
        AugmentExperiment.run(asked, out, backend, new Lines(terminal), stop::isRequested);
    if (report.isPresent()) {
      print(report.get());
    } else {
      terminal.say("stopped; to go on, give the same command again");
    }
    return 0;
  }

  /** Mistakes that the command line alone shows are wrong usage. */
  private AugmentSettings asked() throws IOException {
    try {
      given.values();
      RunConfig config = given.config().withSettings(settings);
      AugmentSettings asked =
          new AugmentSettings(
              config,
              unlabelled,
              test,
              perClass,
              subsets,
              classifierSteps,
              count,
              taus,
              shares,
              arms == null ? null : arms.stream().map(Arm::named).toList(),
              balance);
      PreparedRun.requireSound(asked.run());
      return asked;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), OptionNames.dashed(e.getMessage()), e);
    }
  }

  private void print(AugmentReport report) {
    for (AugmentReport.ArmSummary arm : report.arms()) {
      terminal.print(
          "%-7s %s%s  %s",
          arm.arm().id(),
          String.format(Locale.ROOT, "%6.2f %%", 100 * arm.accuracy().mean()),
          interval(arm.accuracy(), "%.2f to %.2f %%"),
          arm.description());
    }
    for (AugmentReport.Difference difference : report.differences()) {
      terminal.print(
          "%-13s %+.2f points%s, McNemar p = %.2g: %s",
          difference.first().id() + " - " + difference.second().id(),
          100 * difference.accuracy().mean(),
          interval(difference.accuracy(), "%+.2f to %+.2f"),
          difference.probability(),
          difference.verdict());
    }
    terminal.print("verdict     %s", report.verdict());
    terminal.print("images      %s", out.resolve(report.synthetic().directory()));
    terminal.print("report      %s", out.resolve("augment.html"));
  }

  private static String interval(AugmentReport.Mean mean, String format) {
    return mean.low() == null
        ? ""
        : " (" + String.format(Locale.ROOT, format, 100 * mean.low(), 100 * mean.high()) + ")";
  }

  /** A line about every five seconds. */
  private record Lines(Terminal terminal) implements AugmentListener {
    @Override
    public void noticed(String notice) {
      terminal.tell(notice);
    }

    @Override
    public void progressed(Progress progress) {
      terminal.say(
          "%s: step %d of %d; %.0f %% of all, %s left",
          progress.part(),
          progress.step(),
          progress.steps(),
          100 * progress.share(),
          ProgressMeter.inWords(progress.left()));
    }
  }
}
