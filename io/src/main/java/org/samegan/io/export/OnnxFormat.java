package org.samegan.io.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.samegan.core.gan.Gan;
import org.samegan.core.gan.GanNetwork;
import org.samegan.io.file.WholeFile;
import org.samegan.io.onnx.ModelInput;
import org.samegan.io.onnx.OnnxFile;
import org.samegan.io.onnx.OnnxModel;
import org.samegan.io.onnx.OnnxSession;

/** ONNX models, verified by ONNX Runtime. */
final class OnnxFormat implements ExportFormat {
  @Override
  public String name() {
    return "onnx";
  }

  @Override
  public WholeFile.Content content(ExportModel model) {
    return channel -> onnx(model).write(model.metadata().get(ExportModel.VERSION), channel);
  }

  private static OnnxModel onnx(ExportModel model) {
    return new OnnxModel(
        model.network().folded(),
        input(model),
        model.which().output(),
        model.metadataChannelsFirst());
  }

  private static ModelInput input(ExportModel model) {
    Gan gan = model.gan();
    if (model.which() == GanNetwork.GENERATOR) {
      return ModelInput.latent(GanNetwork.LATENT, gan.latent());
    }
    return model.which().takesLabels(gan)
        ? ModelInput.labelledExamples(
            GanNetwork.IMAGE,
            gan.exampleShape(),
            GanNetwork.LABELS,
            gan.latent().label().orElseThrow())
        : ModelInput.examples(GanNetwork.IMAGE, gan.exampleShape());
  }

  @Override
  public Loaded load(ExportModel model, Path file) throws IOException {
    OnnxSession session =
        OnnxFile.read(file).open("the export can't be verified; export without verifying");
    return new Loaded() {
      @Override
      public float[] run(Map<String, float[]> batch, int size) throws IOException {
        return session.run(input(model).feeds(batch, size), model.which().output());
      }

      @Override
      public void close() throws IOException {
        session.close();
      }
    };
  }
}
