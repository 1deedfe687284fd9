package org.samegan.io.checkpoint;

import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.samegan.core.training.Trainer;

/** A process that writes and deletes checkpoints in several directories at once until killed. */
public final class CheckpointLoop {
  static final int WRITERS = 16;

  private CheckpointLoop() {}

  /** Takes the directory to write to, and a name for this process. */
  public static void main(String[] args) {
    Trainer trainer = new Trainer(TinyGan.gan(), TinyGan.data(), 8, 5);
    trainer.step();
    ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
    for (int i = 0; i < WRITERS; i++) {
      Path directory = Path.of(args[0]).resolve("writer-" + i);
      writers.execute(() -> write(directory, args[1], trainer));
    }
  }

  private static void write(Path directory, String process, Trainer trainer) {
    try {
      for (int n = 0; true; n++) {
        Checkpoint.write(
            directory.resolve("step-" + process + "-" + n), TinyGan.gan(), trainer.state());
        if (n >= 2) {
          CheckpointDirectory.remove(directory.resolve("step-" + process + "-" + (n - 2)));
        }
      }
    } catch (Exception e) {
      e.printStackTrace();
      Runtime.getRuntime().halt(3);
    }
  }
}
