package org.samegan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.samegan.io.json.Json;
import org.samegan.io.run.RecipeChange;
import org.samegan.io.run.Run;
import org.samegan.io.run.RunRecord;

/** Rates that change as training goes on, by a schedule or by {@code resume --set}. */
class ChangedRecipeTest {
  private static final String G_RATE = "generator.learning-rate";

  @TempDir Path directory;

  private Path trained(String name, Object... more) {
    Path run = directory.resolve(name);
    Invocation training = TinyRuns.train(directory, run, more);
    assertThat(training.code()).as(training.err()).isZero();
    return run;
  }

  private Invocation resumed(Path run, Object... more) {
    List<Object> args = new ArrayList<>(List.of("resume", run));
    args.addAll(List.of(more));
    return Invocation.of(directory, args.toArray());
  }

  private static List<Double> rates(Path run) throws IOException {
    List<Double> rates = new ArrayList<>();
    for (String line : Files.readAllLines(run.resolve("metrics.jsonl"))) {
      JsonNode step = Json.tree(line.getBytes(StandardCharsets.UTF_8));
      rates.add(step.path("generator-learning-rate").doubleValue());
    }
    return rates;
  }

  /** Half the rate from step 4 on is what a step schedule is. */
  @Test
  void aRateChangedOnResumeIsRecordedAndTrainsAsTheScheduleThatItMakes() throws IOException {
    Path whole = trained("whole", "--steps", 8, "--set", G_RATE + "=step:0.001:0.5:4");
    Path run = trained("run", "--steps", 4, "--set", G_RATE + "=0.001");
    Invocation changed = resumed(run, "--steps", 6, "--set", G_RATE + "=0.0005");

    assertThat(changed.code()).as(changed.err()).isZero();
    assertThat(changed.err()).contains("from step 4 on " + G_RATE + " is 5.0E-4 (it was 0.001)");
    RunRecord record = Run.open(run).record();
    assertThat(record.changes()).hasSize(1);
    RecipeChange change = record.changes().get(0);
    assertThat(change.step()).isEqualTo(4);
    assertThat(change.before()).containsOnlyKeys(G_RATE).containsEntry(G_RATE, 0.001);
    assertThat(change.after()).containsOnlyKeys(G_RATE).containsEntry(G_RATE, 0.0005);
    assertThat(record.config().settings()).containsEntry(G_RATE, 0.0005);
    Invocation inspected = Invocation.of(directory, "inspect", run);
    assertThat(inspected.code()).as(inspected.err()).isZero();
    assertThat(inspected.out())
        .contains("changed     from step 4 on " + G_RATE + " is 5.0E-4 (it was 0.001)");
    assertThat(Invocation.of(directory, "inspect", "--json", run).out())
        .contains("\"changes\"", "\"step\" : 4");
    Schemas.requireValid(run);

    // Nothing need be said again.
    assertThat(resumed(run, "--steps", 8).code()).isZero();
    assertThat(rates(run)).containsExactly(1e-3, 1e-3, 1e-3, 1e-3, 5e-4, 5e-4, 5e-4, 5e-4);
    assertThat(rates(run)).isEqualTo(rates(whole));
    assertThat(TinyRuns.latestGraphs(run)).isEqualTo(TinyRuns.latestGraphs(whole));
  }

  @Test
  void aScheduleOverTheRunIsOverTheLengthThatItHadAtFirst() throws IOException {
    Path run = trained("run", "--steps", 4, "--set", G_RATE + "=linear:0.004:0");
    Invocation longer = resumed(run, "--steps", 6);

    assertThat(longer.code()).as(longer.err()).isZero();
    assertThat(rates(run)).containsExactly(0.004, 0.003, 0.002, 0.001, 0.0, 0.0);
    Invocation again = resumed(run, "--steps", 8, "--set", G_RATE + "=linear:0.008:0");
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(rates(run).subList(6, 8)).as("8 steps long now").containsExactly(0.002, 0.001);
    Schemas.requireValid(run);
  }

