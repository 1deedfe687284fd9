package org.samegan.runs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.samegan.core.device.Device;
import org.samegan.io.checkpoint.Software;
import org.samegan.io.run.Machine;
import org.samegan.io.run.RunOption;
import org.samegan.io.run.RunOptions;
import org.samegan.io.run.RunRecord;

/** What a user is told where a run goes on with something else that decides bits. */
final class EnvironmentChanges {
  private EnvironmentChanges() {}

  /**
   * Compares what a run was started with and what is there now.
   *
   * @return the warning; empty if nothing has changed that is known
   */
  static Optional<String> of(RunRecord record, Machine machine, Software software) {
    Software first = record.software();
    List<Optional<String>> changes = new ArrayList<>();
    changes.add(change("SameGAN", first.samegan(), software.samegan()));
    changes.add(change("ND4J", first.nd4j(), software.nd4j()));
    changes.add(change("the system", first.system(), software.system()));
    Machine started = record.machine();
    if (started != null) {
      changes.add(restorable("the device", RunOptions.DEVICE, started.device(), machine.device()));
      changes.add(
          restorable("the backend", RunOptions.BACKEND, started.backend(), machine.backend()));
      if (started.libtorch() != null && machine.libtorch() != null) {
        changes.addAll(changes(started.libtorch(), machine.libtorch()));
      }
      if (machine.libtorch() != null
          && machine.libtorch().gpu() != null
          && record.config().get(RunOptions.TIMED_KERNELS)) {
        changes.add(
            Optional.of(
                "with the option timed-kernels the GPU chooses its algorithms by their times"));
      }
      // Where the device is another, so is this, and it needs no words of its own.
      if (started.device().equals(machine.device())) {
        changes.add(change("the CPU library", started.cpuLibrary(), machine.cpuLibrary()));
      }
      // A GPU's bits are its own, however many threads of the CPU feed it.
      if (machine.device().equals(Device.CPU.label())) {
        changes.add(threads(started.threads(), machine));
      }
    } else if (record.config().get(RunOptions.THREADS) > 0) {
      changes.add(threads(record.config().count(RunOptions.THREADS), machine));
    } else {
      changes.add(
          Optional.of(
              "the number of threads was one for each core, which the run is too old to have"
                  + " counted, and is "
                  + machine.threads()));
    }
    List<String> found = changes.stream().flatMap(Optional::stream).toList();
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "the bits may differ from those of an uninterrupted run: " + String.join("; ", found));
  }

  private static List<Optional<String>> changes(Machine.LibTorch was, Machine.LibTorch is) {
    return List.of(
        change("libtorch", was.version(), is.version()),
        restorable("the precision", RunOptions.PRECISION, was.precision(), is.precision()),
        change("the GPU", was.gpu(), is.gpu()),
        change("CUDA", was.cuda(), is.cuda()),
        change("the GPU's driver", was.driver(), is.driver()));
  }

  private static Optional<String> threads(int started, Machine machine) {
    return restorable("the number of threads", RunOptions.THREADS, started, machine.threads());
  }

  /** What an option changes back. */
  private static Optional<String> restorable(
      String what, RunOption<?> option, Object was, Object is) {
    return change(what, was, is)
        .map(change -> change + " (the option " + option.key() + " " + was + " brings it back)");
  }

  private static Optional<String> change(String what, Object was, Object is) {
    return Objects.equals(was, is)
        ? Optional.empty()
        : Optional.of(String.format(Locale.ROOT, "%s was %s and is %s", what, was, is));
  }
}
