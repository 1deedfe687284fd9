package org.samegan.io.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.samegan.core.training.Trainer;
import org.samegan.io.file.Sha256;

/** What a program can learn from a refusal without reading its message. */
class CheckpointExceptionTest {
  @TempDir private Path directory;
  private Path checkpoint;

  @BeforeEach
  void write() throws IOException {
    checkpoint = directory.resolve("checkpoint");
    try (Trainer trainer = new Trainer(TinyGan.gan(), TinyGan.data(), 8, 5)) {
      Checkpoint.write(checkpoint, TinyGan.gan(), trainer.state());
    }
  }

  private <E extends CheckpointException> E refusal(Class<E> type) {
    return catchThrowableOfType(type, () -> Checkpoint.read(checkpoint).verify());
  }

  @Test
  void corruptTellsBothChecksums() throws IOException {
    Path file = checkpoint.resolve("training.fb");
    byte[] bytes = Files.readAllBytes(file);
    String expected = Sha256.hex(bytes);
    bytes[100] ^= 4;
    Files.write(file, bytes);
    CheckpointException.Corrupt refusal = refusal(CheckpointException.Corrupt.class);
    assertThat(refusal.path()).isEqualTo(file);
    assertThat(refusal.what()).isEqualTo("SHA-256");
    assertThat(refusal.expected()).isEqualTo(expected);
    assertThat(refusal.found()).isEqualTo(Sha256.hex(bytes));
  }

  @Test
  void incompleteTellsWhatIsMissing() throws IOException {
    Files.delete(checkpoint.resolve("training.fb"));
    CheckpointException.Incomplete refusal = refusal(CheckpointException.Incomplete.class);
    assertThat(refusal.path()).isEqualTo(checkpoint);
    assertThat(refusal.missing()).isEqualTo("training.fb");
  }

  @Test
  void tooNewTellsTheVersions() throws IOException {
    Path file = checkpoint.resolve(Manifest.FILE);
    String text = Files.readString(file);
    Files.writeString(
        file,
        text.replace("\"format\" : 2,", "\"format\" : 3,")
            .replaceFirst("\"samegan\" : \"[^\"]*\"", "\"samegan\" : \"9.1\""));
    CheckpointException.TooNew refusal = refusal(CheckpointException.TooNew.class);
    assertThat(refusal.path()).isEqualTo(file);
    assertThat(refusal.version()).isEqualTo(3);
    assertThat(refusal.newest()).isEqualTo(2);
    assertThat(refusal.writer()).isEqualTo("9.1");
  }

  @Test
  void otherModelTellsBoth() throws IOException {
    Checkpoint read = Checkpoint.read(checkpoint);
    CheckpointException.OtherModel refusal =
        catchThrowableOfType(
            CheckpointException.OtherModel.class, () -> read.requireModel(TinyGan.gan(8)));
    assertThat(refusal.path()).isEqualTo(checkpoint);
    // Dense 6 x 16 w, batch normalisation 4 x 16 w, transposed convolution 16 w + 1 values.
    assertThat(refusal.expected()).contains("custom for 8x8x1 with 1537 ");
    assertThat(refusal.found()).contains("custom for 8x8x1 with 769 ");
  }
}
