package org.samegan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class UsageTest {
  @TempDir private Path directory;

  private static Stream<Arguments> mistakes() {
    String train = "train --data d --out r ";
    String toy = "train --data toy:8gaussians --out r ";
    return Stream.of(
        Arguments.of("", "no command was given"),
        Arguments.of("tarin", "tarin"),
        Arguments.of("train --variant gan --data d --out r --epcohs 3", "did you mean --epochs?"),
        Arguments.of("train --data d --out r", "--variant is missing"),
        Arguments.of("train --variant gan --out r", "--data is missing"),
        Arguments.of("train --variant gan --data d", "--out is missing"),
        Arguments.of(train + "--variant dcgna", "did you mean 'dcgan'?"),
        Arguments.of(train + "--variant gan --set latnet=3", "did you mean 'latent'?"),
        Arguments.of(train + "--variant gan --set latent=0", "latent must be a whole number"),
        Arguments.of(train + "--variant gan --set latent", "KEY=VALUE"),
        Arguments.of(train + "--variant gan --arch cnn", "arch must be one of maxout, mlp"),
        Arguments.of(train + "--variant gan --arch mlp --set arch=maxout", "contradict"),
        Arguments.of(
            train + "--variant dcgan --image-size 30", "choose --image-size from 28, 32, 64, 128"),
        Arguments.of(train + "--variant gan --batch 0", "--batch must be a whole number of at"),
        Arguments.of(train + "--variant gan --batch x", "--batch"),
        Arguments.of(
            train + "--variant gan --batch 16 --shards 3",
            "--shards: a batch of 16 examples can't be cut into 3 equal shards; take one of 1, 2, 4,"
                + " 8, 16"),
        Arguments.of(
            train + "--variant gan --batch 16 --micro-batch 32",
            "--micro-batch: a batch of 16 examples can't be cut into micro-batches of 32"),
        Arguments.of(
            train + "--variant gan --batch 16 --shards 2 --micro-batch 4",
            "--shards and --micro-batch contradict each other: micro-batches of 4 make 4 shards"),
        Arguments.of("resume r --shards 2", "--shards"),
        Arguments.of(train + "--variant wgan --d-steps 0", "--d-steps must be a whole number of"),
        Arguments.of(train + "--variant wgan --d-steps -1", "found '-1'"),
        Arguments.of(train + "--variant wgan --set clip=0", "clip must be a number greater than 0"),
        Arguments.of(train + "--variant wgan --set clip=-1", "greater than 0, found '-1'"),
        Arguments.of(train + "--variant wgan --set critic.warmup=1", "one of false, true"),
        Arguments.of(train + "--variant gan --keep -1", "--keep must be"),
        Arguments.of(train + "--variant gan --channels 2", "--channels must be 1"),
        Arguments.of(
            train + "--variant gan --ema 1", "--ema must be a number at least 0 and below 1"),
        Arguments.of(
            train + "--variant gan --ema NaN", "--ema must be a number at least 0 and below 1"),
        Arguments.of(
            train + "--variant gan --augment translaton",
            "--augment: there is no augmentation 'translaton'; did you mean 'translation'?"),
        Arguments.of(train + "--variant gan --lecam -1", "--lecam must be a number at least 0"),
        Arguments.of(
            train + "--variant cgan --transition 0.4:0.2",
            "--transition must be two shares of the run"),
        Arguments.of(train + "--variant gan --epochs 0", "--epochs must be"),
        Arguments.of(train + "--variant gan --epochs 1 --steps 1", "exclude each other"),
        Arguments.of(train + "--variant gan --device tpu", "one of auto, cpu, gpu, found 'tpu'"),
        Arguments.of(train + "--variant gan --threads -1", "--threads must be"),
        Arguments.of(train + "--variant gan --threads 5000", "--threads must be"),
        Arguments.of(toy + "--variant gan --image-size 28", "which have no pixels"),
        Arguments.of(toy + "--variant gan --channels 1", "--channels: toy:8gaussians holds points"),
        Arguments.of(toy + "--variant infogan", "that can be trained on points are gan, lsgan"),
        Arguments.of(toy + "--variant wgan-gp --arch resnet", "on points has no setting 'arch'"),
        Arguments.of(
            "train --variant gan --out r --data toy:8gausians", "did you mean '8gaussians'?"),
        Arguments.of("resume", "RUN"),
        Arguments.of("sample r", "--grid"),
        Arguments.of("sample r --grid g.png --out d", "mutually exclusive"),
        Arguments.of("sample r --grid g.png --count 0", "--count must be"),
        Arguments.of("sample r --sweep 1 --out d", "--sweep makes a picture of its own"),
        Arguments.of("sample r --sweep 1 --grid g.png --count 3", "without --count and --label"),
        Arguments.of("sample r --sweep 1 --grid g.png --label 0", "without --count and --label"),
        Arguments.of("evaluate", "GENERATOR"),
        Arguments.of("evaluate r --count 9", "--count must be at least 10, found 9"),
        Arguments.of("evaluate r --count many", "--count"),
        Arguments.of("evaluate r --splits 1", "--splits must be at least 2, or 0"),
        Arguments.of("evaluate r --feature mnist", "did you mean --features?"),
        Arguments.of("classifier", "no command was given; choose one of train"),
        Arguments.of("classifier train --out c", "--data is missing"),
        Arguments.of("classifier train --data d", "--out"),
        Arguments.of("classifier train --data d --out c --epochs 0", "--epochs must be at least 1"),
        Arguments.of("classifier train --data d --out c --batch 1", "--batch must be at least 2"),
        Arguments.of(
            "classifier train --data d --out c --validation 0.6",
            "--validation must be in (0, 0.5], found 0.6"),
        Arguments.of(
            "classifier train --data d --out c --learning-rate 1",
            "--learning-rate must be in (0, 1)"),
        Arguments.of("classifier train --data d --out c --patience 0", "--patience must be"),
        Arguments.of("augment --out d", "--data is missing"),
        Arguments.of("augment --data d", "--out"),
        Arguments.of("augment --data d --out o --per-class 1", "--per-class must be at least 2"),
        Arguments.of(
            "augment --data d --out o --subsets 3", "--per-class; without it there is one"),
        Arguments.of("augment --data d --out o --tau 1", "--tau must be in [0, 1)"),
        Arguments.of("augment --data d --out o --arms R,G", "there is nothing to decide by"),
        Arguments.of("augment --data d --out o --arms R,X", "there is no arm 'X'"),
        Arguments.of("augment --data d --out o --variant cgam", "did you mean 'cgan'?"),
        Arguments.of("export r --out f", "--format"),
        Arguments.of("export r --format onnx", "--out"),
        Arguments.of("export r --format h5 --out f", "formats are samediff, onnx, safetensors"),
        Arguments.of(
            "export r --format onnx --network g --out f", "generator, discriminator, recognition"),
        Arguments.of(
            "export r --format safetensors --network generator --out f",
            "--network: a safetensors file holds all networks"),
        Arguments.of(
            "export r --format onnx --network discriminator --ema --out f",
            "--ema: only the generator's weights are averaged"),
        Arguments.of(
            "export r --format onnx --network q --no-ema --out f",
            "--no-ema: only the generator's weights are averaged"),
        Arguments.of("import --out r", "FILE.safetensors"),
        Arguments.of("import w --data d", "--out is missing"),
        Arguments.of("inspect", "PATH"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void wrongUsageExitsWith2AndSaysWhatIsWrong(String line, String message) {
    Object[] args = Stream.of(line.split(" ")).filter(text -> !text.isEmpty()).toArray();
    Invocation invocation = Invocation.of(directory, args);
    assertThat(invocation.code()).as(invocation.err()).isEqualTo(2);
    assertThat(invocation.err()).startsWith("samegan: ").contains(message).contains("--help");
    assertThat(invocation.err()).doesNotContain("\tat ");
    assertThat(invocation.out()).isEmpty();
  }

  private static Stream<Arguments> options() {
    List<String> everywhere = List.of("--help", "--debug");
    return Stream.of(
        Arguments.of(
            "train",
            Stream.concat(
                    everywhere.stream(),
                    Stream.of(
                        "--variant",
                        "--data",
                        "--held-out",
                        "--out",
                        "--epochs",
                        "--steps",
                        "--batch",
                        "--image-size",
                        "--channels",
                        "--seed",
                        "--d-steps",
                        "--ema",
                        "--augment",
                        "--lecam",
                        "--transition",
                        "--set",
                        "--arch",
                        "--config",
                        "--checkpoint-every",
                        "--keep",
                        "--sample-every",
                        "--skip-bad",
                        "--device",
                        "--threads",
                        "--dry-run"))
                .toList()),
        Arguments.of(
            "resume",
            List.of("RUN", "--epochs", "--steps", "--data", "--held-out", "--device", "--threads")),
        Arguments.of(
            "sample",
            List.of(
                "GENERATOR",
                "--count",
                "--seed",
                "--label",
                "--sweep",
                "--grid",
                "--out",
                "--tensors",
                "--device",
                "--threads")),
        Arguments.of(
            "evaluate",
            List.of(
                "GENERATOR",
                "--data",
                "--held-out",
                "--features",
                "--count",
                "--splits",
                "--seed",
                "--json",
                "--device",
                "--threads")),
        Arguments.of(
            "classifier train",
            List.of(
                "--data",
                "--test",
                "--out",
                "--name",
                "--epochs",
                "--batch",
                "--learning-rate",
                "--validation",
                "--patience",
                "--no-augment",
                "--image-size",
                "--channels",
                "--skip-bad",
                "--seed",
                "--device",
                "--threads")),
        Arguments.of(
            "augment",
            List.of(
                "--data",
                "--variant",
                "--unlabelled",
                "--test",
                "--out",
                "--per-class",
                "--subsets",
                "--classifier-steps",
                "--count",
                "--tau",
                "--share",
                "--arms",
                "--balance",
                "--set",
                "--steps",
                "--seed",
                "--device",
                "--threads")),
        Arguments.of(
            "export",
            List.of(
                "CHECKPOINT",
                "--format",
                "samediff, onnx, safetensors",
                "--out",
                "--network",
                "--[no-]ema",
                "--no-verify")),
        Arguments.of(
            "import",
            List.of("FILE.safetensors", "--map", "--variant", "--data", "--out", "--set")),
        Arguments.of("inspect", List.of("PATH", "--json")),
        Arguments.of("variants", List.of("--json")));
  }

  @ParameterizedTest
  @MethodSource("options")
  void helpNamesEveryOption(String command, List<String> options) {
    Object[] words = (command + " --help").split(" ");
    Invocation help = Invocation.of(directory, words);
    assertThat(help.code()).isZero();
    assertThat(help.err()).isEmpty();
    assertThat(help.out()).contains("samegan " + command).contains(options);
  }

  @Test
  void helpNamesEveryCommand() {
    Invocation help = Invocation.of(directory, "--help");
    assertThat(help.code()).isZero();
    assertThat(help.out())
        .contains(
            "train",
            "resume",
            "sample",
            "evaluate",
            "classifier",
            "export",
            "import",
            "inspect",
            "variants");
  }

  @Test
  void debugShowsWhereAnErrorComesFrom() {
    Invocation quiet = Invocation.of(directory, "resume", directory.resolve("none"));
    assertThat(quiet.code()).isEqualTo(1);
    assertThat(quiet.err()).contains("there is no such run").doesNotContain("\tat ");
    Invocation loud = Invocation.of(directory, "resume", directory.resolve("none"), "--debug");
    assertThat(loud.err()).contains("\tat org.samegan");
  }
}
