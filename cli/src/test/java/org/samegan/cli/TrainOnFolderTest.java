package org.samegan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.samegan.core.Shape;
import org.samegan.io.run.Run;
import org.samegan.io.run.RunOptions;
import org.samegan.io.run.RunRecord;

/** Training on a folder of images, one of which is none. */
class TrainOnFolderTest {
  private static final int GOOD = 6;

  @TempDir private Path directory;
  private Path folder;
  private Path bad;
  private Path run;

  @BeforeEach
  void makeImages() throws IOException {
    folder = Files.createDirectory(directory.resolve("folder"));
    for (int i = 0; i < GOOD; i++) {
      BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_BYTE_GRAY);
      image.getRaster().setSample(20, 15, 0, 40 * i);
      assertThat(ImageIO.write(image, "png", folder.resolve(i + ".png").toFile())).isTrue();
    }
    bad = Files.writeString(folder.resolve("bad.png"), "no image");
    run = directory.resolve("run");
  }

  private Invocation train(Object... more) {
    List<Object> args = new ArrayList<>();
    args.addAll(List.of("train", "--variant", "dcgan", "--set", "width=4", "--data", folder));
    args.addAll(List.of("--out", run, "--steps", 1, "--batch", 3, "--threads", 1));
    args.addAll(Arrays.asList(more));
    return Invocation.of(directory, args.toArray());
  }

  @Test
  void imagesAreBroughtToTheFormAskedForAndBadOnesLeftOut() throws IOException {
    Invocation training = train("--skip-bad", "--channels", 3, "--image-size", 28);

    assertThat(training.code()).as(training.err()).isZero();
    assertThat(training.err()).contains("left out, as it can't be decoded: " + bad);
    RunRecord record = Run.open(run).record();
    assertThat(record.model().exampleShape()).isEqualTo(Shape.of(28, 28, 3));
    assertThat(record.data().examples()).isEqualTo(GOOD);
    assertThat(record.config().get(RunOptions.SKIP_BAD)).isTrue();
    // Resuming brings the images to the same form.
    Invocation resumed = Invocation.of(directory, "resume", run, "--steps", 2);
    assertThat(resumed.code()).as(resumed.err()).isZero();
  }

  @Test
  void aBadImageIsAnErrorUnlessToldOtherwise() {
    Invocation training = train("--channels", 3, "--image-size", 28);

    assertThat(training.code()).isEqualTo(1);
    assertThat(training.err()).contains(bad.toString(), "--skip-bad");
    assertThat(run).doesNotExist();
  }

  @Test
  void imagesThatAreNoSquaresNeedASize() {
    Invocation training = train("--skip-bad");

    assertThat(training.code()).isNotZero();
    assertThat(training.err()).contains("30 pixels high and 40 wide", "--image-size");
    assertThat(run).doesNotExist();
  }
}
