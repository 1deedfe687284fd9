package org.samegan.cli;

import java.util.concurrent.Callable;
import org.samegan.runs.device.DeviceReport;
import picocli.CommandLine.Command;

/** {@code devices}: what can be computed with. */
@Command(
    name = "devices",
    description = "Tell what this machine can compute with, and why what can't be used can't.",
    footer = {
      "",
      "libtorch is PyTorch's library, version 2.10 or later. It is looked for where SAMEGAN_LIBTORCH",
      "says, in the active virtual environment or conda environment, and in python3's PyTorch.",
      "'auto' is what --device auto --backend auto takes."
    })
final class DevicesCommand implements Callable<Integer> {
  private final Terminal terminal;

  DevicesCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    DeviceReport.ofThisMachine()
        .forEach(line -> terminal.print("%-12s%s", line.what(), OptionNames.dashed(line.found())));
    return 0;
  }
}
