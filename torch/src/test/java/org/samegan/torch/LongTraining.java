package org.samegan.torch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.gan.Gan;
import org.samegan.core.training.Trainer;
import org.samegan.models.Variants;
import org.samegan.torch.execution.Forms;
import org.samegan.torch.library.Handles;

/** A process of its own that trains a tiny model for long, and says what it holds in between. */
final class LongTraining {
  private static final Path MEMORY = Path.of("/proc/self/statm");

  private LongTraining() {}

  /** Tells handles and resident pages, 0 where there is no telling, after each of these steps. */
  public static void main(String[] steps) throws IOException {
    Gan gan = Variants.named("gan").gan(ExampleForm.points(2), Map.of("width", 4));
    TorchBackend backend = new TorchBackend(TestLibrary.cpu(), Forms.of(TestLibrary.cpu()), true);
    try (Trainer trainer = new Trainer(gan, new Ramp(gan.exampleShape()), 4, 7, backend)) {
      for (String step : steps) {
        while (trainer.progress().step() < Long.parseLong(step)) {
          trainer.step();
        }
        System.gc();
        System.out.printf("after %s: %d handles, %d pages%n", step, Handles.live(), pages());
      }
    }
    System.out.printf("closed: %d handles%n", Handles.live());
  }

  private static long pages() throws IOException {
    return Files.exists(MEMORY) ? Long.parseLong(Files.readString(MEMORY).split(" ", 3)[1]) : 0;
  }
}
