package org.samegan.io.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.samegan.core.data.Classes;
import org.samegan.core.gan.Gan;
import org.samegan.core.training.Progress;
import org.samegan.core.training.Trainer;
import org.samegan.core.training.TrainingState;
import org.samegan.io.checkpoint.Checkpoint;
import org.samegan.io.checkpoint.CheckpointException;
import org.samegan.io.checkpoint.Software;
import org.samegan.io.checkpoint.TinyGan;
import org.samegan.io.file.TooNewException;
import org.samegan.io.file.UnusableFileException;

class RunTest {
  private static final RunRecord RECORD =
      new RunRecord(
          RunConfig.DEFAULTS,
          TinyGan.gan(),
          new RunRecord.Data("ab".repeat(32), 50, Classes.of(10), "cd".repeat(32)),
          Software.current());

  @TempDir Path directory;

  @Test
  void recordsWhatWasAskedAndWhatCameOfIt() throws IOException {
    Path path = directory.resolve("a/b/run");
    Run.create(path, RECORD);
    assertThat(Run.open(path).record()).isEqualTo(RECORD);
  }

  @Test
  void theRecordIsAConfiguration() throws IOException {
    Path path = directory.resolve("run");
    Run.create(path, RECORD);
    assertThat(RunConfigReader.read(path.resolve("run.json"))).isEqualTo(RunConfig.DEFAULTS);
  }

  @Test
  void refusesFormatsThatItDoesNotKnow() throws IOException {
    Path path = directory.resolve("run");
    Run.create(path, RECORD);
    Path file = path.resolve("run.json");
    String written = Files.readString(file);
    String format = "\"format\" : 2,";
    assertThat(written).containsOnlyOnce(format);
    Files.writeString(file, written.replace(format, "\"format\" : 7, \"new\" : 1,"));
    assertThatThrownBy(() -> Run.open(path))
        .isInstanceOf(TooNewException.class)
        .hasMessageContaining("run.json: format version 7, written by SameGAN")
        .hasMessageContaining("reads up to 2");
    for (String damaged : List.of("", "\"format\" : 0,", "\"format\" : null,")) {
      Files.writeString(file, written.replace(format, damaged));
      assertThatThrownBy(() -> Run.open(path))
          .isInstanceOf(UnusableFileException.class)
          .hasMessageContaining("format version: expected 1 to 2, found");
    }
    Files.writeString(file, "{}");
    assertThatThrownBy(() -> Run.open(path))
        .isInstanceOf(UnusableFileException.class)
        .hasMessageContaining("no 'record'");
  }

  @Test
  void noticesAChangeByHandAndSaysHowToMakeIt() throws IOException {
    Path path = directory.resolve("run");
    Run.create(path, RECORD);
    Path file = path.resolve("run.json");
    String written = Files.readString(file);
    for (String[] edit :
        new String[][] {
          {"\"batch\" : 64", "\"batch\" : 32"},
          {"\"learning-rate\" : ", "\"learning-rate\" : 1"},
          {"\"seed\" : 42", "\"seed\" :  42"}
        }) {
      String edited = written.replace(edit[0], edit[1]);
      assertThat(edited).isNotEqualTo(written);
      Files.writeString(file, edited);
      assertThatThrownBy(() -> Run.open(path))
          .isInstanceOf(UnusableFileException.class)
          .hasMessageContainingAll(
              "run.json", "SHA-256", "undo the change", "resume the run with it");
    }
    Files.writeString(file, written);
    assertThat(Run.open(path).record()).isEqualTo(RECORD);
  }

  @Test
  void changesOfTheRecipeAreKeptWithTheStepFromWhichTheyHold() throws IOException {
    Gan first = TinyGan.gan();
    Gan second = first.withRecipe(first.recipe().withDiscriminatorSteps(2));
    Gan third = first.withRecipe(first.recipe().withDiscriminatorSteps(3));
    RunConfig asked = RECORD.config().withSetting("rate", 0.1);
    RunRecord record = RECORD.withConfig(asked);
    record = changed(record, 100, 0.2, second);
    record = changed(record, 250, 0.3, third);
    Run run = Run.create(directory.resolve("run"), record);

    RunRecord read = Run.open(run.directory()).record();
    assertThat(read).isEqualTo(record);
    assertThat(read.modelAt(0)).isEqualTo(first);
    assertThat(read.modelAt(100)).as("the checkpoint was written before").isEqualTo(first);
    assertThat(read.modelAt(101)).isEqualTo(second);
    assertThat(read.modelAt(250)).isEqualTo(second);
    assertThat(read.modelAt(251)).isEqualTo(third);
    assertThat(read.goingOnFrom(250)).isEqualTo(read);
    RunRecord earlier = read.goingOnFrom(180);
    assertThat(earlier.model()).isEqualTo(second);
    assertThat(earlier.config()).isEqualTo(RECORD.config().withSetting("rate", 0.2));
    assertThat(read.goingOnFrom(99)).isEqualTo(RECORD.withConfig(asked));
  }

