package org.samegan.io.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.samegan.core.Shape;
import org.samegan.io.layout.AxisOrder;

/**
 * A model in ONNX Runtime, loaded with strict shape inference. ONNX Runtime is an optional
 * dependency of this module: only this class needs it.
 */
public final class OnnxSession implements AutoCloseable {
  private final OrtEnvironment environment;
  private final OrtSession session;

  private OnnxSession(OrtEnvironment environment, OrtSession session) {
    this.environment = environment;
    this.session = session;
  }

  /**
   * Loads a model.
   *
   * @throws IOException if ONNX Runtime refuses the file
   * @throws LinkageError if ONNX Runtime is not on the class path, or not made for this machine
   */
  static OnnxSession open(Path file) throws IOException {
    try {
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      environment.setTelemetry(false);
      try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
        options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
        options.addConfigEntry("session.strict_shape_type_inference", "1");
        return new OnnxSession(environment, environment.createSession(file.toString(), options));
      }
    } catch (OrtException e) {
      throw new IOException("ONNX Runtime can't load " + file + ": " + e.getMessage(), e);
    }
  }

  /** The shape of one example of each input, by name, as {@link ModelInput#shapes} has it. */
  public Map<String, List<Long>> inputShapes() throws IOException {
    try {
      Map<String, List<Long>> shapes = new HashMap<>();
      for (NodeInfo input : session.getInputInfo().values()) {
        if (input.getInfo() instanceof TensorInfo tensor) {
          shapes.put(input.getName(), Arrays.stream(tensor.getShape()).skip(1).boxed().toList());
        }
      }
      return shapes;
    } catch (OrtException e) {
      throw new IOException("ONNX Runtime can't describe the model: " + e.getMessage(), e);
    }
  }

  /**
   * An input or an output as the model declares it.
   *
   * @param type of its values, such as FLOAT; for what is no tensor, what it is
   * @param extents of a tensor, the batch's included, -1 where they are free
   */
  record Port(String name, String type, List<Long> extents) {
    private static Port of(NodeInfo info) {
      return info.getInfo() instanceof TensorInfo tensor
          ? new Port(
              info.getName(), tensor.type.name(), Arrays.stream(tensor.getShape()).boxed().toList())
          : new Port(info.getName(), info.getInfo().getClass().getSimpleName(), List.of());
    }

    @Override
    public String toString() {
      return name + " " + type + extents;
    }
  }

  /** All inputs, in the model's order. */
  List<Port> inputs() throws IOException {
    try {
      return session.getInputInfo().values().stream().map(Port::of).toList();
    } catch (OrtException e) {
      throw new IOException("ONNX Runtime can't describe the model: " + e.getMessage(), e);
    }
  }

  /** All outputs, in the model's order. */
  List<Port> outputs() throws IOException {
    try {
      return session.getOutputInfo().values().stream().map(Port::of).toList();
    } catch (OrtException e) {
      throw new IOException("ONNX Runtime can't describe the model: " + e.getMessage(), e);
    }
  }

  /**
   * The shape of one example of an output, channels last.
   *
   * @throws IOException if there is no such output
   */
  public Shape outputShape(String output) throws IOException {
    try {
      NodeInfo info = session.getOutputInfo().get(output);
      if (info == null || !(info.getInfo() instanceof TensorInfo tensor)) {
        throw new IOException("the model has no output '" + output + "'");
      }
      return exampleShape(tensor);
    } catch (OrtException e) {
      throw new IOException("ONNX Runtime can't describe the model: " + e.getMessage(), e);
    }
  }

  private static Shape exampleShape(TensorInfo tensor) {
    List<Integer> extents = new ArrayList<>();
    for (long extent : tensor.getShape()) {
      extents.add((int) extent);
    }
    extents.remove(0);
    if (extents.size() == 3) {
      Collections.rotate(extents, -1);
    }
    return new Shape(extents);
  }

  /**
   * Runs the model.
   *
   * @param feeds its inputs, see {@link ModelInput#feeds}
   * @param output the output's name
   * @return the output, channels last
   */
  public float[] run(List<ModelInput.Feed> feeds, String output) throws IOException {
    Map<String, OnnxTensor> tensors = new HashMap<>();
    try {
      for (ModelInput.Feed feed : feeds) {
        tensors.put(feed.name(), tensor(feed));
      }
      try (OrtSession.Result result = session.run(tensors)) {
        OnnxTensor tensor = (OnnxTensor) result.get(output).orElseThrow();
        if (tensor.getInfo().getShape().length == 0) {
          throw new IOException(
              "the output '" + output + "' is one number, where one for each example was expected");
        }
        FloatBuffer values = tensor.getFloatBuffer();
        float[] floats = new float[values.remaining()];
        values.get(floats);
        AxisOrder.ofFlattened(exampleShape(tensor.getInfo())).toChannelsLast(floats);
        return floats;
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
