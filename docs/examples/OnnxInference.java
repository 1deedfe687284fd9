import ai.onnxruntime.*;
import java.awt.image.BufferedImage;
import java.io.File;
import java.util.*;
import javax.imageio.ImageIO;

/** Draws a gray image: java -cp onnxruntime-1.29.0.jar OnnxInference.java generator.onnx image.png */
public class OnnxInference {
  public static void main(String[] args) throws Exception {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession generator = environment.createSession(args[0])) {
      TensorInfo info = (TensorInfo) generator.getInputInfo().get("latent").getInfo();
      float[][] latent = new float[1][(int) info.getShape()[1]];
      Random random = new Random(42);
      for (int i = 0; i < latent[0].length; i++) latent[0][i] = (float) random.nextGaussian();
      try (OnnxTensor tensor = OnnxTensor.createTensor(environment, latent);
          OrtSession.Result result = generator.run(Map.of("latent", tensor))) {
        float[][] image = ((float[][][][]) result.get(0).getValue())[0][0]; // of batch, of channels
        Map<String, String> metadata = generator.getMetadata().getCustomMetadata();
        float low = Float.parseFloat(metadata.get("pixel-low")), high = Float.parseFloat(metadata.get("pixel-high"));
        BufferedImage picture = new BufferedImage(image[0].length, image.length, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < image.length; y++)
          for (int x = 0; x < image[y].length; x++)
            picture.getRaster().setSample(x, y, 0, Math.round(255 * (image[y][x] - low) / (high - low)));
        ImageIO.write(picture, "png", new File(args[1]));
      }
    }
  }
}
