package org.samegan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.samegan.core.Shape;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.Latent;
import org.samegan.core.layer.Activation;
import org.samegan.core.layer.Conv2d;
import org.samegan.core.layer.Dense;
import org.samegan.core.layer.Network;
import org.samegan.core.layer.Padding;
import org.samegan.core.layer.Reshape;
import org.samegan.core.layer.SpectralNorm;
import org.samegan.core.objective.Constraint;
import org.samegan.core.objective.GradientPenalty;
import org.samegan.core.objective.Objective;
import org.samegan.io.json.Json;
import org.samegan.io.run.Run;
import org.samegan.io.run.RunOptions;

/** Networks, objective, penalties and constraint that no variant has, from a JSON file. */
class ModelFileTest {
  @TempDir Path directory;

  private static Gan own() {
    Gan plain =
        Gan.of(
            Latent.normal(3),
            Network.of(Shape.of(3), new Dense(64), new Activation.Tanh(), Reshape.to(8, 8, 1)),
            Network.of(
                Shape.of(8, 8, 1),
                new SpectralNorm(new Conv2d(2, 4, 2, Padding.of(1))),
                new Activation.LeakyRelu(0.1),
                Reshape.to(32),
                new Dense(1)));
    return plain.withRecipe(
        plain
            .recipe()
            .withPenalties(GradientPenalty.r1(0.5))
            .withConstraint(new Constraint.WeightClipping(0.5)));
  }

  private Invocation train(Path model, Object... more) {
    Object[] args = {
      "train",
      "--variant",
      model,
      "--data",
      TinyRuns.data(directory),
      "--batch",
      16,
      "--steps",
      2,
      "--threads",
      1,
      "--out",
      directory.resolve("run")
    };
    Object[] all = Arrays.copyOf(args, args.length + more.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    return Invocation.of(directory, all);
  }

  @Test
  void anyModelIsTrained() throws IOException {
    Path file = Files.write(directory.resolve("own.json"), Json.write(own()));
    Path here = Path.of("").toAbsolutePath();
    Invocation training = train(here.relativize(file), "--d-steps", 2);
    assertThat(training.code()).as(training.err()).isZero();
    Run run = Run.open(directory.resolve("run"));
    Gan expected = own().withRecipe(own().recipe().withDiscriminatorSteps(2));
    assertThat(run.record().model()).isEqualTo(expected);
    assertThat(run.latest().gan()).isEqualTo(expected);
    assertThat(run.record().model().recipe().objective()).isEqualTo(new Objective.NonSaturating());

    // Its record can be used from any directory.
    assertThat(run.record().config().get(RunOptions.VARIANT))
        .isEqualTo(file.toAbsolutePath().toString());

    // Its weights bring the model along, and not the place where it was.
    Path weights = directory.resolve("own.safetensors");
    Invocation.of(
        directory, "export", run.directory(), "--format", "safetensors", "--out", weights);
    assertThat(Files.readString(weights, StandardCharsets.ISO_8859_1))
        .contains("\\\"variant\\\":\\\"own.json\\\"")
        .doesNotContain(directory.toString());
    Files.delete(file);
    Path imported = directory.resolve("imported");
    Invocation importing =
        Invocation.of(
            directory, "import", weights, "--data", TinyRuns.data(directory), "--out", imported);
    assertThat(importing.code()).as(importing.err()).isZero();
    assertThat(Run.open(imported).record().model()).isEqualTo(expected);

    // A run's record holds a model too.
    Invocation again =
        Invocation.of(
            directory,
            "train",
            "--variant",
            run.directory().resolve("run.json"),
            "--data",
            TinyRuns.data(directory),
            "--batch",
            16,
            "--steps",
            2,
            "--threads",
            1,
            "--out",
            directory.resolve("again"));
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(TinyRuns.latestGraphs(directory.resolve("again")))
        .isEqualTo(TinyRuns.latestGraphs(run.directory()));
    Invocation resumed = Invocation.of(directory, "resume", run.directory(), "--steps", 3);
    assertThat(resumed.code()).as(resumed.err()).isZero();
  }

  @Test
  void whatIsWrongWithAFileIsSaidBeforeTraining() throws IOException {
    String text = Json.text(own());
    assertThat(refusal(text.replace("\"tanh\"", "\"tnah\""))).contains("own.json", "tnah");
    assertThat(refusal(text.replace("\"units\" : 64", "\"units\" : 63")))
        .contains("own.json", "63");
    assertThat(refusal(text.replace("\"SIGNED_UNIT\"", "null")))
        .contains("own.json: pixel-range must not be null", "SIGNED_UNIT");
    assertThat(refusal(text.replaceFirst("\"constraint\" : \\{[^}]*}", "\"constraint\" : null")))
        .contains("own.json", "recipe.constraint: must not be null");
    assertThat(refusal(text.replace("\"units\" : 64", "\"units\" : 64,\n\"units\" : 63")))
        .contains("own.json", "line 1", "Duplicate field 'units'");
    assertThat(refusal("{")).contains("own.json: line 1", "expected the description of a model");
    assertThat(refusal("")).contains("own.json");
    Invocation set =
        train(
            Files.writeString(directory.resolve("own.json"), text),
            "--set",
            "generator.learning-rate=1e-4");
    assertThat(set.code()).isEqualTo(2);
    assertThat(set.err()).contains("own.json has no settings", "generator.learning-rate");
    Gan larger = own();
    Invocation otherSize =
        train(Files.write(directory.resolve("own.json"), Json.write(larger)), "--image-size", 16);
    assertThat(otherSize.code()).isNotZero();
    assertThat(otherSize.err()).contains("own.json", "16x16");
    assertThat(directory.resolve("run")).doesNotExist();
  }

  private String refusal(String json) throws IOException {
    Invocation training = train(Files.writeString(directory.resolve("own.json"), json));
    assertThat(training.code()).isNotZero();
    return training.err();
  }
}
