package org.samegan.cli;

import org.samegan.core.training.Gan;
import org.samegan.io.json.Json;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunRecord;

/** What a run would be. */
final class DryRun {
  private DryRun() {}

  static void print(RunRecord record, TrainingData data, Terminal terminal) {
    Gan gan = record.model();
    RunConfig config = resolved(record.config(), gan);
    terminal.print("%s%n", Json.text(config));
    terminal.print("%s%n", NetworkTable.of("generator", gan.generator()));
    terminal.print("%s%n", NetworkTable.of("discriminator", gan.discriminator()));
    if (gan.recognition() != null) {
      terminal.print("%s%n", NetworkTable.of("recognition", gan.recognition().network()));
    }
    terminal.print(
        "%s, %,d steps of %d", data.description(), Schedule.of(record).lastStep(), config.batch());
  }

  /** With what the data and the variant have decided in place of what was left open. */
  private static RunConfig resolved(RunConfig config, Gan gan) {
    RunConfig complete =
        config
            .withDiscriminatorSteps(gan.recipe().discriminatorSteps().usual())
            .withEma(gan.recipe().generatorAverage().decay());
    return PointSamples.areOf(gan)
        ? complete
        : complete.withImages(gan.exampleShape().get(0), gan.exampleShape().channels());
  }
}
