package org.samegan.cli;

import org.samegan.core.data.ExampleKind;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.GanNetwork;
import org.samegan.io.json.Json;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunOptions;
import org.samegan.runs.PreparedRun;
import org.samegan.runs.Timetable;

/** What a run would be. */
final class DryRun {
  private DryRun() {}

  static void print(PreparedRun prepared, Terminal terminal) {
    Gan gan = prepared.record().model();
    RunConfig config = resolved(prepared.record().config(), gan);
    terminal.print("%s%n", Json.text(config));
    for (GanNetwork network : GanNetwork.of(gan)) {
      terminal.print("%s%n", NetworkTable.of(network.label(), network.layers(gan)));
    }
    terminal.print(
        "%s, %,d steps of %d",
        prepared.examples().description(),
        Timetable.of(prepared.record()).lastStep(),
        config.get(RunOptions.BATCH));
  }

  /** With what the data and the variant have decided in place of what was left open. */
  private static RunConfig resolved(RunConfig config, Gan gan) {
    RunConfig complete =
        config
            .with(RunOptions.D_STEPS, (long) gan.recipe().discriminatorSteps().usual())
            .with(RunOptions.EMA, gan.recipe().generatorAverage().decay())
            .with(RunOptions.AUGMENT, gan.recipe().littleData().augmentation().text());
    return ExampleKind.of(gan.exampleShape()) == ExampleKind.POINTS
        ? complete
        : complete
            .with(RunOptions.IMAGE_SIZE, (long) gan.exampleShape().get(0))
            .with(RunOptions.CHANNELS, (long) gan.exampleShape().channels());
  }
}
