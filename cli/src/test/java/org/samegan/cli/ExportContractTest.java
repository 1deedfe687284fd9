package org.samegan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.samegan.core.backend.Backend;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.data.ExampleKind;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.GanNetwork;
import org.samegan.core.gan.Latent;
import org.samegan.core.gan.Latents;
import org.samegan.core.inference.TrainedGenerator;
import org.samegan.core.setting.Setting;
import org.samegan.core.training.Trainer;
import org.samegan.io.checkpoint.Checkpoint;
import org.samegan.io.inference.Generator;
import org.samegan.io.inference.Images;
import org.samegan.io.safetensors.WeightsFile;
import org.samegan.models.Variant;
import org.samegan.models.Variants;

/**
 * Every variant's exports, run by programs that know nothing of SameGAN's code: ONNX Runtime, fed
 * by hand, and SameDiff, against the images of {@code sample} and the checkpoint's own graphs.
 */
class ExportContractTest {
  private static final List<Integer> BATCHES = List.of(1, 7, 64);
  private static final int MOST = 64;

  @TempDir Path directory;

  /** Each variant in each of its architectures, narrow and in colour. */
  static List<Arguments> variants() {
    List<Arguments> all = new ArrayList<>();
    for (Variant variant : Variants.all()) {
      Map<String, Object> settings = new HashMap<>();
      List<String> architectures = List.of("");
      for (Setting<?> setting : variant.settings(ExampleKind.IMAGES)) {
        if (setting.key().equals("width")) {
          settings.put("width", 4);
        }
        if (setting.key().equals("noise.range")) {
          // Less is ssinfogan's default: after one step its images would all but be one.
          settings.put("noise.range", 4.0);
        }
        if (setting instanceof Setting.Choice choice && choice.key().equals("arch")) {
          architectures = choice.options();
        }
      }
      for (String architecture : architectures) {
        Map<String, Object> own = new HashMap<>(settings);
        if (!architecture.isEmpty()) {
          own.put("arch", architecture);
        }
        all.add(Arguments.of(variant.name(), own));
      }
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("variants")
  void everyNetworkLeavesAsItIs(String name, Map<String, Object> settings) throws Exception {
    Gan gan =
        Variants.named(name).gan(ExampleForm.images(28, 3, VariantContractTest.CLASSES), settings);
    Checkpoint checkpoint = trained(gan);
    float[] latents = Latents.drawn(gan.latent(), 3).first(MOST);
    float[] images;
    try (TrainedGenerator sampler = checkpoint.generator()) {
      images = sampler.sample(0, MOST, 3);
    }
    // In the export's order: channels first.
    float[] first = channelsFirst(images, gan);

    Path weights = directory.resolve("generator.safetensors");
    WeightsFile.write(weights, checkpoint, null);
    checkLoads(weights, images, gan);
    Path graph = export("samediff", "generator");
    checkSameDiff(latents, images, gan, graph);
    checkLoads(graph, images, gan);
    Path model = export("onnx", "generator");
    checkLoads(model, images, gan);
    checkTakesWholeClassesOnly(model, latents, gan);
    try (OrtSession session = session(model)) {
      for (int batch : BATCHES) {
        Map<String, OnnxTensor> inputs = inputs(session, gan.latent(), latents, batch);
        check(run(session, inputs), first, batch);
      }
    }
    List<GanNetwork> others = new ArrayList<>(List.of(GanNetwork.DISCRIMINATOR));
    if (gan.recognition() != null) {
      others.add(GanNetwork.RECOGNITION);
    }
    images = noise(gan);
    first = channelsFirst(images, gan);
    for (GanNetwork other : others) {
      SameDiff original =
          SameDiff.load(checkpoint.directory().resolve(other.label() + ".fb").toFile(), false);
      Map<String, INDArray> given = new HashMap<>();
      given.put("image", Nd4j.createFromArray(images).reshape('c', gan.exampleShape().batch(MOST)));
      boolean labelled = other == GanNetwork.DISCRIMINATOR && gan.discriminatorTakesLabels();
      if (labelled) {
        given.put("labels", Nd4j.zeros(DataType.FLOAT, MOST, VariantContractTest.CLASSES));
        for (int i = 0; i < MOST; i++) {
          given.get("labels").putScalar(i, label(i), 1);
        }
      }
      float[] expected = values(original.outputSingle(given, other.output()));
      try (OrtSession session = session(export("onnx", other.label()))) {
        for (int batch : BATCHES) {
          Map<String, OnnxTensor> inputs = new HashMap<>();
          inputs.put("image", examples(session, first, gan, batch));
          if (labelled) {
            long[] labels = IntStream.range(0, batch).mapToLong(i -> label(i)).toArray();
            inputs.put("labels", OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), labels));
          }
          check(run(session, inputs), expected, batch);
        }
      }
    }
  }

