package org.samegan.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.autodiff.samediff.SameDiff;
import org.samegan.core.backend.Backend;
import org.samegan.core.backend.ComputeException;
import org.samegan.core.backend.ForwardingBackend;
import org.samegan.core.execution.CallTimer;
import org.samegan.core.execution.CompiledGraph;
import org.samegan.core.execution.Tensor;
import org.samegan.core.training.Trainer;
import org.samegan.io.run.Run;
import org.samegan.io.run.RunConfig;
import org.samegan.io.run.RunLock;
import org.samegan.io.run.RunOptions;
import org.samegan.runs.data.Examples;

/** A device that has no memory left in the middle of a run. */
class FailingDeviceTest {
  /** With two discriminator steps for each of the generator's, and only the last checkpoint due. */
  private static final RunConfig CONFIG =
      RunConfig.of("wgan-gp", "toy:8gaussians")
          .withSetting("width", 4)
          .with(RunOptions.BATCH, 8L)
          .with(RunOptions.D_STEPS, 2L)
          .with(RunOptions.STEPS, 6L)
          .with(RunOptions.CHECKPOINT_EVERY, 6L)
          .with(RunOptions.SAMPLE_EVERY, 6L)
          .with(RunOptions.THREADS, 1L);

  @TempDir private Path directory;

  /** ND4J's, but for one of the runs of its compiled graphs. */
  private static final class Failing extends ForwardingBackend {
    private final int last;
    private int runs;

    Failing(int last) {
      super(Backend.nd4j());
      this.last = last;
    }

    @Override
    public CompiledGraph compile(
        SameDiff graph, Map<String, Tensor> inputs, Map<String, Tensor> results) {
      CompiledGraph plan = super.compile(graph, inputs, results);
      return new CompiledGraph() {
        @Override
        public void run() {
          if (++runs > last) {
            throw new ComputeException("the GPU has no memory left for a step");
          }
          plan.run();
        }

        @Override
        public void time(CallTimer timer) {
          plan.time(timer);
        }

        @Override
        public void close() {
          plan.close();
        }
      };
    }
  }

  /** Trains until a run of a step's graph fails, the one after so many. */
  private TrainingRun failingAfter(int runs, Backend backend) throws IOException {
    PreparedRun prepared = PreparedRun.of(CONFIG, notice -> {});
    Examples examples = prepared.examples();
    Run run = Run.create(directory.resolve("run-" + runs), prepared.record());
    Trainer trainer =
        new Trainer(
            prepared.record().model(),
            examples.dataset(prepared.record().model()),
            CONFIG.count(RunOptions.BATCH),
            CONFIG.get(RunOptions.SEED),
            backend);
    RunLock lock = RunLock.acquire(run.directory(), notice -> {});
    return TrainingRun.of(run, lock, trainer, Backend.nd4j(), examples, Optional.empty());
  }

  /** Between two steps, as where memory goes while samples are drawn, everything is saved. */
  @Test
  void whatHasBeenTrainedIsSavedAndGoesOnToTheBit() throws IOException {
    Path run = directory.resolve("run-6");
    try (TrainingRun failing = failingAfter(6, new Failing(6))) {
      assertThatThrownBy(failing::train)
          .isInstanceOf(ComputeException.class)
          .hasMessageContaining("the GPU has no memory left for a step; what had been trained was")
          .hasMessageContaining("saved before training ended: " + run)
          .hasMessageEndingWith("step-00000002");
    }
    try (TrainingRun whole = TrainingRun.create(directory.resolve("whole"), CONFIG);
        TrainingRun resumed = TrainingRun.resume(run)) {
      assertThat(resumed.step()).isEqualTo(2);
      whole.train();
      resumed.train();
      whole
          .state()
          .arrays()
          .forEach(
              (path, array) ->
                  assertThat(resumed.state().arrays().get(path).data().asFloat())
                      .as(path)
                      .isEqualTo(array.data().asFloat()));
    }
  }

  /** The discriminator has moved and the generator has not: no run has such a state. */
  @Test
  void aStepThatFailedHalfWayIsNotSaved() throws IOException {
    try (TrainingRun failing = failingAfter(8, new Failing(8))) {
      assertThatThrownBy(failing::train)
          .isInstanceOf(ComputeException.class)
          .hasMessageContaining("there is no checkpoint from before, as none was due yet");
      assertThat(failing.files().latestCheckpoint()).isEmpty();
    }
  }
}