  private static RunRecord changed(RunRecord record, long step, double rate, Gan model) {
    RecipeChange change =
        new RecipeChange(
            step,
            Map.of("rate", record.config().settings().get("rate")),
            Map.of("rate", rate),
            record.model().recipe());
    return record.changed(change, record.config().withSetting("rate", rate), model);
  }

  @Test
  void neverOverwritesAnything() throws IOException {
    Path path = Files.createDirectory(directory.resolve("run"));
    Path precious = Files.createFile(path.resolve("precious"));
    assertThatThrownBy(() -> Run.create(path, RECORD))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessageContaining("never overwritten")
        .hasMessageContaining("resume");
    assertThat(path).isDirectoryContaining(precious::equals);
    Files.delete(precious);
    assertThat(Run.create(path, RECORD).record()).isEqualTo(RECORD);
  }

  @Test
  void saysWhyADirectoryCannotBeMade() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    assertThatThrownBy(() -> Run.create(file.resolve("run"), RECORD))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot make the run's directory");
  }

  @Test
  void saysWhatIsNoRun() {
    assertThatThrownBy(() -> Run.open(directory))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("no run.json");
    assertThatThrownBy(() -> Run.open(directory.resolve("rnu")))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageEndingWith("rnu: there is no such run");
  }

  @Test
  void aRunFromAStateIsWholeOrAbsent() throws IOException {
    Path path = directory.resolve("run");
    // A state without the model's arrays ends the writing halfway.
    TrainingState nothing = new TrainingState(Progress.START, Map.of());
    assertThatThrownBy(() -> Run.create(path, RECORD, nothing))
        .isInstanceOf(RuntimeException.class);
    assertThat(directory).isEmptyDirectory();
    try (Trainer trainer = new Trainer(TinyGan.gan(), TinyGan.data(), 8, 5)) {
      Run run = Run.create(path, RECORD, trainer.state());
      assertThat(run.latest().manifest().progress().step()).isZero();
      assertThat(run.directory()).isEqualTo(path);
    }
    assertThat(directory.toFile().list()).containsExactly("run");
  }

  @Test
  void keepsTheLatestCheckpointsOnly() throws IOException {
    Run run = Run.create(directory.resolve("run"), RECORD);
    assertThat(run.latestCheckpoint()).isEmpty();
    try (Trainer trainer = new Trainer(TinyGan.gan(), TinyGan.data(), 8, 5)) {
      for (int i = 0; i < 5; i++) {
        trainer.step();
        run.save(trainer.state());
      }
    }
    assertThat(run.checkpoints())
        .extracting(path -> path.getFileName().toString())
        .containsExactly("step-00000003", "step-00000004", "step-00000005");
    assertThat(run.latest().manifest().progress().step()).isEqualTo(5);
    assertThat(run.directory().resolve("checkpoints"))
        .isDirectoryNotContaining(path -> path.getFileName().toString().startsWith("."));
  }

  @Test
  void theLatestStepIsTheGreatestNumber() throws IOException {
    Run run = Run.create(directory.resolve("run"), RECORD);
    List<String> names = List.of("step-00000007", "step-99999999", "step-100000000");
    for (String name : names) {
      Files.createDirectories(run.directory().resolve("checkpoints").resolve(name));
    }
    Files.createDirectories(run.directory().resolve("checkpoints/step-x"));
    assertThat(run.checkpoints())
        .extracting(path -> path.getFileName().toString())
        .containsExactlyElementsOf(names);
    assertThat(run.latestCheckpoint().orElseThrow()).hasFileName("step-100000000");
    // What is deleted is what is oldest.
    try (Trainer trainer = new Trainer(TinyGan.gan(), TinyGan.data(), 8, 5)) {
      Progress late = new Progress(100_000_001, 100_000_001, 800_000_008, 16_666_666);
      run.save(new TrainingState(late, trainer.state().arrays()));
    }
    assertThat(run.checkpoints())
        .extracting(path -> path.getFileName().toString())
        .containsExactly("step-99999999", "step-100000000", "step-100000001");
  }

  @Test
  void aCopyUnderALaterNameIsNotTheLatest() throws IOException {
    Run run = Run.create(directory.resolve("run"), RECORD);
    try (Trainer trainer = new Trainer(TinyGan.gan(), TinyGan.data(), 8, 5)) {
      trainer.step();
      Path saved = run.save(trainer.state());
      Checkpoint.write(saved.resolveSibling("step-00000900"), TinyGan.gan(), trainer.state());
    }
    assertThatThrownBy(run::latest)
        .isInstanceOf(CheckpointException.Misnamed.class)
        .hasMessageContainingAll("step-00000900", "expected step-00000001", "rename");
  }

  /** Later checkpoints appear and earlier ones go, as fast as can be, while the latest is read. */
  @Test
  void theLatestIsReadWhileItIsReplaced() throws Exception {
    Run run = Run.create(directory.resolve("run"), RECORD);
    try (Trainer trainer = new Trainer(TinyGan.gan(), TinyGan.data(), 8, 5)) {
      run.save(trainer.state());
      for (int i = 0; i < 60; i++) {
        TrainingState later =
            new TrainingState(new Progress(i + 1, 0, 0, 0), trainer.state().arrays());
        Checkpoint.write(directory.resolve("later-" + i), TinyGan.gan(), later);
      }
    }
    CompletableFuture<Void> training =
        CompletableFuture.runAsync(
            () -> {
              try {
                for (int i = 0; i < 60; i++) {
                  Path latest = run.latestCheckpoint().orElseThrow();
                  Path later = latest.resolveSibling(StepFiles.name(i + 1, ""));
                  Files.move(directory.resolve("later-" + i), later);
                  try (Stream<Path> files = Files.list(latest)) {
                    for (Path file : files.toList()) {
                      Files.delete(file);
                    }
                  }
                  Files.delete(latest);
                }
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    int read = 0;
    while (!training.isDone() || read < 2) {
      assertThat(run.latest().manifest().progress().step()).isBetween(0L, 60L);
      read++;
    }
    training.join();
  }

  @Test
  void sweepsWhatAKilledProcessLeft() throws IOException {
    Run run = Run.create(directory.resolve("run"), RECORD);
    Path left = run.directory().resolve("checkpoints/.step-00000007.partial-1234");
    Files.createDirectories(left);
    Files.writeString(left.resolve("generator.fb"), "half");
    assertThat(run.checkpoints()).isEmpty();
    run.sweep();
    assertThat(left).doesNotExist();
  }

  @Test
  void refusesACheckpointOfAnotherVariant() throws IOException {
    Run run = Run.create(directory.resolve("run"), RECORD);
    try (Trainer other = new Trainer(TinyGan.gan(8), TinyGan.data(), 8, 5)) {
      Checkpoint.write(
          run.directory().resolve("checkpoints/step-00000000"), TinyGan.gan(8), other.state());
    }
    assertThatThrownBy(run::latest)
        .isInstanceOf(CheckpointException.OtherModel.class)
        .hasMessageContaining("step-00000000");
  }

  @Test
  void anotherLengthIsRecorded() throws IOException {
    Run run = Run.create(directory.resolve("run"), RECORD);
    run.update(RECORD.withConfig(RECORD.config().with(RunOptions.STEPS, 500L)));
    RunConfig config = Run.open(run.directory()).record().config();
    assertThat(config.get(RunOptions.STEPS)).isEqualTo(500);
    assertThat(config.get(RunOptions.EPOCHS)).isNull();
    assertThat(config.with(RunOptions.EPOCHS, 25L)).isEqualTo(RunConfig.DEFAULTS);
  }

  @Test
  void settingsKeepTheirTypes() throws IOException {
    Path file = directory.resolve("config.json");
    Files.writeString(
        file,
        "{\"variant\": \"gan\", \"settings\": {\"latent\": 5, \"arch\": \"mlp\", \"x\": 0.5}}");
    assertThat(RunConfigReader.read(file).settings())
        .isEqualTo(Map.of("latent", 5L, "arch", "mlp", "x", 0.5));
  }
}