  @Test
  void aRunThatGoesOnFromBeforeAChangeHasItNoMoreAndSaysSo() throws IOException {
    Path run = trained("run", "--steps", 4, "--checkpoint-every", 2);
    assertThat(resumed(run, "--steps", 6, "--set", G_RATE + "=0.0005").code()).isZero();
    for (String later : List.of("step-00000006", "step-00000004")) {
      Path checkpoint = run.resolve("checkpoints").resolve(later);
      for (Path file : TinyRuns.children(checkpoint)) {
        Files.delete(file);
      }
      Files.delete(checkpoint);
    }
    Invocation back = resumed(run, "--steps", 6);

    assertThat(back.code()).as(back.err()).isZero();
    assertThat(back.err())
        .contains("the run goes on from step 2, before the change of " + G_RATE)
        .contains("held from step 4: it is dropped");
    assertThat(Run.open(run).record().changes()).isEmpty();
    assertThat(rates(run)).containsOnly(1e-4);
    Path never = trained("never", "--steps", 6, "--checkpoint-every", 2);
    assertThat(TinyRuns.latestGraphs(run)).isEqualTo(TinyRuns.latestGraphs(never));
  }

  @ParameterizedTest
  @CsvSource({
    "--set, latent=5, only numbers of the recipe can",
    "--set, arch=maxout, only numbers of the recipe can",
    "--set, optimizer=sgd, only numbers of the recipe can",
    "--ema, 0.9, only numbers of the recipe can",
    "--set, generator.learning-rat=1, did you mean 'generator.learning-rate'?",
    "--set, generator.learning-rate=-1, must be a number greater than 0",
    "--ema, 1, --ema must be a number at least 0 and below 1",
    "--batch, 8, Unknown option",
  })
  void whatCanNotChangeIsRefusedAndNothingIsRecorded(String option, String value, String message)
      throws IOException {
    Path run = trained("run", "--steps", 1);
    String record = Files.readString(run.resolve("run.json"));
    Invocation refused = resumed(run, "--steps", 2, option, value);

    assertThat(refused.code()).isNotZero();
    assertThat(refused.err()).contains(message);
    assertThat(run.resolve("run.json")).hasContent(record);
  }

  @Test
  void anAveragesDecayCanChange() throws IOException {
    Path run = trained("run", "--steps", 2, "--ema", "0.5");
    Invocation changed = resumed(run, "--steps", 4, "--ema", "0.25");

    assertThat(changed.code()).as(changed.err()).isZero();
    assertThat(changed.err()).contains("from step 2 on ema is 0.25 (it was 0.5)");
    assertThat(Run.open(run).record().modelAt(2).recipe().generatorAverage().decay().at(0))
        .isEqualTo(0.5);
    assertThat(Run.open(run).latest().gan().recipe().generatorAverage().decay().at(0))
        .isEqualTo(0.25);
  }

  @Test
  void aRecordEditedByHandIsRefusedWithTheWayToDoIt() throws IOException {
    Path run = trained("run", "--steps", 1);
    Path file = run.resolve("run.json");
    String written = Files.readString(file);
    for (String[] edit :
        new String[][] {
          {"\"batch\" : 16", "\"batch\" : 8"},
          {"\"" + G_RATE + "\" : 1.0E-4", "\"" + G_RATE + "\" : 3.0E-4"}
        }) {
      assertThat(written).contains(edit[0]);
      Files.writeString(file, written.replace(edit[0], edit[1]));
      for (String command : List.of("resume", "inspect")) {
        Invocation refused = Invocation.of(directory, command, run);
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err())
            .contains(
                "run.json: SHA-256: expected ",
                "it was changed after SameGAN wrote it: undo the change",
                "samegan resume RUN --set KEY=VALUE");
      }
    }
    Files.writeString(file, written);
    assertThat(resumed(run, "--steps", 2).code()).isZero();
  }
}
