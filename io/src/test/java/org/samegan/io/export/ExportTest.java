package org.samegan.io.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import onnx.Onnx.ModelProto;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.GanNetwork;
import org.samegan.core.training.Trainer;
import org.samegan.io.checkpoint.Checkpoint;
import org.samegan.io.checkpoint.Manifest;
import org.samegan.io.checkpoint.TinyGan;
import org.samegan.io.file.Sha256;
import org.samegan.io.file.WholeFile;
import org.samegan.io.json.Json;

class ExportTest {
  @TempDir private static Path checkpoints;
  private static Checkpoint checkpoint;

  @TempDir private Path directory;
  private Path file;

  @BeforeAll
  static void train() throws IOException {
    checkpoint = trained(TinyGan.gan(), "checkpoint");
  }

  private static Checkpoint trained(Gan gan, String name) throws IOException {
    Path path = checkpoints.resolve(name);
    try (Trainer trainer = new Trainer(gan, TinyGan.data(), 8, 1)) {
      trainer.train(2, (report, t) -> {});
      Checkpoint.write(path, gan, trainer.state());
    }
    return Checkpoint.read(path);
  }

  @BeforeEach
  void name() {
    file = directory.resolve("exported");
  }

  static List<ExportFormat> formats() {
    return ExportFormats.all();
  }