  private static int label(int image) {
    return 3 * image % VariantContractTest.CLASSES;
  }

  private static OnnxTensor examples(OrtSession session, float[] images, Gan gan, int batch)
      throws Exception {
    long[] shape = ((TensorInfo) session.getInputInfo().get("image").getInfo()).getShape();
    shape[0] = batch;
    FloatBuffer values = FloatBuffer.wrap(images, 0, batch * gan.exampleShape().elements());
    return OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), values, shape);
  }

  private Checkpoint trained(Gan gan) throws Exception {
    try (Trainer trainer = new Trainer(gan, new VariantContractTest.Noise(gan), 4, 9)) {
      trainer.step();
      Checkpoint.write(directory.resolve("checkpoint"), gan, trainer.state());
    }
    return Checkpoint.read(directory.resolve("checkpoint"));
  }

  private Path export(String format, String network) {
    Path file = directory.resolve(network + "." + format);
    Path checkpoint = directory.resolve("checkpoint");
    Object[] args = {"export", checkpoint, "--format", format, "--network", network, "--out", file};
    Invocation export = Invocation.of(directory, args);
    assertThat(export.code()).as(export.err()).isZero();
    assertThat(export.out().strip()).isEqualTo(file.toString());
    assertThat(export.err()).contains("verified");
    return file;
  }

  private static void checkSameDiff(float[] latents, float[] images, Gan gan, Path file) {
    SameDiff graph = SameDiff.load(file.toFile(), false);
    for (int batch : BATCHES) {
      INDArray latent =
          Nd4j.createFromArray(Arrays.copyOf(latents, batch * gan.latent().size()))
              .reshape('c', batch, gan.latent().size());
      check(values(graph.outputSingle(Map.of("latent", latent), "image")), images, batch);
    }
  }

  private static void checkLoads(Path file, float[] images, Gan gan) throws Exception {
    checkLoads(file, images, gan, Backend.nd4j());
    if (Libtorch.isThere()) {
      checkLoads(file, images, gan, Libtorch.backend());
    }
  }

  private static void checkLoads(Path file, float[] images, Gan gan, Backend backend)
      throws Exception {
    try (Generator generator = Generator.load(file, backend)) {
      assertThat(generator.latent()).isEqualTo(gan.latent());
      Images generated = generator.generate(MOST, 3);
      assertThat(generated.shape()).isEqualTo(gan.exampleShape());
      assertThat(generated.pixelRange()).isEqualTo(gan.pixelRange());
      check(generated.toArray(), images, MOST);
    }
  }

  /** A mix of classes is an image's latent for SameDiff, and nothing that ONNX can say. */
  private static void checkTakesWholeClassesOnly(Path file, float[] latents, Gan gan)
      throws Exception {
    int offset = 0;
    try (Generator generator = Generator.load(file)) {
      for (Latent.Part part : gan.latent().parts()) {
        if (part instanceof Latent.Label || part instanceof Latent.Categorical) {
          float[] mixed = Arrays.copyOf(latents, gan.latent().size());
          Arrays.fill(mixed, offset, offset + part.size(), 1f / part.size());
          assertThatIllegalArgumentException()
              .isThrownBy(() -> generator.generate(mixed))
              .withMessageContaining("whole classes");
        }
        offset += part.size();
      }
    }
  }

  private static OrtSession session(Path file) throws Exception {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.addConfigEntry("session.strict_shape_type_inference", "1");
      return environment.createSession(file.toString(), options);
    }
  }

  /** Cuts the vectors at the parts' sizes, and gives each piece to the next input. */
  private static Map<String, OnnxTensor> inputs(
      OrtSession session, Latent latent, float[] vectors, int batch) throws Exception {
    List<String> names = List.copyOf(session.getInputInfo().keySet());
    assertThat(names).hasSameSizeAs(latent.parts()).contains("latent");
    Map<String, OnnxTensor> inputs = new HashMap<>();
    int from = 0;
    for (int p = 0; p < names.size(); p++) {
      int size = latent.parts().get(p).size();
      boolean classes =
          ((TensorInfo) session.getInputInfo().get(names.get(p)).getInfo()).getShape().length == 1;
      float[] floats = new float[batch * size];
      long[] chosen = new long[batch];
      for (int i = 0; i < batch; i++) {
        for (int j = 0; j < size; j++) {
          floats[i * size + j] = vectors[i * latent.size() + from + j];
          chosen[i] += floats[i * size + j] == 1 ? j : 0;
        }
      }
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      inputs.put(
          names.get(p),
          classes
              ? OnnxTensor.createTensor(environment, LongBuffer.wrap(chosen), new long[] {batch})
              : OnnxTensor.createTensor(
                  environment, FloatBuffer.wrap(floats), new long[] {batch, size}));
      from += size;
    }
    return inputs;
  }

  private static float[] run(OrtSession session, Map<String, OnnxTensor> inputs) throws Exception {
    try (OrtSession.Result result = session.run(inputs)) {
      FloatBuffer buffer = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] values = new float[buffer.remaining()];
      buffer.get(values);
      return values;
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  private static float[] channelsFirst(float[] images, Gan gan) {
    int height = gan.exampleShape().get(0);
    int width = gan.exampleShape().get(1);
    return values(
        Nd4j.createFromArray(images)
            .reshape('c', MOST, height, width, gan.exampleShape().channels())
            .permute(0, 3, 1, 2));
  }

  private static float[] values(INDArray array) {
    return array.dup('c').data().asFloat();
  }

  /**
   * Examples for the discriminator. Of the images of a generator after one step it says nearly the
   * same, its bias, so an export that ignores the image could not be told.
   */
  private static float[] noise(Gan gan) {
    FloatBuffer images = FloatBuffer.allocate(MOST * gan.exampleShape().elements());
    IntStream.range(0, MOST).forEach(i -> new VariantContractTest.Noise(gan).copyTo(i, images));
    return images.array();
  }

  /** The first examples of a full batch, whose values must differ by more than is tolerated. */
  private static void check(float[] found, float[] all, int batch) {
    assertThat(found).hasSize(all.length / MOST * batch);
    DoubleSummaryStatistics range =
        IntStream.range(0, all.length).mapToDouble(i -> all[i]).summaryStatistics();
    double tolerance = 1e-4 * Math.max(range.getMax(), -range.getMin());
    assertThat(range.getMax() - range.getMin()).isGreaterThan(100 * tolerance);
    for (int i = 0; i < found.length; i++) {
      // Not isLessThan(): a hundred thousand descriptions are slow to make.
      if (!(Math.abs(found[i] - all[i]) < tolerance)) {
        throw new AssertionError(
            String.format(
                "value %d of %d: expected %s within %s, found %s",
                i, batch, all[i], tolerance, found[i]));
      }
    }
  }
}
