package org.samegan.io.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A written model, loaded by ONNX Runtime with strict shape inference. ONNX Runtime is an optional
 * dependency of this module: only this class needs it.
 */
public final class OnnxSession implements AutoCloseable {
  private final OnnxModel model;
  private final OrtEnvironment environment;
  private final OrtSession session;

  private OnnxSession(OnnxModel model, OrtEnvironment environment, OrtSession session) {
    this.model = model;
    this.environment = environment;
    this.session = session;
  }

  /**
   * Loads a model.
   *
   * @param model what was written
   * @param file where to
   * @throws IOException if ONNX Runtime refuses the file
   * @throws LinkageError if ONNX Runtime is not on the class path, or not made for this machine
   */
  public static OnnxSession open(OnnxModel model, Path file) throws IOException {
    try {
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      environment.setTelemetry(false);
      try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
        options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
        options.addConfigEntry("session.strict_shape_type_inference", "1");
        return new OnnxSession(
            model, environment, environment.createSession(file.toString(), options));
      }
    } catch (OrtException e) {
      throw new IOException("ONNX Runtime can't load " + file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Runs the model.
   *
   * @param batch as {@link ModelInput#feeds} has it
   * @param size the number of examples
   * @return the output, channels last
   */
  public float[] run(Map<String, float[]> batch, int size) throws IOException {
    Map<String, OnnxTensor> tensors = new HashMap<>();
    try {
      for (ModelInput.Feed feed : model.input().feeds(batch, size)) {
        tensors.put(feed.name(), tensor(feed));
      }
      try (OrtSession.Result result = session.run(tensors)) {
        OnnxTensor output = (OnnxTensor) result.get(model.output()).orElseThrow();
        FloatBuffer values = output.getFloatBuffer();
        float[] floats = new float[values.remaining()];
        values.get(floats);
        return Layout.isImage(model.outputShape())
            ? Layout.channelsLast(floats, model.outputShape())
            : floats;
      }
    } catch (OrtException e) {
      throw new IOException("ONNX Runtime can't run the model: " + e.getMessage(), e);
    } finally {
      tensors.values().forEach(OnnxTensor::close);
    }
  }

  private OnnxTensor tensor(ModelInput.Feed feed) throws OrtException {
    long[] shape = feed.shape().stream().mapToLong(Long::longValue).toArray();
    return feed.values() instanceof LongBuffer longs
        ? OnnxTensor.createTensor(environment, longs, shape)
        : OnnxTensor.createTensor(environment, (FloatBuffer) feed.values(), shape);
  }

  @Override
  public void close() throws IOException {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IOException("ONNX Runtime can't release the model: " + e.getMessage(), e);
    }
  }
}
