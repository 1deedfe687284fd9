package org.samegan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The picture of what is nearest to training images: it shows copies beside what they are of. */
class NeighbourPictureTest {
  private static final int EDGE = 28;
  private static final int CELL = EDGE + 2;
  private static final int COPIES = 10;

  @TempDir private Path directory;

  @Test
  void copiesOfTrainingImagesAreFoundAmongOthersAndStandBesideThem() throws IOException {
    Path data = FewDigits.in(directory);
    float[] train = FewDigits.pixels();
    Path images = Files.createDirectory(directory.resolve("images"));
    Random random = new Random(3);
    Set<String> copied = new HashSet<>();
    for (int i = 0; i < COPIES; i++) {
      BufferedImage copy = new BufferedImage(EDGE, EDGE, BufferedImage.TYPE_BYTE_GRAY);
      BufferedImage noise = new BufferedImage(EDGE, EDGE, BufferedImage.TYPE_BYTE_GRAY);
      for (int pixel = 0; pixel < EDGE * EDGE; pixel++) {
        int value = Math.round(255 * train[37 * i * EDGE * EDGE + pixel]);
        copy.getRaster().setSample(pixel % EDGE, pixel / EDGE, 0, value);
        noise.getRaster().setSample(pixel % EDGE, pixel / EDGE, 0, random.nextInt(256));
      }
      ImageIO.write(copy, "png", images.resolve("copy-" + i + ".png").toFile());
      ImageIO.write(noise, "png", images.resolve("noise-" + i + ".png").toFile());
      copied.add(cell(copy, 0, 0));
    }
    Path picture = directory.resolve("nearest.png");

    Invocation evaluation =
        Invocation.of(
            directory,
            "evaluate",
            images,
            "--data",
            data,
            "--count",
            2 * COPIES,
            "--splits",
            0,
            "--neighbours",
            picture);

    assertThat(evaluation.code()).as(evaluation.err()).isZero();
    assertThat(evaluation.out()).contains("nearest training images", picture.toString());
    BufferedImage sheet = ImageIO.read(picture.toFile());
    assertThat(sheet.getWidth()).isEqualTo(6 * CELL - 2);
    assertThat(sheet.getHeight()).isEqualTo(COPIES * CELL - 2);
    Set<String> shown = new HashSet<>();
    for (int row = 0; row < COPIES; row++) {
      assertThat(cell(sheet, row, 0)).as("row %d", row).isEqualTo(cell(sheet, row, 1));
      shown.add(cell(sheet, row, 0));
    }
    assertThat(shown).isEqualTo(copied);
  }

  @Test
  void aPictureThatIsNoneIsRefusedFirst() {
    Invocation evaluation =
        Invocation.of(directory, "evaluate", directory, "--neighbours", "nearest.jpg");

    assertThat(evaluation.code()).isEqualTo(2);
    assertThat(evaluation.err()).contains("choose a name that ends in .png");
  }

  /** The pixels of one image on a sheet, as text. */
  private static String cell(BufferedImage sheet, int row, int column) {
    StringBuilder pixels = new StringBuilder();
    for (int y = 0; y < EDGE; y++) {
      for (int x = 0; x < EDGE; x++) {
        pixels.append((char) sheet.getRaster().getSample(column * CELL + x, row * CELL + y, 0));
      }
    }
    return pixels.toString();
  }
}