  @ParameterizedTest
  @MethodSource("formats")
  void writesTheSameBytesEachTimeAndVerifiesThem(ExportFormat format) throws IOException {
    for (GanNetwork which : List.of(GanNetwork.GENERATOR, GanNetwork.DISCRIMINATOR)) {
      Path first = directory.resolve("first-" + which.label());
      Path second = directory.resolve("second-" + which.label());
      double difference = Export.verified(ExportModel.of(checkpoint, which), format, first);
      Checkpoint again = Checkpoint.read(checkpoint.directory());
      Export.unverified(ExportModel.of(again, which), format, second);

      assertThat(difference).isBetween(0.0, 1e-5);
      assertThat(first).hasSameBinaryContentAs(second);
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void refusesWhatIsThere(ExportFormat format) throws IOException {
    Files.writeString(file, "mine");
    ExportModel model = ExportModel.of(checkpoint, GanNetwork.GENERATOR);

    assertThatThrownBy(() -> Export.verified(model, format, file))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessageContaining("never overwritten");
    assertThat(file).hasContent("mine");
    assertThatThrownBy(() -> Export.verified(model, format, directory.resolve("no/where")))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("there is no such directory");
  }

  /** One that writes what it should, and reads something else. */
  private record Wrong(int values, float change) implements ExportFormat {
    @Override
    public String name() {
      return "wrong";
    }

    @Override
    public WholeFile.Content content(ExportModel model) {
      return channel -> channel.write(ByteBuffer.allocate(3));
    }

    @Override
    public Loaded load(ExportModel model, Path file) throws IOException {
      Path right = Files.createTempFile(file.getParent(), ".right", "");
      try (FileChannel channel = FileChannel.open(right, StandardOpenOption.WRITE)) {
        new SameDiffFormat().content(model).writeTo(channel);
      }
      Loaded loaded = new SameDiffFormat().load(model, right);
      Files.delete(right);
      return new Loaded() {
        @Override
        public float[] run(Map<String, float[]> batch, int size) throws IOException {
          float[] result = loaded.run(batch, size);
          result[result.length - 1] += size == 7 ? change : 0;
          return Arrays.copyOf(result, result.length + values);
        }

        @Override
        public void close() throws IOException {
          loaded.close();
        }
      };
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = GanNetwork.class,
      names = {"GENERATOR", "DISCRIMINATOR"})
  void leavesNothingWhereTheFileComputesSomethingElse(GanNetwork which) throws IOException {
    ExportModel model = ExportModel.of(checkpoint, which);

    assertThatThrownBy(() -> Export.verified(model, new Wrong(0, 0.01f), file))
        .isInstanceOf(VerificationException.class)
        .hasMessageContaining("in a batch of 7");
    assertThatThrownBy(() -> Export.verified(model, new Wrong(0, Float.NaN), file))
        .hasMessageContaining("found NaN");
    assertThatThrownBy(() -> Export.verified(model, new Wrong(1, 0), file))
        .hasMessageContaining("values for a batch of 1, expected");
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).isEmpty();
    }
    // Below the tolerance.
    assertThat(Export.verified(model, new Wrong(0, 1e-5f), file)).isBetween(5e-6, 2e-5);
  }

  @Test
  void aSameDiffFileHoldsConstantsAndIsDescribedBesideIt() throws IOException {
    Export.verified(
        ExportModel.of(checkpoint, GanNetwork.GENERATOR), ExportFormats.named("samediff"), file);

    SameDiff graph = SameDiff.load(file.toFile(), false);
    assertThat(graph.variables())
        .extracting(SDVariable::getVariableType)
        .doesNotContain(VariableType.VARIABLE);
    assertThat(graph.getOps().values()).noneMatch(op -> op.getOp().opName().contains("batchnorm"));
    INDArray latent = Nd4j.ones(DataType.FLOAT, 3, 6);
    assertThat(graph.outputSingle(Map.of("latent", latent), "image").shape())
        .containsExactly(3, 8, 8, 1);

    JsonNode manifest = Json.tree(Files.readAllBytes(directory.resolve("exported.json")));
    assertThat(manifest.path("file").asText()).isEqualTo("exported");
    assertThat(manifest.path("sha256").asText()).isEqualTo(Sha256.hex(Files.readAllBytes(file)));
    assertThat(manifest.path("inputs").toString())
        .isEqualTo("[{\"name\":\"latent\",\"shape\":[-1,6]}]");
    assertThat(manifest.path("output").toString())
        .isEqualTo("{\"name\":\"image\",\"shape\":[-1,8,8,1]}");
    assertThat(manifest.path("metadata").path("image-layout").asText()).isEqualTo("NHWC");
  }

  /** Something appears under the file's name just before the file could. */
  @Test
  void leavesNoManifestWithoutItsGraph() throws IOException {
    ExportFormat late =
        new ExportFormat() {
          private final SameDiffFormat samediff = new SameDiffFormat();

          @Override
          public String name() {
            return samediff.name();
          }

          @Override
          public WholeFile.Content content(ExportModel model) {
            return samediff.content(model);
          }

          @Override
          public Optional<byte[]> manifest(ExportModel model, Written written) {
            return samediff.manifest(model, written);
          }

          @Override
          public Loaded load(ExportModel model, Path written) throws IOException {
            Files.createDirectory(file);
            return samediff.load(model, written);
          }
        };
    ExportModel model = ExportModel.of(checkpoint, GanNetwork.GENERATOR);
    assertThatThrownBy(() -> Export.verified(model, late, file)).isInstanceOf(IOException.class);
    assertThat(directory).isDirectoryContaining(path -> path.equals(file));
    assertThat(directory.resolve("exported.json")).doesNotExist();
  }

  @Test
  void metadataSaysWhereItComesFrom() throws IOException {
    ExportModel model = ExportModel.of(checkpoint, GanNetwork.DISCRIMINATOR);
    Manifest.FileEntry source = checkpoint.manifest().files().get(1);

    assertThat(model.metadata())
        .containsEntry("variant", "custom")
        .containsEntry("network", "discriminator")
        .containsEntry("step", "2")
        .containsEntry("source-file", "discriminator.fb")
        .containsEntry("source-sha256", source.sha256())
        .containsEntry("pixel-low", "-1.0")
        .containsEntry("pixel-high", "1.0")
        .containsKey("samegan-version")
        .doesNotContainKey("generator-weights");
    assertThat(model.metadata().get("latent")).contains("\"type\":\"noise\",\"size\":6");
    Export.unverified(model, ExportFormats.named("onnx"), file);
    ModelProto onnx = ModelProto.parseFrom(Files.readAllBytes(file));
    assertThat(onnx.getMetadataPropsList())
        .anyMatch(p -> p.getKey().equals("image-layout") && p.getValue().equals("NCHW"));
    assertThat(directory.resolve("exported.json")).doesNotExist();
  }

  @Test
  void metadataSaysWhichOfTheGeneratorsWeightsItHas() throws IOException {
    Gan gan = TinyGan.gan();
    Checkpoint averaged =
        trained(gan.withRecipe(gan.recipe().withGeneratorAverage(0.9)), "averaged");
    Checkpoint raw = averaged.withRawGenerator();
    List<Manifest.FileEntry> files = averaged.manifest().files();

    assertThat(ExportModel.of(averaged, GanNetwork.GENERATOR).metadata())
        .containsEntry("generator-weights", "average")
        .containsEntry("source-file", "generator.fb")
        .containsEntry("source-sha256", files.get(0).sha256());
    assertThat(ExportModel.of(raw, GanNetwork.GENERATOR).metadata())
        .containsEntry("generator-weights", "raw")
        .containsEntry("source-file", "training.fb")
        .containsEntry("source-sha256", files.get(2).sha256());
    assertThat(ExportModel.of(raw, GanNetwork.DISCRIMINATOR).metadata())
        .isEqualTo(ExportModel.of(averaged, GanNetwork.DISCRIMINATOR).metadata())
        .containsEntry("source-file", "discriminator.fb")
        .doesNotContainKey("generator-weights");
  }

  /** Loads exports anew, as on a class path without ONNX Runtime. */
  private static final class WithoutOnnxRuntime extends ClassLoader {
    WithoutOnnxRuntime() {
      super(ExportTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("ai.onnxruntime.")) {
        throw new ClassNotFoundException(name);
      }
      if (!name.startsWith("org.samegan.io.export.") && !name.startsWith("org.samegan.io.onnx.")) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? define(name) : loaded;
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (InputStream stream = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] content = stream.readAllBytes();
        return defineClass(name, content, 0, content.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  @Test
  void onlyVerifyingNeedsOnnxRuntime() throws ReflectiveOperationException {
    ClassLoader loader = new WithoutOnnxRuntime();
    Class<?> networkType = loader.loadClass(GanNetwork.class.getName());
    Class<?> modelType = loader.loadClass(ExportModel.class.getName());
    Class<?> formatType = loader.loadClass(ExportFormat.class.getName());
    Class<?> export = loader.loadClass(Export.class.getName());
    Object model =
        modelType
            .getMethod("of", Checkpoint.class, networkType)
            .invoke(null, checkpoint, networkType.getEnumConstants()[0]);
    Object onnx =
        loader
            .loadClass(ExportFormats.class.getName())
            .getMethod("named", String.class)
            .invoke(null, "onnx");
    Method verified = export.getMethod("verified", modelType, formatType, Path.class);

    assertThatThrownBy(() -> verified.invoke(null, model, onnx, file))
        .hasRootCauseInstanceOf(ClassNotFoundException.class)
        .cause()
        .isInstanceOf(IOException.class)
        .hasMessageContaining("ONNX Runtime is not available")
        .hasMessageContaining("without verifying");
    assertThat(file).doesNotExist();
    export
        .getMethod("unverified", modelType, formatType, Path.class)
        .invoke(null, model, onnx, file);
    assertThat(file).isNotEmptyFile();
  }

  @Test
  void saysWhatThereIsToChooseFrom() {
    assertThatThrownBy(() -> ExportFormats.named("tflite"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there is no export format 'tflite'; the formats are samediff, onnx");
    assertThatThrownBy(() -> GanNetwork.named("critic"))
        .hasMessage(
            "the network must be one of generator, discriminator, recognition, found 'critic'");
    assertThatThrownBy(() -> ExportModel.of(checkpoint, GanNetwork.RECOGNITION))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("custom has no recognition network that reads");
  }
}
