package org.samegan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.samegan.core.gan.Latents;
import org.samegan.core.inference.TrainedGenerator;
import org.samegan.io.checkpoint.Checkpoint;
import org.samegan.io.run.Run;

/** A program with nothing but ND4J on its class path uses a trained generator. */
class PlainNd4jTest {
  private static final String PROGRAM =
      """
      import java.io.File;
      import java.nio.*;
      import java.nio.file.*;
      import java.util.Map;
      import org.nd4j.autodiff.samediff.SameDiff;
      import org.nd4j.linalg.api.ndarray.INDArray;
      import org.nd4j.linalg.factory.Nd4j;

      public class Plain {
        public static void main(String[] args) throws Exception {
          SameDiff generator = SameDiff.load(new File(args[0]), false);
          for (int i = 1; i < args.length; i++) {
            Path directory = Path.of(args[i]);
            int batch = Integer.parseInt(directory.getFileName().toString());
            float[] latents = floats(directory.resolve("latents"));
            INDArray latent = Nd4j.createFromArray(latents).reshape(batch, latents.length / batch);
            INDArray image = generator.outputSingle(Map.of("latent", latent), "image");
            float[] values = image.ravel().toFloatVector();
            ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(values);
            Files.write(directory.resolve("images"), bytes.array());
          }
        }

        static float[] floats(Path file) throws Exception {
          byte[] bytes = Files.readAllBytes(file);
          float[] values = new float[bytes.length / 4];
          ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
          return values;
        }
      }
      """;

  private static final List<Integer> BATCHES = List.of(1, 7, 100);

  @TempDir Path directory;

  @Test
  void seesTheImagesThatSampleDraws() throws Exception {
    Path run = directory.resolve("run");
    run(
        "train",
        "--variant",
        "dcgan",
        "--data",
        "../testdata/mnist",
        "--out",
        run.toString(),
        "--steps",
        "3",
        "--batch",
        "8",
        "--set",
        "width=8");
    Checkpoint checkpoint = Run.open(run).latest();
    Files.writeString(directory.resolve("Plain.java"), PROGRAM);
    String classPath = nd4jOnly();
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-cp",
                classPath,
                "-d",
                directory.toString(),
                directory.resolve("Plain.java").toString());
    assertThat(compiled).isZero();

    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath + File.pathSeparator + directory,
                "Plain",
                checkpoint.directory().resolve("generator.fb").toString()));
    for (int batch : BATCHES) {
      Path own = Files.createDirectory(directory.resolve(String.valueOf(batch)));
      float[] latents = Latents.drawn(checkpoint.gan().latent(), 42).first(batch);
      write(own.resolve("latents"), latents);
      command.add(own.toString());
    }
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(directory.resolve("log"))).isZero();

    for (int batch : BATCHES) {
      float[] expected;
      try (TrainedGenerator sampler = checkpoint.generator()) {
        expected = sampler.sample(0, batch, 42);
      }
      float[] found = read(directory.resolve(batch + "/images"));
      assertThat(found).hasSameSizeAs(expected);
      for (int i = 0; i < found.length; i++) {
        // Not isLessThan(): a hundred thousand descriptions are slow to make.
        if (!(Math.abs(found[i] - expected[i]) < 1e-5f)) {
          throw new AssertionError(
              String.format(
                  "batch of %d, value %d: expected %s, found %s", batch, i, expected[i], found[i]));
        }
      }
    }
  }

  private static void run(String... arguments) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(ByteArrayOutputStream.nullOutputStream());
    int code = Main.run(arguments, out, new PrintStream(err, true, StandardCharsets.UTF_8));
    assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isZero();
  }

  /** The class path without SameGAN and without what only SameGAN brings. */
  private static String nd4jOnly() {
    String property = System.getProperty("surefire.test.class.path");
    String all = property == null ? System.getProperty("java.class.path") : property;
    List<String> kept =
        Stream.of(all.split(File.pathSeparator))
            .filter(entry -> entry.endsWith(".jar"))
            .filter(
                entry ->
                    Stream.of(
                            "samegan",
                            "picocli",
                            "progressbar",
                            "jackson-databind",
                            "onnxruntime",
                            "junit",
                            "assertj")
                        .noneMatch(name -> new File(entry).getName().contains(name)))
            .toList();
    assertThat(kept).anyMatch(entry -> entry.contains("nd4j-api"));
    return kept.stream().collect(Collectors.joining(File.pathSeparator));
  }

  private static void write(Path file, float[] values) throws Exception {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    Files.write(file, Arrays.copyOf(bytes.array(), bytes.capacity()));
  }

  private static float[] read(Path file) throws Exception {
    byte[] bytes = Files.readAllBytes(file);
    float[] values = new float[bytes.length / 4];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }
}
