package org.samegan.io.export;

import java.io.IOException;
import java.nio.file.Path;
import org.samegan.io.onnx.ModelInput;
import org.samegan.io.onnx.OnnxModel;
import org.samegan.io.onnx.OnnxSession;

/** ONNX models, verified by ONNX Runtime. */
final class OnnxFormat implements ExportFormat {
  @Override
  public String name() {
    return "onnx";
  }

  @Override
  public byte[] encode(ExportModel model) {
    return onnx(model).encode(model.metadata().get(ExportModel.VERSION));
  }

  private static OnnxModel onnx(ExportModel model) {
    ModelInput input =
        model.which() == GanNetwork.GENERATOR
            ? ModelInput.latent(model.gan().latent())
            : ModelInput.image(model.which().input(), model.gan().exampleShape());
    return new OnnxModel(
        model.network().folded(), input, model.which().output(), model.metadataChannelsFirst());
  }

  @Override
  public Loaded load(ExportModel model, Path file) throws IOException {
    OnnxSession session = session(model, file);
    return new Loaded() {
      @Override
      public float[] run(float[] batch, int size) throws IOException {
        return session.run(batch, size);
      }

      @Override
      public void close() throws IOException {
        session.close();
      }
    };
  }

  private static OnnxSession session(ExportModel model, Path file) throws IOException {
    try {
      return OnnxSession.open(onnx(model), file);
    } catch (LinkageError e) {
      throw new IOException(
          String.format(
              "the export can't be verified: ONNX Runtime is not available (%s); put"
                  + " com.microsoft.onnxruntime:onnxruntime on the class path, or export without"
                  + " verifying (--no-verify)",
              e),
          e);
    }
  }
}
